"""Publishing that was refused, as a sentence for the editor: wherever in the admin it was asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow

from cms.masterclasses.publishing import NotReady


class RefusedPublishingMiddleware:
    """Turns NotReady into a message and the way to the page's editor: approving and publishing several know no form.

    Wagtail does both in a transaction, which the refusal has undone by now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotReady):
            return None
        page = exception.page
        sentence = _("“%(title)s” was not published, and nothing was changed. %(reasons)s")
        messages.error(request, sentence % {"title": page.draft_title or page.title, "reasons": exception.said})
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            answer: HttpResponse = render_modal_workflow(
                request, "", None, {}, json_data={"step": "success", "redirect": editor}
            )
            return answer
        return redirect(editor)
