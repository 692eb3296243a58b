"""What a company is and who may do what in it. Pure: plain values in, plain values out."""

import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompanyKind(TextChoices):
    COMPANY = "company", _("Company")
    MUNICIPALITY = "municipality", _("Municipality")
    HOSPITAL = "hospital", _("Hospital")
    UNIVERSITY = "university", _("University")
    INVESTOR = "investor", _("Investor")
    OTHER = "other", _("Other")


class ProductClass(TextChoices):
    NON_REGULATORY = "non_regulatory", _("Not regulated")
    MEDICAL_DEVICE = "medical_device", _("Medical device")
    IVD = "ivd", _("In-vitro diagnostic")
    MEDICINE = "medicine", _("Medicine")
    DIGITAL_HEALTH = "digital_health", _("Digital health")


class DevelopmentStage(TextChoices):
    """How far a company's product is: what the readiness questionnaire asks by."""

    IDEA = "idea", _("Idea or prototype")
    DEVELOPMENT = "development", _("In development")
    CLINICAL = "clinical", _("In pilots or clinical studies")
    FIRST_SALES = "first_sales", _("First sales")
    SCALING = "scaling", _("Selling in several markets")


class MembershipRole(TextChoices):
    MEMBER = "member", _("Colleague")
    ADMIN = "admin", _("Administrator")


class MembershipState(TextChoices):
    ASKED = "asked", _("Has asked to join")
    ACTIVE = "active", _("Active")
    DECLINED = "declined", _("Not let in")
    LEFT = "left", _("Has left")


class InvitationState(TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class MailState(TextChoices):
    WAITING = "waiting", _("On its way")
    SENT = "sent", _("Sent")
    NOT_SENT = "not_sent", _("Not sent")


INVITATION_LASTS = timedelta(days=14)
INVITATION_PAUSE = timedelta(minutes=1)
"""How long an administrator waits before inviting the same address again."""

INVITATIONS_A_DAY = 200
"""How many invitations one company may send in 24 hours, singly or by list, so that nobody makes a mass mailer of it.

200: a company that invites all its people does so in one sitting, and nearly every company here is smaller than that.
"""

MAIL_ATTEMPTS = 5
"""How often the mail of an invitation is tried before its administrators read that it was not sent."""

MAIL_LEASE = timedelta(minutes=10)
"""How long one sender has an invitation to itself: far longer than one mail takes."""

SWEEP_LASTS = timedelta(minutes=4)
"""A sweep claims nothing new after this long; it ends before the cluster's own time limit, and the next one goes on."""

UNCONFIRMED_LASTS = timedelta(days=3)
"""How long an account nobody ever confirmed keeps its address from being used."""


def invitation_state(
    *, accepted_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, now: datetime
) -> InvitationState:
    """What became of an invitation. One that was used stays used, however old it is."""
    if accepted_at:
        return InvitationState.ACCEPTED
    if withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


def mail_pause(attempts: int) -> timedelta:
    """How long to wait after the given number of failed attempts: 1, 4, 16, 64 minutes."""
    return timedelta(minutes=4 ** max(0, attempts - 1))


def mail_state(*, sent_at: datetime | None, attempts: int, next_try: datetime, now: datetime) -> MailState:
    """What became of an invitation's mail. The last attempt counts as running until its time is up."""
    if sent_at:
        return MailState.SENT
    return MailState.NOT_SENT if attempts >= MAIL_ATTEMPTS and next_try <= now else MailState.WAITING


def is_one_line(text: str) -> bool:
    """Whether `text` can be shown in one line: no control character, line break or half of a character."""
    return not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text)


def is_visible(text: str) -> bool:
    """Whether anything of `text` can be seen."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def masked(email: str) -> str:
    """An address that its owner recognises and nobody else learns: `k…@example.org`."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"


def domain_of(email: str) -> str:
    """The mail domain of an address, in lower case."""
    return email.rpartition("@")[2].lower()


PUBLIC_MAIL = frozenset(
    """
    aol.com att.net bluewin.ch broadpark.no c2i.net comcast.net duck.com email.com fastmail.com fastmail.fm
    free.fr frisurf.no getmail.no gmail.com googlemail.com haugnett.no hey.com home.no hushmail.com icloud.com inbox.com
    laposte.net loqal.no lyse.net mac.com mail.com mail.ru mailbox.org me.com msn.com ntebb.no online.no orange.fr
    passport.com pm.me posteo.de proton.me protonmail.ch protonmail.com rocketmail.com sbcglobal.net sf-nett.no start.no
    t-online.de telia.com tele2.no tuta.com tutanota.com verizon.net vikenfiber.no wanadoo.fr web.de ymail.com
    zoho.com zohomail.com
    """.split()
)
"""Where anybody gets an address, so that one there says nothing of where its owner works."""

PUBLIC_FAMILIES = frozenset({"gmail", "gmx", "hotmail", "live", "msn", "outlook", "windowslive", "yahoo", "yandex"})
"""The same, under the endings of many countries: hotmail.no, yahoo.co.uk."""


def is_public_mail(domain: str) -> bool:
    """Whether anybody can get an address at this domain."""
    family, _dot, ending = domain.lower().partition(".")
    labels = ending.split(".")
    national = len(labels) == 1 or (len(labels) == 2 and labels[0] in {"co", "com"})
    return domain.lower() in PUBLIC_MAIL or (family in PUBLIC_FAMILIES and national)


COUNTRIES = {
    "NO": _("Norway"),
    "SE": _("Sweden"),
    "DK": _("Denmark"),
    "FI": _("Finland"),
    "IS": _("Iceland"),
    "EE": _("Estonia"),
    "LV": _("Latvia"),
    "LT": _("Lithuania"),
    "DE": _("Germany"),
    "NL": _("Netherlands"),
    "BE": _("Belgium"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "CH": _("Switzerland"),
    "AT": _("Austria"),
    "ES": _("Spain"),
    "PT": _("Portugal"),
    "IT": _("Italy"),
    "PL": _("Poland"),
    "US": _("United States"),
    "CA": _("Canada"),
    "ZZ": _("Another country"),
}
"""Countries a company can be registered in, by ISO 3166 code; ZZ is the code kept free for what is not listed."""


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; the product's home zone where the name means nothing on this machine."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("Europe/Oslo")
