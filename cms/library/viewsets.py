"""Documents in the editors' part: the list with our columns and filters, and deleting only what nothing uses.

Wagtail has no viewset for documents, so these take the place of its own views at the same addresses.
"""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.documents.views import documents as wagtails
from wagtail.documents.views import multiple

from cms.library import selectors
from cms.models import Document, Topic

OVERDUE, SET, UNSET = "overdue", "set", "unset"


class DocumentFilters(wagtails.DocumentsFilterSet):
    """The filters of the list, in the words of the form's fields."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Document.KINDS)
    topics = django_filters.ModelChoiceFilter(label=gettext_lazy("Topic"), queryset=Topic.objects.all())
    audience = django_filters.ChoiceFilter(label=gettext_lazy("Who may have it"), choices=Document.AUDIENCES)
    review = django_filters.ChoiceFilter(
        label=gettext_lazy("Check again by"),
        method="by_review",
        choices=[
            (OVERDUE, gettext_lazy("The date has passed")),
            (SET, gettext_lazy("There is a date")),
            (UNSET, gettext_lazy("There is no date")),
        ],
    )

    class Meta:
        model = Document
        fields = ["kind", "topics", "language", "year", "audience"]

    def __init__(self, *args: Any, is_searching: bool | None = None, **kwargs: Any) -> None:
        self.is_searching = is_searching
        super().__init__(*args, is_searching=is_searching, **kwargs)

    def filter_queryset(self, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """While searching, by id: the search index knows the ids, not every field of ours."""
        filtered: QuerySet[Document] = super().filter_queryset(queryset)
        if not self.is_searching or not any(self.form.cleaned_data.values()):
            return filtered
        return queryset.filter(pk__in=list(filtered.values_list("pk", flat=True)))

    def by_review(self, queryset: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        if value == OVERDUE:
            return queryset.filter(review_by__lt=timezone.localdate())
        return queryset.filter(review_by__isnull=value == UNSET)


class DocumentList(wagtails.IndexView):
    """Wagtail's list of documents with kind, audience, date of review and downloads."""

    filterset_class = DocumentFilters

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        ours = [
            Column("kind", label=_("Kind"), accessor=kind_words, sort_key="kind"),
            Column("audience", label=_("Who may have it"), accessor="get_audience_display"),
            DateColumn("review_by", label=_("Check again by"), sort_key="review_by"),
            Column("downloads_counted", label=_("Downloads in 12 months"), accessor="downloads_counted"),
        ]
        return [*columns[:2], *ours, *columns[2:]]

    def decorate_paginated_queryset(self, object_list: Iterable[Document]) -> Iterable[Document]:
        decorated = super().decorate_paginated_queryset(object_list)
        counted = selectors.downloads([one.pk for one in decorated])
        for one in decorated:
            one.downloads_counted = counted.get(one.pk, 0)
        return decorated


def kind_words(document: Document) -> str:
    return _("File for pages") if document.kind == Document.FILE else document.get_kind_display()


class DocumentEdit(wagtails.EditView):
    """Wagtail's form, and how often the document was fetched."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["downloads_counted"] = selectors.downloads([self.object.pk]).get(self.object.pk, 0)
        return context


class DocumentDelete(wagtails.DeleteView):
    """Wagtail's way of deleting, for what nothing uses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.user_has_permission(self.permission_required) and (refused := refuse(request, [self.object])):
            return refused
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class UploadDelete(multiple.DeleteView):
    """Deleting from the page of many uploads, which a document of any age could be sent to."""

    def post(self, request: HttpRequest, doc_id: int) -> HttpResponse:
        if selectors.uses([doc_id]):
            return HttpResponse(_("A page uses this document, so it was not deleted."), status=409)
        answer: HttpResponse = super().post(request, doc_id=doc_id)
        return answer


def refuse(request: HttpRequest, documents: list[Document]) -> HttpResponse | None:
    """None when nothing uses these; else back to the first that is used, with a sentence that says by what."""
    used = selectors.uses([one.pk for one in documents])
    first = next((one for one in documents if one.pk in used), None)
    if first is None:
        return None
    messages.error(request, refusal(first, used[first.pk], others=len(documents) - 1))
    return redirect(reverse("wagtaildocs:edit", args=[first.pk]))


def refusal(document: Document, titles: list[str], *, others: int) -> str:
    shown = ", ".join(f"“{title}”" for title in titles[:3])
    if (more := len(titles) - 3) > 0:
        shown += ngettext(" and %(count)s more page", " and %(count)s more pages", more) % {"count": more}
    nothing = _("Nothing was deleted.") if others else _("It was not deleted.")
    sentence = _("“%(title)s” is used by %(pages)s. %(nothing)s Take it off there first, then delete it.")
    return sentence % {"title": document.title, "pages": shown, "nothing": nothing}


def admin_urls() -> list[URLPattern]:
    """In place of Wagtail's own, without names: Wagtail's names lead to the same addresses."""
    return [
        path("documents/", DocumentList.as_view()),
        path("documents/results/", DocumentList.as_view(results_only=True)),
        path("documents/edit/<int:document_id>/", DocumentEdit.as_view()),
        path("documents/delete/<int:document_id>/", DocumentDelete.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", UploadDelete.as_view()),
    ]
