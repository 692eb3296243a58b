"""Strategy sections and question kinds; levels are the whole site's."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cms.rules import Level


class StrategySection(TextChoices):
    """The sections of a market-entry strategy; worksheet questions bind to them."""

    VALUE_PROPOSITION = "value_proposition", _("Value proposition")
    CUSTOMER_AND_PAYER = "customer_and_payer", _("Customer and payer")
    REGULATORY_PATHWAY = "regulatory_pathway", _("Regulatory pathway")
    EVIDENCE_AND_VALIDATION = "evidence_and_validation", _("Evidence and validation")
    REIMBURSEMENT = "reimbursement", _("Reimbursement")
    STATES_AND_REGIONS = "states_and_regions", _("States and regions")
    PARTNERS_AND_INVESTORS = "partners_and_investors", _("Partners and investors")
    ORGANISATION_AND_BUDGET = "organisation_and_budget", _("Organisation and budget")


class EvidenceState(TextChoices):
    """Where evidence of prior learning stands."""

    SENT = "sent", _("With an advisor")
    ASKED = "asked", _("A question for you")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class QuestionKind(TextChoices):
    SINGLE = "single", _("One right answer")
    MULTIPLE = "multiple", _("Several right answers")
    TRUE_FALSE = "true_false", _("True or false")
    NUMERICAL = "numerical", _("A number")
    SHORT_ANSWER = "short_answer", _("A few words")


CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE})
"""Kinds answered by choosing; the others are typed."""

__all__ = ["CHOICES", "EvidenceState", "Level", "QuestionKind", "StrategySection"]
