from django.urls import path

from lms.events.views import calendar, event

app_name = "events"
urlpatterns = [
    path("events/<int:pk>/", event.event, name="event"),
    # the pages of those who come
    # calendars
    path("events/<int:pk>/calendar.ics", calendar.event_file, name="calendar_file"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("me/calendar/", calendar.own, name="own_calendar"),
    path("me/calendar/make/", calendar.make, name="make_calendar_address"),
    path("me/calendar/revoke/", calendar.revoke, name="revoke_calendar_address"),
    # the pages of organisers
    # being there, and afterwards
]
