"""Certificates in the editors' part: read, and revoked with a reason. Never made, changed or deleted by hand."""

import uuid
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from certificates import actions
from certificates.models import Certificate
from lms.accounts.models import User


class KeptAsIssued(ModelPermissionPolicy):
    """Whoever it is, a superuser too: a certificate is looked at and revoked, and nothing else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "revoke"} and super().user_has_permission(user, action)


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "One sentence. Stands on the certificate’s public page, so no more about the person than is needed."
        ),
    )


def revoke_button(certificate: Certificate) -> Button:
    address = reverse("certificate:revoke", args=[certificate.pk])
    return Button(translate("Revoke"), url=address, icon_name="cross", priority=50)


class CertificateIndex(generic.IndexView):
    def get_list_more_buttons(self, instance: Certificate) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        buttons.append(Button(translate("Public page"), url=instance.get_absolute_url(), icon_name="view", priority=40))
        if instance.revoked_at is None and self.user_has_permission("revoke"):
            buttons.append(revoke_button(instance))
        return buttons


class CertificateInspect(generic.InspectView):
    def get_header_more_buttons(self) -> list[Any]:
        buttons = super().get_header_more_buttons()
        if self.object.revoked_at is None and self.user_has_permission("revoke"):
            buttons.append(revoke_button(self.object))
        return buttons

    def get_snapshot_display_value(self) -> str:
        """The snapshot as lines of text."""
        told = self.object.statement.as_json()
        return "; ".join(f"{name}: {value}" for name, value in told.items() if value not in (None, "", {}))


class CertificateHistory(history.HistoryView):
    """Who revoked it and why: for everybody who may see the certificate."""

    any_permission_required = frozenset({"view", "revoke"})


class RevokeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Asks why, then revokes. The certificate keeps its page, which says so."""

    model = Certificate
    permission_required = "revoke"
    form_class = RevokeForm
    template_name = "certificates/admin/revoke.html"
    page_title = _("Revoke")
    header_icon = "cross"
    index_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, pk: uuid.UUID, **kwargs: Any) -> None:
        super().setup(request, *args, pk=pk, **kwargs)
        self.object = get_object_or_404(Certificate, pk=pk)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Certificates")},
            {"url": "", "label": _("Revoke"), "sublabel": str(self.object)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, certificate=self.object)

    def form_valid(self, form: RevokeForm) -> HttpResponse:
        actions.revoke(self.object, by=cast(User, self.request.user), reason=form.cleaned_data["reason"])
        messages.success(self.request, translate("Revoked. Its public page says so from now on."))
        return redirect(reverse(self.index_url_name))


class CertificateViewSet(ModelViewSet):
    """The list of certificates, with everything each states."""

    model = Certificate
    name = "certificate"
    url_prefix = "certificates"
    icon = "check"
    menu_label = _("Certificates")
    menu_order = 260
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "key",
        "holder",
        "snapshot",
        "issued_at",
        "expires_at",
        "revoked_at",
        "revoked_reason",
    ]
    index_view_class = CertificateIndex
    inspect_view_class = CertificateInspect
    history_view_class = CertificateHistory
    list_display = ["__str__", "issued_at", "expires_at", "revoked_at"]
    list_filter = {"issued_at": ["date"], "revoked_at": ["isnull"]}
    list_per_page = 50
    search_fields = ["key", "holder__full_name", "holder__email"]
    search_backend_name = None
    form_fields: list[str] = []

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        inspect = self.get_url_name("inspect")  # there is no form to edit, which the history would lead back to
        return super().get_history_view_kwargs(edit_url_name=inspect, **kwargs)

    @property
    def revoke_view(self) -> Any:
        return self.construct_view(RevokeView)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [route for route in super().get_urlpatterns() if route.name not in {"add", "edit", "delete", "usage"}]
        return [*kept, path("revoke/<uuid:pk>/", self.revoke_view, name="revoke")]


certificate_viewset = CertificateViewSet()
