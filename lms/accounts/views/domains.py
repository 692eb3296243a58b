"""Mail domains: an administrator opens one, and people with an address there ask to join."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts import actions, selectors
from lms.accounts.forms import DomainForm
from lms.accounts.views.access import administered_membership, done, signed_in


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def domains(request: HttpRequest) -> HttpResponse:
    """Whose mail domains may ask to join; a POST adds one."""
    its, own = administered_membership(request).company, selectors.verified_domains(signed_in(request))
    form = DomainForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_valid():
        domain = form.cleaned_data["domain"]
        try:
            actions.add_domain(its, domain, by=signed_in(request))
        except actions.Refused as refusal:
            form.add_error("domain", refusal.sentence)
        else:
            messages.success(request, _("People at %(domain)s can ask to join now.") % {"domain": domain})
            return redirect("accounts:domains")
    context = {"form": form, "company": its, "domains": selectors.mail_domains_of(its)}
    return render(request, "accounts/domains.html", context)


@login_required
@require_POST
def remove_domain(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody asks to join by this domain any more; who is in stays."""
    domain = get_object_or_404(selectors.mail_domains_administered_by(signed_in(request)), pk=pk)
    said = _("People at %(domain)s can no longer ask by themselves.") % {"domain": domain.domain}
    return done(request, lambda: actions.remove_domain(domain, by=signed_in(request)), said, to="accounts:domains")


@login_required
@require_POST
def ask_at_domain(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to join the company whose mail domain one has a verified address at; for everybody else there is none."""
    person = signed_in(request)
    domain = next((one.domain for one in selectors.reach_of(person) if one.domain.pk == pk), None)
    if domain is None:
        raise Http404
    said = _("You have asked to join %(company)s. Its administrators get a mail.") % {"company": domain.company.name}
    return done(request, lambda: actions.ask_at_domain(person, domain), said)
