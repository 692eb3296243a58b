from django.urls import path

from lms.events.views import calendar, event, mine, registering, registration

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
    # being there, and afterwards
]
