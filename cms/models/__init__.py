"""The site's own pages, what Scale Clinic publishes, and what stands around them."""

from cms.models.base import BasePage, ServedPage
from cms.models.delegations import DelegationHost, DelegationPage, DelegationsPage
from cms.models.documents import Document, DownloadDay
from cms.models.editorial import LinkCheck, TopicApproval
from cms.models.listening import FeedAddress, Listening
from cms.models.masterclasses import (
    Chapter,
    Guest,
    MasterclassesPage,
    MasterclassPage,
    RelatedPage,
)
from cms.models.pages import HomePage, StandardPage
from cms.models.presenting import PresentsEvent
from cms.models.recordings import RecordedPage
from cms.models.surroundings import FooterLink, MenuItem, SiteLink, SiteSettings
from cms.models.topics import Topic
from cms.models.version import ContentVersion
from cms.models.webinars import WebinarChapter, WebinarPage, WebinarRelated, WebinarsPage, WebinarSpeaker

__all__ = [
    "BasePage",
    "Chapter",
    "ContentVersion",
    "DelegationHost",
    "DelegationPage",
    "DelegationsPage",
    "Document",
    "DownloadDay",
    "FeedAddress",
    "FooterLink",
    "Guest",
    "HomePage",
    "LinkCheck",
    "Listening",
    "MasterclassPage",
    "MasterclassesPage",
    "MenuItem",
    "PresentsEvent",
    "RecordedPage",
    "RelatedPage",
    "ServedPage",
    "SiteLink",
    "SiteSettings",
    "StandardPage",
    "Topic",
    "TopicApproval",
    "WebinarChapter",
    "WebinarPage",
    "WebinarRelated",
    "WebinarSpeaker",
    "WebinarsPage",
]
