from django.urls import URLPattern, URLResolver, path

from courses.paths.views import adjusting, company

app_name = "paths"
urlpatterns: list[URLPattern | URLResolver] = [
    path("path/", company.path, name="path"),
    path("path/suggestion/", company.suggestion, name="suggestion"),
    path("path/steps/<int:pk>/", company.people, name="people"),
    path("path/steps/<int:pk>/take/", company.take, name="take"),
    path("path/<int:pk>/", adjusting.adjust, name="adjust"),
]
