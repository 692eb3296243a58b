"""Addresses of courses. What learners send goes to /learn/…, pages are under /courses/… and /me/."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from courses import views

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", require_safe(views.home), name="home"),
    path("courses/", require_safe(views.catalog), name="catalog"),
    path("courses/<slug:course>/", require_safe(views.course), name="course"),
    path("courses/<slug:course>/<slug:module>/", require_safe(views.module), name="module"),
    path("courses/<slug:course>/<slug:module>/<slug:lesson>/", require_safe(views.lesson), name="lesson"),
    path("learn/courses/<int:pk>/start/", views.enrol, name="enrol"),
    path("learn/lessons/<int:pk>/done/", views.complete, name="complete"),
    path("learn/lessons/<int:pk>/place/", views.place, name="place"),
    path("learn/lessons/<int:pk>/quizzes/<str:key>/", views.quiz, name="quiz"),
    path("learn/lessons/<int:pk>/worksheets/<str:key>/", views.worksheet, name="worksheet"),
]
