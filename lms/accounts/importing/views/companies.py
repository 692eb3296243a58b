"""“Import companies” in the editors' part: a file is sent, what it would change is shown, and then it is done."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from lms.accounts.actions import Refused
from lms.accounts.importing import selectors
from lms.accounts.importing.actions.companies import import_companies
from lms.accounts.importing.forms import CompaniesFileForm, content
from lms.accounts.importing.rules.companies import COLUMNS, EXAMPLE
from lms.accounts.importing.rules.comparing import Plan, Verdict
from lms.accounts.importing.rules.table import MOST_ROWS, read, written
from lms.accounts.importing.views.carrying import arrived, carried
from lms.accounts.models import User

MAY_IMPORT = "accounts.add_company"
PURPOSE = "companies"
SHOWN_AT_MOST = 200


@permission_required(MAY_IMPORT)
def import_list(request: HttpRequest) -> HttpResponse:
    """The form; sent with a file, what the file would change; sent from there, the import itself."""
    if "list" in request.POST:
        return _import(request)
    if request.method == "POST":
        form = CompaniesFileForm(request.POST, request.FILES)
        if form.is_valid():
            return _preview(request, content(form.cleaned_data["file"]))
    else:
        form = CompaniesFileForm()
    return _form(request, form)


@require_safe
@permission_required(MAY_IMPORT)
def template(request: HttpRequest) -> HttpResponse:
    """A file to fill in: every column, and a row to write over. Semicolons, as spreadsheets here expect."""
    text = written([column.name for column in COLUMNS], [EXAMPLE], ";")
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="companies.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _form(request: HttpRequest, form: CompaniesFileForm) -> HttpResponse:
    context = {"form": form, "columns": COLUMNS, "most": MOST_ROWS}
    return render(request, "importing/admin/companies.html", context)


def _preview(request: HttpRequest, data: bytes) -> HttpResponse:
    """What the file would change, or everything that is wrong with it. Nothing is written."""
    table = read(data, COLUMNS)
    plan = selectors.companies_plan(table)
    what = [data.decode("latin-1"), plan.fingerprint, request.user.pk]
    context = _shown(plan) | {"guessed": table.guessed, "form": CompaniesFileForm()}
    if not plan.problems and plan.changes_something:
        context["list"] = carried(what, PURPOSE)
    return render(request, "importing/admin/companies_preview.html", context)


def _shown(plan: Plan) -> dict[str, object]:
    steps = [step for step in plan.steps if step.verdict != Verdict.UNCHANGED]
    return {
        "plan": plan,
        "steps": steps[:SHOWN_AT_MOST],
        "more_steps": len(steps) - SHOWN_AT_MOST,
        "problems": plan.problems[:SHOWN_AT_MOST],
        "more_problems": len(plan.problems) - SHOWN_AT_MOST,
        "new": plan.count(Verdict.NEW),
        "changed": plan.count(Verdict.CHANGED),
        "unchanged": plan.count(Verdict.UNCHANGED),
    }


def _import(request: HttpRequest) -> HttpResponse:
    """Do what was shown. Where that is not possible any more, what would be done now is shown instead."""
    what = arrived(request.POST["list"], PURPOSE)
    if what is None or what[2] != request.user.pk:
        messages.error(request, _("That page was too old to go on from. Nothing was written. Send the file again."))
        return redirect("import_companies")
    data, seen = what[0].encode("latin-1"), what[1]
    try:
        plan = import_companies(read(data, COLUMNS), by=cast(User, request.user), seen=seen)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _preview(request, data)
    if plan.problems:  # of a cluster that is gone, for one
        messages.error(request, _("Something has changed since you looked. Nothing was written."))
        return _preview(request, data)
    done = len(plan.steps) - plan.count(Verdict.UNCHANGED)
    said = ngettext("%(done)d company is written.", "%(done)d companies are written.", done)
    messages.success(request, said % {"done": done})
    return redirect("company:index")
