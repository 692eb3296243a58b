"""The site's own pages, what Scale Clinic publishes, and what stands around them."""

from cms.models.base import BasePage, ServedPage
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
from cms.models.surroundings import FooterLink, MenuItem, SiteLink, SiteSettings
from cms.models.topics import Topic
from cms.models.version import ContentVersion

__all__ = [
    "BasePage",
    "Chapter",
    "ContentVersion",
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
    "RelatedPage",
    "ServedPage",
    "SiteLink",
    "SiteSettings",
    "StandardPage",
    "Topic",
    "TopicApproval",
]
