from django.urls import URLPattern, URLResolver, path

from certificates import views

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("certificates/<uuid:pk>/", views.certificate, name="certificate"),
]
