"""Mail domains whose people may ask to join a company."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts import selectors
from lms.accounts.actions.people import ask_to_join
from lms.accounts.actions.refusal import Refused
from lms.accounts.models import Company, MailDomain, Membership, User
from lms.accounts.rules import is_public_mail


@transaction.atomic
def add_domain(company: Company, domain: str, *, by: User) -> MailDomain:
    """Let people with a verified address at `domain` ask to join. Adding it again changes nothing.

    Refused for a domain that `by` has no verified address at, and for one where anybody gets an address.
    """
    domain = domain.lower()
    if is_public_mail(domain):
        raise Refused(_("Anybody can get an address at %(domain)s. Use your company’s own.") % {"domain": domain})
    if domain not in selectors.verified_domains(by):
        raise Refused(
            _("You have no confirmed address at %(domain)s. Add one under your account first.") % {"domain": domain}
        )
    added, created = MailDomain.objects.get_or_create(company=company, domain=domain, defaults={"added_by": by})
    if created:
        log(company, "accounts.add_domain", user=by, data={"domain": domain})
    return added


@transaction.atomic
def remove_domain(domain: MailDomain, *, by: User) -> None:
    """Nobody asks by it any more; who is in, and who has asked, stays. Removing it again changes nothing."""
    deleted, _of_each = MailDomain.objects.filter(pk=domain.pk).delete()
    if deleted:
        log(domain.company, "accounts.remove_domain", user=by, data={"domain": domain.domain})


@transaction.atomic
def ask_at_domain(person: User, domain: MailDomain) -> Membership:
    """Ask to join by a verified address. Asking again changes nothing, whatever the answer was."""
    still = MailDomain.objects.select_for_update(of=("self",)).select_related("company").filter(pk=domain.pk).first()
    if still is None or still.domain not in selectors.verified_domains(person):
        raise Refused(_("The company no longer takes requests from this mail domain. Ask a colleague to invite you."))
    return ask_to_join(person, still.company)
