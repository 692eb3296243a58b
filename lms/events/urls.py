from django.urls import path

from lms.events.views import attendance, check_in, event, feedback, feedback_results, joining, meeting_list

app_name = "events"
urlpatterns = [
    path("events/<int:pk>/", event.event, name="event"),
    # the pages of those who come
    # calendars
    # the pages of organisers
    # being there, and afterwards
    path("events/join/<slug:join_key>/", joining.join, name="join"),
    path("events/join/<slug:join_key>/feedback/", feedback.feedback_by_key, name="feedback_by_key"),
    path("events/<int:pk>/check-in/", check_in.check_in, name="check_in"),
    path("events/<int:pk>/check-in/code/", check_in.code, name="check_in_code"),
    path("events/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("events/<int:pk>/attendance/all/", attendance.mark_all, name="mark_all"),
    path("events/<int:pk>/attendance/finish/", attendance.finish, name="finish"),
    path("events/<int:pk>/attendance/list/", meeting_list.read, name="meeting_list"),
    path("events/<int:pk>/attendance/list/record/", meeting_list.record, name="record_list"),
    path("events/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("events/<int:pk>/feedback/results/", feedback_results.feedback_results, name="feedback_results"),
    path("events/<int:pk>/feedback/results.csv", feedback_results.feedback_csv, name="feedback_csv"),
    path("events/<int:pk>/feedback/questions/", feedback_results.feedback_questions, name="feedback_questions"),
]
