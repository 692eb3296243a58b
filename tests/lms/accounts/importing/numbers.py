"""Organisation numbers for lists: valid, different, and always the same ones."""

from stdnum.no import orgnr

ONE, TWO = "974760673", "923609016"


def numbers(count: int) -> list[str]:
    found: list[str] = []
    first = 81_000_000
    while len(found) < count:
        found += [one for last in range(10) if orgnr.is_valid(one := f"{first}{last}")]
        first += 1
    return found[:count]
