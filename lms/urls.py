"""Every address of the product."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.library import views as library
from cms.sharing.views import robots, sitemap
from cms.views import editors_sign_in, not_here, readers_sign_in
from lms import health
from lms.core import views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("admin/login/", editors_sign_in, name="editors_sign_in"),
    path("admin/api/main/pages/<int:pk>/action/<str:action>/", not_here),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<str:filename>", library.document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", views.media, name="media"))
urlpatterns += i18n_patterns(
    path("", include("courses.urls")),  # asked most, so tried first
    path("", include("lms.accounts.urls")),
    path("accounts/", include("lms.accounts.sign_in_urls")),
    path("", include("courses.readiness.urls")),
    path("", include("courses.seats.urls")),
    path("", include("courses.evidence.urls")),
    path("", include("courses.paths.urls")),
    path("", include("courses.team.urls")),
    path("", include("cohorts.urls")),
    path("", include("certificates.urls")),
    path("", include("lms.events.urls")),
    path("", include("cms.urls")),
    path("_util/login/", readers_sign_in, name="readers_sign_in"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
