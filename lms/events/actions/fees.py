"""What is to be invoiced: fixed when somebody registers, and owed by a company as long as anybody of it comes."""

from collections.abc import Sequence

from lms.accounts.models import Company
from lms.events.models import Registration
from lms.events.rules import ACTIVE, FeeFor, Price, price_for
from lms.events.selectors import TakenPlaces, prices_of


def fees_for(price: Price, taken: TakenPlaces, company: Company | None, people: int) -> list[int]:
    """The fee of each in øre. A fee for the company stands with its first person, once over all its registrations."""
    if not price.amount:
        return [0] * people
    if price.each == FeeFor.PERSON:
        return [price.amount] * people
    if any(one.fee for one in taken.of_company(company.pk if company else None)):
        return [0] * people
    return [price.amount] + [0] * (people - 1)


def sum_for(price: Price, taken: TakenPlaces, company: Company | None, people: int) -> int:
    """What would be invoiced for so many more people, in øre."""
    return sum(fees_for(price, taken, company, people)) if people else 0


def pass_fees_on(left: Sequence[Registration]) -> None:
    """A company's one fee goes to another of its people, when the one it stood with does not come after all."""
    owing = {one.company_id: one for one in left if one.fee and one.company_id}
    if not owing:
        return
    event = left[0].event
    prices = prices_of(event)
    stay = Registration.objects.filter(event=event, company__in=owing.keys(), state__in=sorted(ACTIVE))
    staying = stay.exclude(pk__in=[one.pk for one in left]).select_related("company").order_by("queued_at", "pk")
    of_company: dict[int, list[Registration]] = {}
    for one in staying:
        if one.company_id:
            of_company.setdefault(one.company_id, []).append(one)
    changed = []
    for company, heirs in of_company.items():
        price = price_for(prices, heirs[0].company.kind if heirs[0].company else "")
        if price.amount and price.each == FeeFor.COMPANY and not any(one.fee for one in heirs):
            heirs[0].fee, owing[company].fee = owing[company].fee, 0
            changed += [heirs[0], owing[company]]
    Registration.objects.bulk_update(changed, ["fee"])
