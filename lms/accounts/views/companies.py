"""What a company says of itself, and which of several one acts for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.accounts import actions, selectors
from lms.accounts.forms import CompanyForm, RegisterForm
from lms.accounts.rules import MembershipState
from lms.accounts.views.access import administered_membership, signed_in


@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """Change what the company says about itself."""
    its = administered_membership(request).company
    form = CompanyForm(request.POST or None, instance=its)
    if request.method == "POST" and form.is_valid():
        actions.change_facts(its, form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Saved."))
        return redirect("team:company")
    return render(request, "accounts/facts.html", {"form": form, "company": its})


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Register a company, for somebody who is in none."""
    if selectors.current_membership(request):
        return redirect("team:company")
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        membership = actions.register_later(signed_in(request), form.company_facts())
        if membership.state == MembershipState.ACTIVE:
            messages.success(request, _("%(company)s is registered.") % {"company": membership.company})
        return redirect("team:company")
    return render(request, "accounts/register.html", {"form": form})


@login_required
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Act for another of one's companies from now on; then go back to where `next` says, or to its page."""
    if not selectors.choose_company(request, pk):
        raise Http404
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe else "team:company")
