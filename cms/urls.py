"""Addresses of cms that are no pages: topics, the podcast, the library, search. Pages answer at Wagtail's own."""

from django.urls import URLPattern, path

from cms.library import views as library

app_name = "cms"
urlpatterns: list[URLPattern] = [
    path("library/<int:pk>/", library.entry, name="library_entry"),
    path("library/<int:pk>/preview.webp", library.preview, name="library_preview"),
]
