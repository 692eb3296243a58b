from django.urls import path

from courses.readiness.views import answering, reports

app_name = "readiness"
urlpatterns = [
    path("readiness/", answering.overview, name="overview"),
    path("readiness/start/", answering.start, name="start"),
    path("readiness/finish/", reports.finish, name="finish"),
    path("readiness/topics/<slug:key>/", answering.topic, name="topic"),
    path("readiness/reports/<int:pk>/", reports.report, name="report"),
]
