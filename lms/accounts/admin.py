"""People, companies and clusters in Wagtail's admin."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from lms.accounts.fields import OneLineField, clean_organisation_number
from lms.accounts.models import Cluster, ClusterMembership, Company, User
from lms.accounts.zones import time_zones
from lms.core.deleting import RefusableDeleteView

OUR_FIELDS = {"email", "full_name", "language", "time_zone", "is_superuser", "groups"}


class PersonForm(forms.ModelForm):
    """What Wagtail's two forms for people have in common here: one name, and an address that is kept in lower case."""

    full_name = OneLineField(label=_("Name"), max_length=150)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, initial="Europe/Oslo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields.pop(name, None)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        others = User.objects.filter(email=email).exclude(pk=self.instance.pk)
        if others.exists() or EmailAddress.objects.filter(email=email).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError(_("Someone else signs in with this address."))
        return email

    def save(self, commit: bool = True) -> User:
        person: User = super().save(commit=commit)
        if commit:
            _keep_address(person)
        return person


class PersonCreationForm(PersonForm, UserCreationForm):
    """A new person. They choose their password themselves, by “Choose a new password”."""

    class Meta(UserCreationForm.Meta):
        fields = OUR_FIELDS

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit=commit)


class PersonEditForm(PersonForm, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = OUR_FIELDS | {"is_active"}


def _keep_address(person: User) -> None:
    """The address staff typed is the one the person signs in with; they confirm it when they first do."""
    address, _created = EmailAddress.objects.get_or_create(user=person, email=person.email)
    if not address.primary:
        address.set_as_primary()
    EmailAddress.objects.filter(user=person).exclude(pk=address.pk).delete()


class PeopleIndexView(IndexView):
    """Wagtail's list of people, sorted and searched by the one name there is."""

    @property
    def columns(self) -> list[Any]:
        columns: list[Any] = [column for column in super().columns if column.name != "email"]
        return [*columns[:2], Column("email", label=_("E-mail"), sort_key="email"), *columns[2:]]

    @property
    def search_fields(self) -> set[str]:
        return {"full_name", "email"}


class PeopleViewSet(UserViewSet):
    """Management of people with our forms."""

    ordering = "full_name"
    index_view_class = PeopleIndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm


class CompanyAdminForm(WagtailAdminModelForm):
    """A company as staff edit it, its number checked like at sign-up and typed with spaces if they like."""

    organisation_number = forms.CharField(label=_("Organisation number"), max_length=20, required=False)

    def clean_organisation_number(self) -> str:
        typed = self.cleaned_data["organisation_number"]
        return clean_organisation_number(typed) if typed else ""


class CompanyIndex(generic.IndexView):
    """The list of companies, with the way to a list that somebody sends."""

    @property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.request.user.has_perm("accounts.add_company"):
            label, where = translate("Import companies"), reverse("import_companies")
            buttons.append(HeaderButton(label, url=where, icon_name="upload"))
        return buttons


class CompanyViewSet(ModelViewSet):
    model = Company
    index_view_class = CompanyIndex
    delete_view_class = RefusableDeleteView
    icon = "group"
    menu_label = _("Companies")
    menu_order = 100
    list_display = ["name", "kind", "organisation_number", "country", "created_at"]
    list_filter = ["kind", "country", "product_class", "stage"]
    search_fields = ["name", "organisation_number", "foreign_id"]
    inspect_view_enabled = True
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("product_class"), FieldPanel("stage")], heading=_("What it does")
            ),
            MultiFieldPanel(
                [FieldPanel("organisation_number"), FieldPanel("country"), FieldPanel("foreign_id")],
                heading=_("Registration"),
            ),
            FieldPanel("website"),
        ],
        base_form_class=CompanyAdminForm,
    )


class ClusterViewSet(ModelViewSet):
    model = Cluster
    delete_view_class = RefusableDeleteView
    icon = "site"
    menu_label = _("Clusters")
    menu_order = 110
    list_display = ["name", "slug"]
    search_fields = ["name"]
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("slug")]


class ClusterMembershipViewSet(ModelViewSet):
    model = ClusterMembership
    icon = "link"
    menu_label = _("Cluster members")
    menu_order = 120
    list_display = ["company", "cluster", "since", "until"]
    list_filter = ["cluster"]
    search_fields = ["company__name", "cluster__name"]
    copy_view_enabled = False
    panels = [FieldPanel("company"), FieldPanel("cluster"), FieldPanel("since"), FieldPanel("until")]


class CompaniesGroup(ModelViewSetGroup):
    """The menu entry “Companies”."""

    items = (CompanyViewSet, ClusterViewSet, ClusterMembershipViewSet)
    menu_label = _("Companies")
    menu_icon = "group"
    menu_order = 300
