"""Demo companies and the clusters they are or were members of.

Organisation numbers: eight digits from 30000000 on with the MOD11 check digit (weights 3 2 7 6 5 4 3 2). Companies in
the Norwegian register have numbers that begin with 8 or 9; those that begin with 2 or 3 are for synthetic test data.
"""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress

from lms.accounts.models import Cluster, ClusterMembership, Company, MailDomain, Membership, User
from lms.accounts.rules import DevelopmentStage, MembershipRole, ProductClass

CLUSTERS = {
    "norway-health-tech": "Norway Health Tech",
    "norwegian-smart-care-cluster": "Norwegian Smart Care Cluster",
    "oslo-cancer-cluster": "Oslo Cancer Cluster",
    "the-life-science-cluster": "The Life Science Cluster",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A company; the first of its people is its administrator. `clusters` are (slug, since, until)."""

    name: str
    number: str
    product: ProductClass
    stage: DevelopmentStage
    people: tuple[str, ...]
    clusters: tuple[tuple[str, date, date | None], ...] = ()


NHT, SMART_CARE, CANCER, LIFE_SCIENCE = CLUSTERS
MERGED = date(2025, 1, 1)
MEDTECH = "medtech.example"

COMPANIES = (
    Example(
        "Example Medtech AS",
        "300000002",
        ProductClass.MEDICAL_DEVICE,
        DevelopmentStage.FIRST_SALES,
        ("company", "learner", "ada"),
        ((NHT, date(2021, 3, 1), None),),
    ),
    Example(
        "Example Diagnostics AS",
        "300000010",
        ProductClass.IVD,
        DevelopmentStage.CLINICAL,
        ("outsider", "bjorn"),
        ((CANCER, date(2022, 9, 1), None), (NHT, date(2023, 1, 15), None)),
    ),
    Example(
        "Example Digital Health AS",
        "300000029",
        ProductClass.DIGITAL_HEALTH,
        DevelopmentStage.FIRST_SALES,
        ("cecilie", "dag"),
        ((SMART_CARE, date(2020, 1, 1), MERGED), (NHT, MERGED, None)),
    ),
    Example(
        "Example Implants AS",
        "300000037",
        ProductClass.MEDICAL_DEVICE,
        DevelopmentStage.SCALING,
        ("eli", "frode"),
        ((NHT, date(2019, 6, 1), None),),
    ),
    Example(
        "Example Biotech AS",
        "300000045",
        ProductClass.MEDICINE,
        DevelopmentStage.CLINICAL,
        ("guro",),
        ((CANCER, date(2021, 1, 1), None), (LIFE_SCIENCE, date(2022, 2, 1), None)),
    ),
    Example(
        "Example Monitoring AS",
        "300000053",
        ProductClass.MEDICAL_DEVICE,
        DevelopmentStage.CLINICAL,
        ("hakon",),
        ((SMART_CARE, date(2022, 5, 1), MERGED),),
    ),
    Example(
        "Example Robotics AS",
        "300000061",
        ProductClass.MEDICAL_DEVICE,
        DevelopmentStage.IDEA,
        ("ingrid",),
        ((LIFE_SCIENCE, date(2024, 8, 1), None),),
    ),
    Example(
        "Example Software AS",
        "300000088",
        ProductClass.NON_REGULATORY,
        DevelopmentStage.SCALING,
        ("jonas",),
        ((NHT, date(2018, 1, 1), None),),
    ),
)


def ensure_companies(people: dict[str, User]) -> dict[str, Company]:
    """The demo companies by name, with their people and clusters; made where they are missing."""
    clusters = {slug: Cluster.objects.get_or_create(slug=slug, defaults={"name": n})[0] for slug, n in CLUSTERS.items()}
    found = {}
    for example in COMPANIES:
        company, made = Company.objects.get_or_create(
            organisation_number=example.number,
            defaults={"name": example.name, "product_class": example.product, "stage": example.stage},
        )
        if made:
            for slug, since, until in example.clusters:
                ClusterMembership.objects.create(company=company, cluster=clusters[slug], since=since, until=until)
            for place, name in enumerate(example.people):
                role = MembershipRole.MEMBER if place else MembershipRole.ADMIN
                Membership.objects.create(user=people[name], company=company, role=role)
        found[example.name] = company
    ensure_mail_domain(found["Example Medtech AS"], people["company"])
    return found


def ensure_mail_domain(company: Company, administrator: User) -> None:
    """Whoever has an address at the company's own domain may ask to join it; its administrator has one."""
    address = {"user": administrator, "email": f"ola@{MEDTECH}"}
    EmailAddress.objects.get_or_create(**address, defaults={"verified": True})
    MailDomain.objects.get_or_create(company=company, domain=MEDTECH, defaults={"added_by": administrator})
