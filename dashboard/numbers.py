"""Numbers as they are read in the Netherlands: € 36,4 mln, € 1.234.567, 12,4 %, mrt 2026, + € 1,1 mln."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
GEEN = "–"
EENHEDEN = {
    "01": ("minuut", "minuten"),
    "04": ("uur", "uur"),
    "14": ("etmaal", "etmalen"),
    "16": ("dagdeel", "dagdelen"),
    "21": ("week", "weken"),
    "81": ("keer", "keer"),
    "82": ("stuk", "stuks"),
    "83": ("euro", "euro"),
    "84": ("stuk inspanning", "stuks inspanning"),
}

Getal = int | float | Decimal


def group(n: int) -> str:
    """Write a whole number with dots between thousands."""
    return f"{n:,}".replace(",", ".")


def decimals(waarde: Getal, cijfers: int) -> str:
    """Write a number with `cijfers` decimals, half away from zero, minus sign in front when below zero."""
    d: Decimal = Decimal(str(waarde)).quantize(Decimal(1).scaleb(-cijfers), rounding=ROUND_HALF_UP)
    heel, _, rest = f"{abs(d):f}".partition(".")
    tekst = group(int(heel)) + (f",{rest}" if rest else "")
    return f"− {tekst}" if d < 0 else tekst


def _euro(tekst: str) -> str:
    return f"− € {tekst[2:]}" if tekst.startswith("− ") else f"€ {tekst}"


def euro(cent: Getal | None) -> str:
    """Whole euros out of cents: € 1.234.567."""
    return GEEN if cent is None else _euro(decimals(Decimal(str(cent)) / 100, 0))


def euro_cent(cent: Getal | None) -> str:
    """Euros with cents: € 63,20."""
    return GEEN if cent is None else _euro(decimals(Decimal(str(cent)) / 100, 2))


def euro_mln(cent: Getal | None) -> str:
    """Millions with one decimal for a tile, € 36,4 mln; below € 100.000 whole euros, as 0,0 says nothing."""
    if cent is None:
        return GEEN
    if -10_000_000 < cent < 10_000_000:
        return euro(cent)
    return f"{_euro(decimals(Decimal(str(cent)) / 100_000_000, 1))} mln"


def euro_same(hoogste: int) -> Callable[[Getal | None], str]:
    """A writer for amounts beside each other: all in millions with two decimals, or all in whole euros."""
    if abs(hoogste) < 100_000_000:
        return euro

    def write(cent: Getal | None) -> str:
        return GEEN if cent is None else f"{_euro(decimals(Decimal(str(cent)) / 100_000_000, 2))} mln"

    return write


def count(n: Getal | None) -> str:
    """Write a count: 9.480."""
    return GEEN if n is None else decimals(n, 0)


def plural(n: int, enkel: str, meer: str) -> str:
    """Write a count with its noun: 1 regel, 2.400 regels."""
    return f"{count(n)} {enkel if n == 1 else meer}"


def percent(fractie: Getal | None, cijfers: int = 1) -> str:
    """Write a fraction as percentage: 0.124 is 12,4 %."""
    return GEEN if fractie is None else f"{decimals(Decimal(str(fractie)) * 100, cijfers)} %"


def keep_whole(tekst: str) -> str:
    """The text in which no number is torn from its sign or unit at the end of a line."""
    for los in ("€ ", " mln", " %", " ×", "− ", "+ ", "▲ ", "▼ ", " per 1.000"):
        tekst = tekst.replace(los, los.replace(" ", "\u00a0"))
    return tekst


def signed(tekst: str) -> str:
    """Put a plus in front of what is above zero; what rounds to zero gets no sign."""
    if tekst == GEEN or tekst.startswith("−"):
        return tekst
    return tekst if not any(c in "123456789" for c in tekst) else f"+ {tekst}"


def month(d: date | None) -> str:
    """Write a month: mrt 2026."""
    return GEEN if d is None else f"{MAANDEN[d.month - 1]} {d.year}"


def quarter(d: date | None) -> str:
    """Write a quarter by any day in it: kw 1 2026."""
    return GEEN if d is None else f"kw {(d.month + 2) // 3} {d.year}"


def day(d: date | None) -> str:
    """Write a day: 31-12-2025."""
    return GEEN if d is None else f"{d.day:02d}-{d.month:02d}-{d.year}"


def moment(d: datetime | None) -> str:
    """Write a moment: 31-12-2025 14:05."""
    return GEEN if d is None else f"{day(d)} {d.hour:02d}:{d.minute:02d}"


def months_between(van: date, tot: date) -> str:
    """Write the months from `van` up to but not including `tot`: jan t/m sep 2026."""
    laatste = add_months(tot, -1)
    if van >= laatste:
        return month(van)
    if van.year == laatste.year:
        return f"{MAANDEN[van.month - 1]} t/m {month(laatste)}"
    return f"{month(van)} t/m {month(laatste)}"


def add_months(d: date, n: int) -> date:
    """Shift the first of a month by `n` months."""
    m = d.year * 12 + d.month - 1 + n
    return date(m // 12, m % 12 + 1, 1)


def month_range(van: date, tot: date) -> list[date]:
    """All firsts of the month from `van` up to but not including `tot`."""
    uit: list[date] = []
    while van < tot:
        uit.append(van)
        van = add_months(van, 1)
    return uit


def unit(code: str | None, n: Getal | None = 1) -> str:
    """Word for a unit code of the standard: uur, dagdelen; an unknown code is shown as it is."""
    enkel, meer = EENHEDEN.get(code or "", (f"eenheid {code}", f"eenheid {code}"))
    return enkel if n == 1 else meer


def volume(n: Getal | None, code: str | None) -> str:
    """Write a volume with its unit: 412.300 uur."""
    return GEEN if n is None else f"{count(n)} {unit(code, n)}"


def price(cent_per_eenheid: Getal | None, code: str | None) -> str:
    """Write a price with its unit: € 63,20 per uur."""
    return GEEN if cent_per_eenheid is None else f"{euro_cent(cent_per_eenheid)} per {unit(code)}"


def duration(dagen: Getal | None) -> str:
    """Write a duration in months, from three years on in years: 15 maanden, 3,4 jaar."""
    if dagen is None:
        return GEEN
    maanden = round(float(dagen) / 365.25 * 12)
    return (
        plural(maanden, "maand", "maanden") if maanden < 36 else f"{decimals(float(dagen) / 365.25, 1)} jaar"
    )


def ratio(boven: Getal | None, onder: Getal | None) -> float | None:
    """Divide; None where either side is unknown or the base is zero."""
    if boven is None or onder is None or onder == 0:
        return None
    return float(boven) / float(onder)


def enumerate_nl(woorden: Sequence[str]) -> str:
    """Join words the Dutch way: a, b en c."""
    return (
        woorden[0] if len(woorden) == 1 else f"{', '.join(woorden[:-1])} en {woorden[-1]}" if woorden else ""
    )
