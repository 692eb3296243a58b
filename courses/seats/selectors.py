"""Agreements with their seats counted, and who holds one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.models import CoursePage, Enrolment, LessonProgress, QuizAttempt, Seat, SeatAgreement, WorksheetAnswer
from courses.seats.rules import Terms
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipRole, MembershipState


def today(now: datetime | None = None) -> date:
    """The day by the clock of the product's home, whatever zone a page is shown in."""
    return timezone.localdate(now, timezone.get_default_timezone())


def counted(agreements: QuerySet[SeatAgreement]) -> QuerySet[SeatAgreement]:
    """Each agreement with `used`, its seats taken: in the same statement."""
    taken = Seat.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement").annotate(number=Count("pk"))
    return agreements.annotate(used=Coalesce(Subquery(taken.values("number")), 0, output_field=IntegerField()))


def covering(company_id: int, course_id: int, day: date) -> QuerySet[SeatAgreement]:
    """The agreements that limit this course for the company on that day."""
    current = (Q(starts=None) | Q(starts__lte=day)) & (Q(ends=None) | Q(ends__gte=day))
    return SeatAgreement.objects.filter(current, company=company_id, courses=course_id)


def terms(agreement: SeatAgreement, *, used: int, held: bool = False) -> Terms:
    return Terms(
        id=agreement.pk,
        name=agreement.name,
        agreed=agreement.agreed,
        extra=agreement.extra,
        used=used,
        starts=agreement.starts,
        ends=agreement.ends,
        held=held,
    )


def terms_for(user_id: int, course_id: int, company_id: int, day: date) -> list[Terms]:
    """What limits this course for this person, for the company they act for. One statement."""
    mine = Exists(Seat.objects.filter(agreement=OuterRef("pk"), user=user_id))
    found = counted(covering(company_id, course_id, day)).annotate(held=mine)
    return [terms(one, used=one.used, held=one.held) for one in found]  # type: ignore[attr-defined]


def terms_of_locked(agreements: Iterable[SeatAgreement], user_id: int) -> list[Terms]:
    """The same for agreements the caller has locked: counted after that. One statement."""
    listed = list(agreements)
    seats = Seat.objects.filter(agreement__in=listed).order_by().values_list("agreement")
    rows = seats.annotate(used=Count("pk"), own=Count("pk", filter=Q(user=user_id)))
    taken = {agreement: (used, bool(own)) for agreement, used, own in rows}
    made = []
    for one in listed:
        used, held = taken.get(one.pk, (0, False))
        made.append(terms(one, used=used, held=held))
    return made


def seats_of(company: Company) -> list[Terms]:
    """All agreements of the company, those without an end first, then the one that ends last. One statement."""
    return [terms(one, used=one.used) for one in agreements_of(company)]  # type: ignore[attr-defined]


def agreements_of(company: Company) -> QuerySet[SeatAgreement]:
    """All agreements of the company, with `used`: those without an end first, then the one that ends last."""
    return counted(SeatAgreement.objects.filter(company=company)).order_by(
        F("ends").desc(nulls_first=True), "name", "pk"
    )


def agreements_administered_by(user: User) -> QuerySet[SeatAgreement]:
    """Agreements of the companies that `user` administers."""
    return SeatAgreement.objects.filter(company__in=_administered(user)).select_related("company")


def seat_of(agreement: SeatAgreement, user_id: int) -> Seat | None:
    """The seat somebody holds, with them."""
    seat = Seat.objects.filter(agreement=agreement, user=user_id).select_related("user").first()
    if seat:
        seat.agreement = agreement
    return seat


def _administered(user: User) -> QuerySet[Company]:
    return Company.objects.filter(
        memberships__user=user, memberships__state=MembershipState.ACTIVE, memberships__role=MembershipRole.ADMIN
    )


def colleagues(agreement: SeatAgreement) -> QuerySet[Membership]:
    """Who can be given a seat: people of the company who can sign in."""
    found = Membership.objects.filter(company=agreement.company_id, state=MembershipState.ACTIVE, user__is_active=True)
    return found.select_related("user").order_by("user__full_name", "pk")


def colleagues_without(agreement: SeatAgreement) -> QuerySet[Membership]:
    """Those of them who hold no seat yet."""
    return colleagues(agreement).exclude(user__in=Seat.objects.filter(agreement=agreement).values("user"))


def started_with(seat: Seat) -> QuerySet[Enrolment]:
    """The courses its holder has started for the company since they had this seat."""
    return _started(seat.user_id, seat.agreement_id, seat.agreement.company_id, seat.taken_at)


def _started(user: Any, agreement: Any, company: Any, since: Any) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        user=user, company=company, course__seat_agreements=agreement, started_at__gte=since
    )


def _with_work(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Those in which something was done: a lesson, a quiz, words on a worksheet. Opening a lesson is not yet work."""
    seen = LessonProgress.objects.filter(enrolment=OuterRef("pk"))
    written = WorksheetAnswer.objects.filter(
        company=OuterRef("company"),
        updated_by=OuterRef("user"),
        lesson__progress__enrolment=OuterRef("pk"),
    )
    return enrolments.filter(
        Q(completed_at__isnull=False)
        | Exists(seen.filter(completed_at__isnull=False))
        | Exists(QuizAttempt.objects.filter(enrolment=OuterRef("pk")))
        | Exists(written)
    )


def work_with(seat: Seat) -> QuerySet[Enrolment]:
    """The courses in which its holder has done something with this seat."""
    return _with_work(started_with(seat))


def holders(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Seats with who holds and who gave them, and `at_work`, `in_company` for `rules.may_be_taken_back`."""
    started = _started(OuterRef("user"), OuterRef("agreement"), OuterRef("agreement__company"), OuterRef("taken_at"))
    here = Membership.objects.filter(
        user=OuterRef("user"),
        company=OuterRef("agreement__company"),
        state=MembershipState.ACTIVE,
        user__is_active=True,
    )
    return seats.select_related("user", "given_by").annotate(
        at_work=Exists(_with_work(started)), in_company=Exists(here)
    )


def first_pages() -> QuerySet[CoursePage]:
    """Every course once, published or not: the page by which enrolments and agreements name it."""
    older = CoursePage.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return CoursePage.objects.filter(~Exists(older)).order_by("title", "pk")
