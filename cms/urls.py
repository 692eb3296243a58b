"""Addresses of cms that are no pages: topics, the podcast, the library, search. Pages answer at Wagtail's own."""

from django.urls import URLPattern

app_name = "cms"
urlpatterns: list[URLPattern] = []
