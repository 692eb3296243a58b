"""What this app keeps of a person."""

from django.utils.translation import gettext_lazy as _

from cms.models import Document, FeedAddress, Listening
from lms.accounts.privacy.own_data import Part, leave_out, only, register


def register_parts() -> None:
    register(
        Part(
            "listening",
            _("Where you are in masterclasses and webinars"),
            lambda user: Listening.objects.filter(user=user).select_related("page").order_by("pk"),
            only("page__title", "position", "updated_at", "finished_at"),
            ("cms.Listening.user",),
        ),
        Part(
            "podcast-address",
            _("Addresses of your podcast: when made and used, not the address"),
            lambda user: FeedAddress.objects.filter(user=user).order_by("pk"),
            only("made_at", "revoked_at", "last_used_on"),
            ("cms.FeedAddress.user",),
        ),
        Part(
            "library",
            _("Files you put into the library"),
            lambda user: Document.objects.filter(uploaded_by_user=user).order_by("pk"),
            only("title", "created_at"),
            ("cms.Document.uploaded_by_user",),
            stays=_("The site keeps them, and there you can download them."),
        ),
    )
    leave_out("a task given by the programme; the topic's own page names it", "cms.Topic.moderators")
