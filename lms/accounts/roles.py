"""What staff may do, as Django groups with real permissions. Companies' own roles are memberships, not groups."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Editors"
MODERATORS = "Moderators"
ADVISORS = "Advisors"
PROGRAMME_OWNERS = "Programme owners"


@dataclass(frozen=True, slots=True)
class Role:
    """Permissions by `app.codename`; those on pages hold for the whole tree, those on files for all collections."""

    permissions: frozenset[str] = frozenset()
    on_pages: frozenset[str] = frozenset()
    on_files: frozenset[str] = frozenset()


FILES = frozenset(
    f"{app}.{verb}_{model}"
    for app, model in (("wagtailimages", "image"), ("cms", "document"))
    for verb in ("add", "change", "choose")
)
ADMIN = "wagtailadmin.access_admin"
QUESTIONNAIRE = frozenset(
    f"readiness.{verb}_{model}" for model in ("topic", "question") for verb in ("view", "add", "change")
)

ROLES: dict[str, Role] = {
    EDITORS: Role(
        frozenset({ADMIN, "cms.view_topic", "events.add_event", *QUESTIONNAIRE}),
        on_pages=frozenset({"add_page", "change_page"}),
        on_files=FILES,
    ),
    MODERATORS: Role(
        frozenset(
            {
                ADMIN,
                "cms.change_sitesettings",
                "readiness.add_edition",
                *QUESTIONNAIRE,
                "events.add_event",
                *(f"cms.{verb}_topic" for verb in ("view", "add", "change")),
                "certificates.view_certificate",
                "certificates.revoke_certificate",
                "courses.view_enrolment",
            }
        ),
        on_pages=frozenset({"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}),
        on_files=FILES,
    ),
    ADVISORS: Role(
        frozenset(
            {
                "cohorts.view_cohort",
                "cohorts.view_participation",
                "cohorts.change_participation",
                "certificates.view_certificate",
                "courses.change_evidence",
                "events.add_event",
            }
        )
    ),
    PROGRAMME_OWNERS: Role(
        frozenset(
            {
                ADMIN,
                *(
                    f"accounts.view_{model}"
                    for model in ("company", "cluster", "clustermembership", "membership", "user")
                ),
                "accounts.add_company",
                *(f"cohorts.view_{model}" for model in ("cohort", "participation")),
                "cohorts.add_cohort",
                "events.add_event",
                "events.organise_every_event",
                "cohorts.change_cohort",
                "cohorts.view_every_cohort",
                "certificates.view_certificate",
                "courses.change_evidence",
                "courses.view_enrolment",
                *(f"courses.{verb}_seatagreement" for verb in ("view", "add", "change", "delete")),
                "notifications.view_message",
            }
        )
    ),
}


def ensure_roles() -> None:
    """Create what is missing of the groups and their permissions. Takes nothing away that an operator has added.

    Does nothing while only a part of the tables is there.
    """
    needed = {GroupPagePermission, Page, Collection, GroupCollectionPermission, Permission, Group}
    if not {model._meta.db_table for model in needed} <= set(connection.introspection.table_names()):
        return
    permissions = _permissions()
    root, collection = Page.objects.filter(depth=1).first(), Collection.objects.filter(depth=1).first()
    with transaction.atomic():
        for name, role in ROLES.items():
            group, _created = Group.objects.get_or_create(name=name)
            group.permissions.add(*(permissions[one] for one in role.permissions if one in permissions))
            for one in role.on_pages if root else ():
                GroupPagePermission.objects.get_or_create(
                    group=group, page=root, permission=permissions[f"wagtailcore.{one}"]
                )
            for one in role.on_files if collection else ():
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permissions[one]
                )


def _permissions() -> dict[str, Permission]:
    """Every permission there is, by `app.codename`. Those whose app is migrated later are created first."""
    named = {one.split(".")[0] for role in ROLES.values() for one in role.permissions | role.on_files}
    for app in sorted(named | {"wagtailcore"}):
        config = apps.get_app_config(app)
        create_contenttypes(config, verbosity=0)
        create_permissions(config, verbosity=0)
    every = Permission.objects.select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}": one for one in every}
