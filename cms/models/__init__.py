"""The site's own pages: what every page has, the front page, plain pages, and what stands around them."""

from cms.models.base import BasePage
from cms.models.pages import HomePage, StandardPage
from cms.models.surroundings import FooterLink, MenuItem, SiteLink, SiteSettings
from cms.models.version import ContentVersion

__all__ = [
    "BasePage",
    "ContentVersion",
    "FooterLink",
    "HomePage",
    "MenuItem",
    "SiteLink",
    "SiteSettings",
    "StandardPage",
]
