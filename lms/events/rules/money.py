"""Money as it is shown. Pure."""


def nok(amount: int) -> str:
    """An amount in øre as people read it: “NOK 5,000”, and with øre only where there are any."""
    whole, rest = divmod(amount, 100)
    return f"NOK {whole:,}.{rest:02}" if rest else f"NOK {whole:,}"
