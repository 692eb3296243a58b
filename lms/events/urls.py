from django.urls import path

from lms.events.views import deciding, event, notes, organise

app_name = "events"
urlpatterns = [
    path("events/<int:pk>/", event.event, name="event"),
    # the pages of those who come
    # calendars
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
]
