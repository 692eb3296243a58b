from django.urls import URLPattern, URLResolver, path

from cohorts import views

app_name = "cohorts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("advisor/", views.advisor, name="advisor"),
    path("cohorts/<slug:slug>/", views.cohort, name="cohort"),
    path("cohorts/participations/<int:pk>/", views.participation, name="participation"),
]
