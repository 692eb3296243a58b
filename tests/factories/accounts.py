"""People and companies for tests: the smallest valid ones."""

from datetime import date

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from lms.accounts.models import Cluster, ClusterMembership, Company, Membership, User
from lms.accounts.rules import MembershipRole

PASSWORD = "a-long-enough-password"


class UserFactory(DjangoModelFactory[User]):
    """A person who has confirmed their address and may sign in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def address(obj: User, create: bool, extracted: bool | None, **kwargs: object) -> None:
        """`address=False`: the address is not confirmed yet."""
        if create:
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=extracted is not False)


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Company {n} AS")


class ClusterFactory(DjangoModelFactory[Cluster]):
    class Meta:
        model = Cluster

    name = factory.Sequence(lambda n: f"Cluster {n}")
    slug = factory.Sequence(lambda n: f"cluster-{n}")


class ClusterMembershipFactory(DjangoModelFactory[ClusterMembership]):
    class Meta:
        model = ClusterMembership

    company = factory.SubFactory(CompanyFactory)
    cluster = factory.SubFactory(ClusterFactory)
    since = date(2024, 1, 1)


class MembershipFactory(DjangoModelFactory[Membership]):
    """An active colleague. `admin=True` makes an administrator."""

    class Meta:
        model = Membership

    class Params:
        admin = factory.Trait(role=MembershipRole.ADMIN)

    user = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
