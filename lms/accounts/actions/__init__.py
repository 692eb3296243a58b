"""What is done with companies and the people in them."""

from lms.accounts.actions.companies import change_facts, finish_registration, register_company, register_later
from lms.accounts.actions.domains import add_domain, ask_at_domain, remove_domain
from lms.accounts.actions.invitations import accept, invite, refuse_unusable, withdraw
from lms.accounts.actions.people import (
    answer,
    ask_to_join,
    change_role,
    forget_unconfirmed,
    hand_over,
    leave,
    take_out,
)
from lms.accounts.actions.refusal import Refused

__all__ = [
    "Refused",
    "accept",
    "add_domain",
    "answer",
    "ask_at_domain",
    "ask_to_join",
    "change_facts",
    "change_role",
    "finish_registration",
    "forget_unconfirmed",
    "hand_over",
    "invite",
    "leave",
    "refuse_unusable",
    "register_company",
    "register_later",
    "remove_domain",
    "take_out",
    "withdraw",
]
