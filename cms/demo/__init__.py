"""The example site: front page, plain pages, menu and footer. Made once; what editors changed since is left alone."""

from cms.demo.site import ensure_site, feature

__all__ = ["ensure_site", "feature"]
