"""Addresses of a company's seats."""

from django.urls import URLPattern, URLResolver, path

from courses.seats import views

app_name = "seats"
urlpatterns: list[URLPattern | URLResolver] = [
    path("company/seats/", views.seats, name="seats"),
    path("company/seats/<int:pk>/give/", views.give, name="give"),
    path("company/seats/<int:pk>/take-back/<int:person>/", views.take_back, name="take_back"),
    path("company/seats/<int:pk>/move/<int:person>/", views.move, name="move"),
]
