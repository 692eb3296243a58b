from django.urls import path

from lms.events.views import event, message, registrations, tables

app_name = "events"
urlpatterns = [
    path("events/<int:pk>/", event.event, name="event"),
    # the pages of those who come
    # calendars
    # the pages of organisers
    path("events/<int:pk>/registrations/", registrations.registrations, name="registrations"),
    path("events/<int:pk>/registrations/message/", message.message, name="message"),
    path("events/<int:pk>/registrations/orders/<int:order>/split/", registrations.split_order, name="split_order"),
    path("events/<int:pk>/registrations.csv", tables.registrations_csv, name="registrations_csv"),
    path("events/<int:pk>/registrations.xlsx", tables.registrations_xlsx, name="registrations_xlsx"),
    # being there, and afterwards
]
