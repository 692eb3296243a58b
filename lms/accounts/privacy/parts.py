"""What this app keeps of a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from lms.accounts.models import BrowserSession, Invitation, Membership, Registration, User
from lms.accounts.privacy.own_data import Part, leave_out, only, register
from lms.accounts.privacy.selectors import in_words


def _account(user: User) -> QuerySet[User]:
    return User.objects.filter(pk=user.pk).prefetch_related("groups")


def _account_told(user: User) -> dict[str, Any]:
    kept = only("full_name", "email", "language", "time_zone", "date_joined", "last_login", "is_active", "is_staff")
    return kept(user) | {"groups": [group.name for group in user.groups.all()]}


def _log(user: User) -> QuerySet[ModelLogEntry]:
    """What they did to anything but a page, and what was done to their account. Names of those who did it stay out."""
    themselves = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    return ModelLogEntry.objects.filter(Q(user=user) | themselves).select_related("content_type").order_by("pk")


def _log_told(entry: ModelLogEntry) -> dict[str, Any]:
    return {"when": entry.timestamp, "what": entry.action, "on": str(entry.content_type), "called": entry.label}


def _sign_in_told(way: Authenticator) -> dict[str, Any]:
    name = way.wrap().name if way.type == Authenticator.Type.WEBAUTHN else ""
    return only("type", "created_at", "last_used_at")(way) | {"name": name}


def _session_told(session: BrowserSession) -> dict[str, Any]:
    return {"device": in_words(session.browser, session.system), **only("signed_in_at", "expire_date")(session)}


def register_parts() -> None:
    register(
        Part("account", _("Your name, address and settings"), _account, _account_told, ()),
        Part(
            "addresses",
            _("E-mail addresses you sign in with"),
            lambda user: EmailAddress.objects.filter(user=user).order_by("pk"),
            only("email", "verified", "primary"),
            ("account.EmailAddress.user",),
        ),
        Part(
            "ways-to-sign-in",
            _("Second steps and passkeys: which, and since when"),
            lambda user: Authenticator.objects.filter(user=user).order_by("pk"),
            _sign_in_told,
            ("mfa.Authenticator.user",),
        ),
        Part(
            "sessions",
            _("Where you are signed in"),
            lambda user: BrowserSession.objects.filter(user=user).order_by("signed_in_at", "session_key"),
            _session_told,
            ("accounts.BrowserSession.user",),
        ),
        Part(
            "companies",
            _("Companies you are, were or asked to be in"),
            lambda user: Membership.objects.filter(user=user).select_related("company").order_by("pk"),
            only("company__name", "role", "state", "since"),
            ("accounts.Membership.user",),
        ),
        Part(
            "registration",
            _("A company you typed at sign-up, until your address is confirmed"),
            lambda user: Registration.objects.filter(user=user),
            only("name", "kind", "organisation_number", "foreign_id", "country"),
            ("accounts.Registration.user",),
        ),
        Part(
            "invitations",
            _("Invitations you sent or accepted"),
            lambda user: (
                Invitation.objects.filter(Q(invited_by=user) | Q(accepted_by=user))
                .select_related("company")
                .order_by("created_at")
            ),
            only("company__name", "role", "created_at", "accepted_at", "withdrawn_at"),
            ("accounts.Invitation.invited_by", "accounts.Invitation.accepted_by"),
            stays=_("The company keeps whom it invited; the addresses are the others’ own."),
        ),
        Part(
            "log",
            _("What you changed here, and when"),
            _log,
            _log_told,
            ("wagtailcore.ModelLogEntry.user",),
            stays=_("The log stays, so that a company can see who changed what."),
        ),
        Part(
            "log-of-pages",
            _("Pages of the site you edited, and when"),
            lambda user: PageLogEntry.objects.filter(user=user).order_by("pk"),
            only("timestamp", "action", "label"),
            ("wagtailcore.PageLogEntry.user",),
            stays=_("The site keeps its history."),
        ),
        Part(
            "editing",
            _("How the editors’ part is set up for you"),
            lambda user: UserProfile.objects.filter(user=user),
            only("preferred_language", "current_time_zone", "submitted_notifications", "approved_notifications"),
            ("wagtailusers.UserProfile.user",),
        ),
    )
    leave_out("the way to a company, which the part `companies` tells", "accounts.Company.people")
    leave_out("the company's setting; the part `log` tells who made it", "accounts.MailDomain.added_by")
    leave_out(
        "the text of the site, not of a person; the part `log-of-pages` tells which and when",
        "wagtailcore.Revision.user",
        "wagtailcore.Page.owner",
        "wagtailcore.Page.locked_by",
        "wagtailcore.PageSubscription.user",
        "wagtailcore.WorkflowState.requested_by",
        "wagtailcore.TaskState.finished_by",
        "wagtailcore.Comment.user",
        "wagtailcore.Comment.resolved_by",
        "wagtailcore.CommentReply.user",
    )
    leave_out(
        "of the moment: gone when the editor's window is closed",
        "wagtailadmin.EditingSession.user",
        "wagtailadmin.FormState.user",
        "wagtailcore.UploadedFile.uploaded_by_user",
    )
    leave_out("a secret; nobody is given one here", "wagtailcore.APIToken.user")
    leave_out(
        "pictures and files of the site, not of a person",
        "wagtailimages.Image.uploaded_by_user",
        "wagtaildocs.Document.uploaded_by_user",
    )
