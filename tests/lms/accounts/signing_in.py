"""A browser that somebody is signed in with."""

from django.test import Client

from lms.accounts.models import Membership


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client
