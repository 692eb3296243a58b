from django.urls import path

from lms.events.views import event

app_name = "events"
urlpatterns = [
    path("events/<int:pk>/", event.event, name="event"),
    # the pages of those who come
    # calendars
    # the pages of organisers
    # being there, and afterwards
]
