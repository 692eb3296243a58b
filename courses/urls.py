"""Addresses of courses. What learners send goes to /learn/…, pages are under /courses/… and /me/."""

from django.urls import URLPattern, URLResolver, path

from courses import views

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", views.home, name="home"),
    path("courses/", views.catalog, name="catalog"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/<slug:module>/", views.module, name="module"),
    path("courses/<slug:course>/<slug:module>/<slug:lesson>/", views.lesson, name="lesson"),
    path("learn/courses/<int:pk>/start/", views.enrol, name="enrol"),
    path("learn/lessons/<int:pk>/done/", views.complete, name="complete"),
    path("learn/lessons/<int:pk>/quizzes/<str:key>/", views.quiz, name="quiz"),
    path("learn/lessons/<int:pk>/worksheets/<str:key>/", views.worksheet, name="worksheet"),
]
