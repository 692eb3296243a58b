"""Addresses of cms that are no pages: topics, the podcast, the library, search. Pages answer at Wagtail's own."""

from django.urls import path

from cms.library import views as library
from cms.search.views import search
from cms.topics import views as topics

app_name = "cms"
urlpatterns = [
    path("search/", search, name="search"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("masterclasses/", topics.masterclasses, name="masterclasses"),
    path("library/", topics.library, name="library"),
    path("library/<int:pk>/", library.entry, name="library_entry"),
    path("library/<int:pk>/preview.webp", library.preview, name="library_preview"),
]
