"""What a company is and who may do what in it. Pure: plain values in, plain values out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompanyKind(TextChoices):
    COMPANY = "company", _("Company")
    MUNICIPALITY = "municipality", _("Municipality")
    HOSPITAL = "hospital", _("Hospital")
    UNIVERSITY = "university", _("University")
    INVESTOR = "investor", _("Investor")
    OTHER = "other", _("Other")


class ProductClass(TextChoices):
    NON_REGULATORY = "non_regulatory", _("Not regulated")
    MEDICAL_DEVICE = "medical_device", _("Medical device")
    IVD = "ivd", _("In-vitro diagnostic")
    MEDICINE = "medicine", _("Medicine")
    DIGITAL_HEALTH = "digital_health", _("Digital health")


class DevelopmentStage(TextChoices):
    IDEA = "idea", _("Idea or prototype")
    PILOT = "pilot", _("In pilots")
    HOME_SALES = "home_sales", _("Selling at home")
    EXPORT = "export", _("Selling abroad")
    US_SALES = "us_sales", _("Selling in the US")


class MembershipRole(TextChoices):
    MEMBER = "member", _("Colleague")
    ADMIN = "admin", _("Administrator")


class MembershipState(TextChoices):
    ASKED = "asked", _("Has asked to join")
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Has left")
