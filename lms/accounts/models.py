"""People and companies: who someone is, which company they belong to, and in which clusters the company is."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.rules import (
    COUNTRIES,
    CompanyKind,
    DevelopmentStage,
    InvitationState,
    MailState,
    MembershipRole,
    MembershipState,
    ProductClass,
    invitation_state,
    mail_state,
)


class UserManager(BaseUserManager["User"]):
    """Creates people by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Signs in with the e-mail address, kept in lower case."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=10, default="en", choices=[("en", "English"), ("nb", "Norsk")]
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Oslo")
    is_staff = models.BooleanField(
        _("works here"), default=False, help_text=_("May open the editors' part of the site.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name", "email"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """What a friendly page calls the person: the first word of the name."""
        return self.full_name.split()[0] if self.full_name.split() else self.email

    @property
    def first_name(self) -> str:
        """Wagtail's admin greets by `first_name`."""
        return self.get_short_name()

    @property
    def last_name(self) -> str:
        return " ".join(self.full_name.split()[1:])


class Cluster(models.Model):
    """An industry cluster that companies are members of, for a time."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("slug"), unique=True)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CompanyFacts(models.Model):
    """What someone says of a company when they register it."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=CompanyKind, default=CompanyKind.COMPANY)
    organisation_number = models.CharField(
        _("organisation number"), max_length=9, blank=True, help_text=_("Norwegian, nine digits, checked by MOD11.")
    )
    foreign_id = models.CharField(_("foreign registration number"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, default="NO", choices=COUNTRIES)

    class Meta:
        abstract = True

    @property
    def number(self) -> str:
        """The number its country's register knows it by, or nothing."""
        return self.organisation_number or self.foreign_id


class Company(CompanyFacts):
    """A company or other organisation whose people learn here."""

    product_class = models.CharField(_("product class"), max_length=20, choices=ProductClass, blank=True)
    stage = models.CharField(_("development stage"), max_length=20, choices=DevelopmentStage, blank=True)
    website = models.URLField(_("web site"), blank=True)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    people = models.ManyToManyField(User, through="Membership", related_name="companies")

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number"],
                condition=~Q(organisation_number=""),
                name="one_company_per_organisation_number",
            ),
            models.UniqueConstraint(
                fields=["country", "foreign_id"], condition=~Q(foreign_id=""), name="one_company_per_foreign_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Registration(CompanyFacts):
    """The company part of a sign-up, kept until the person has confirmed the address.

    Then it becomes a company or a request. So nobody takes a company's number with an address that is not theirs.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="registration")

    def __str__(self) -> str:
        return f"{self.name} by {self.user_id}"


class ClusterMembership(models.Model):
    """A company in a cluster from one date to another; the last day is not included, empty means still."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="cluster_memberships")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["company", "cluster", "since"], name="one_cluster_membership_per_start"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")), name="cluster_until_after_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} in {self.cluster}"


class Membership(models.Model):
    """A person in a company. What they wrote for the company stays with it when they leave."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    state = models.CharField(_("state"), max_length=10, choices=MembershipState, default=MembershipState.ACTIVE)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["user", "company"], name="one_membership_per_person_and_company")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.company}"


class MailDomain(models.Model):
    """A mail domain whose verified owners may ask to join the company. An administrator decides on each."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(_("mail domain"), max_length=253)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["domain"]
        constraints = [models.UniqueConstraint(fields=["company", "domain"], name="one_mail_domain_per_company")]
        indexes = [models.Index(fields=["domain"], name="companies_by_mail_domain")]

    def __str__(self) -> str:
        return self.domain


class Invitation(models.Model):
    """An invitation to a company, sent to one address. Only a digest of the token is kept.

    Without `sent_at` the mail is still owed: from `mail_next_try` on, a sender may take it (see importing/sending.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_next_try = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["mail_next_try"],
                condition=Q(sent_at__isnull=True, accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitations_to_mail",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.company}"

    @property
    def state(self) -> InvitationState:
        """What became of it, as of now."""
        return invitation_state(
            accepted_at=self.accepted_at, withdrawn_at=self.withdrawn_at, expires_at=self.expires_at, now=timezone.now()
        )

    @property
    def mail(self) -> MailState:
        """What became of its mail, as of now."""
        return mail_state(
            sent_at=self.sent_at, attempts=self.mail_attempts, next_try=self.mail_next_try, now=timezone.now()
        )


class BrowserSession(AbstractBaseSession):
    """Somebody's browser. Written by `lms.accounts.sessions`; `user` is empty for who is not signed in.

    Of the machine it keeps what its owner knows it by, and no address. The person is not held by the database: a
    session outlives them for the moment between two requests.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, db_constraint=False, related_name="browser_sessions"
    )
    signed_in_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"session of {self.user_id}"
