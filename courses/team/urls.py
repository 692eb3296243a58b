from django.urls import path

from courses.team import views

app_name = "team"
urlpatterns = [
    path("company/", views.company, name="company"),
    path("company/nudge/", views.nudge_idle, name="nudge_idle"),
    path("company/people/<int:pk>/", views.person, name="person"),
    path("company/people/<int:pk>/nudge/", views.nudge, name="nudge"),
    path("company/people/<int:pk>/reassign/", views.reassign, name="reassign"),
]
