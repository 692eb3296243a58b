"""Signing up, companies and their people, invitations, mail domains, one's own details."""

from lms.accounts.views.companies import choose, facts, register
from lms.accounts.views.domains import ask_at_domain, domains, remove_domain
from lms.accounts.views.invitations import invitation, invite, withdraw
from lms.accounts.views.people import answer, change_role, hand_over, leave, take_out
from lms.accounts.views.profile import profile
from lms.accounts.views.sign_up import SignupView, signup

__all__ = [
    "SignupView",
    "answer",
    "ask_at_domain",
    "change_role",
    "choose",
    "domains",
    "facts",
    "hand_over",
    "invitation",
    "invite",
    "leave",
    "profile",
    "register",
    "remove_domain",
    "signup",
    "take_out",
    "withdraw",
]
