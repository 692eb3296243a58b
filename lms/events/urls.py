from django.urls import path

from lms.events.views import (
    attendance,
    calendar,
    check_in,
    deciding,
    event,
    feedback,
    feedback_results,
    joining,
    meeting_list,
    mine,
    notes,
    organise,
    registering,
    registration,
)

app_name = "events"
urlpatterns = [
    path("events/<int:pk>/", event.event, name="event"),
    # the pages of those who come
    path("me/events/", mine.mine, name="mine"),
    path("events/<int:pk>/register/", registering.register, name="register"),
    path("events/<int:pk>/registrations/<int:registration>/", registration.registration, name="registration"),
    path("events/<int:pk>/registrations/<int:registration>/cancel/", registration.cancel, name="cancel"),
    path("events/<int:pk>/orders/<int:order>/accept/", registration.accept_offer, name="accept_offer"),
    path("events/<int:pk>/orders/<int:order>/decline/", registration.decline_offer, name="decline_offer"),
    # calendars
    path("events/<int:pk>/calendar.ics", calendar.event_file, name="calendar_file"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("me/calendar/", calendar.own, name="own_calendar"),
    path("me/calendar/make/", calendar.make, name="make_calendar_address"),
    path("me/calendar/revoke/", calendar.revoke, name="revoke_calendar_address"),
    # the pages of organisers
    path("events/organise/", organise.organise, name="organise"),
    path("events/new/", organise.new, name="new"),
    path("events/<int:pk>/edit/", organise.edit, name="edit"),
    path("events/<int:pk>/move/", deciding.move_event, name="move_event"),
    path("events/<int:pk>/confirm/", deciding.confirm_event, name="confirm_event"),
    path("events/<int:pk>/cancel/", deciding.cancel_event, name="cancel_event"),
    path("events/<int:pk>/notes/", notes.notes, name="notes"),
    path("events/<int:pk>/notes/<int:note>/", notes.note, name="note"),
    path("events/<int:pk>/agreed/", notes.agree, name="agree"),
    path("events/<int:pk>/agreed/<int:item>/", notes.agreed, name="agreed"),
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
