from django.urls import path

from courses.evidence.views import advisors, learners

app_name = "evidence"
urlpatterns = [
    path("learn/courses/<int:pk>/evidence/", learners.send, name="send"),
    path("evidence/", advisors.desk, name="desk"),
    path("evidence/<int:pk>/", learners.one, name="one"),
    path("evidence/<int:pk>/answer/", learners.answer, name="answer"),
    path("evidence/<int:pk>/withdraw/", learners.withdraw, name="withdraw"),
    path("evidence/<int:pk>/decide/", advisors.decide, name="decide"),
    path("evidence/<int:pk>/files/<int:entry>/", learners.file, name="file"),
]
