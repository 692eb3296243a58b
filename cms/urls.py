"""Addresses of cms that are no pages: topics, the podcast, the library, search. Pages answer at Wagtail's own."""

from django.urls import path

from cms.diary import views as diary
from cms.library import views as library
from cms.masterclasses import views as masterclasses
from cms.podcast.views import own, public
from cms.search.views import search
from cms.topics import views as topics
from cms.webinars import views as webinars

app_name = "cms"
urlpatterns = [
    path("search/", search, name="search"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("topics/<slug:slug>/feed.xml", public.topic_feed, name="topic_feed"),
    path("masterclasses/", topics.masterclasses, name="masterclasses"),
    path("masterclasses/<slug:slug>/", masterclasses.at_address, name="masterclass"),
    path("masterclasses/<int:pk>/place/", masterclasses.place, name="masterclass_place"),
    path("masterclasses/<int:pk>/captions.vtt", masterclasses.captions, name="captions"),
    path("masterclasses/<int:pk>/chapters.json", public.chapters, name="chapters"),
    path("webinars/", topics.webinars, name="webinars"),
    path("webinars/<slug:slug>/", webinars.at_address, name="webinar"),
    path("library/", topics.library, name="library"),
    path("library/<int:pk>/", library.entry, name="library_entry"),
    path("library/<int:pk>/preview.webp", library.preview, name="library_preview"),
    path("events/", diary.events, name="events"),
    path("events/month/", diary.month, name="events_month"),
    path("events/month/<str:word>/", diary.month, name="events_month"),
    path("podcast/", public.podcast, name="podcast"),
    path("podcast/feed.xml", public.feed, name="podcast_feed"),
    path("podcast/feed/<str:token>.xml", own.feed, name="own_feed"),
    path("podcast/feed/<str:token>/<int:pk>/captions.vtt", own.captions, name="own_captions"),
    path("podcast/feed/<str:token>/<int:pk>/chapters.json", own.chapters, name="own_chapters"),
    path("podcast/feed/<str:token>/<int:pk>/<str:name>", own.recording, name="own_recording"),
    path("me/podcast/", own.address, name="own_podcast"),
    path("me/podcast/make/", own.make, name="make_feed_address"),
    path("me/podcast/revoke/", own.revoke, name="revoke_feed_address"),
]
