"""Addresses of cms that are no pages: topics, the podcast, the library, search. Pages answer at Wagtail's own."""

from django.urls import URLPattern, path

from cms.masterclasses import views as masterclasses

app_name = "cms"
urlpatterns: list[URLPattern] = [
    path("masterclasses/<slug:slug>/", masterclasses.at_address, name="masterclass"),
    path("masterclasses/<int:pk>/captions.vtt", masterclasses.captions, name="masterclass_captions"),
    path("masterclasses/<int:pk>/place/", masterclasses.place, name="masterclass_place"),
]
