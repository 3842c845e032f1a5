"""What is asked for: the filters of the address bar, checked against what exists and may be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.access.reader import Waarde
from dashboard.access.snapshot import Momentopname
from dashboard.numbers import add_months, months_between

TWAALF = "laatste 12 maanden"
SLEUTELS = ("periode", "wet", "hoofdproduct", "productgroep", "product", "wijk", "aanbieder")


@dataclass(frozen=True)
class Periode:
    """Months from `van` up to but not including `tot`."""

    sleutel: str
    van: date
    tot: date

    @property
    def label(self) -> str:
        """The months in words."""
        return months_between(self.van, self.tot)

    @property
    def maanden(self) -> int:
        """Number of months."""
        return (self.tot.year - self.van.year) * 12 + self.tot.month - self.van.month

    def shift(self, maanden: int) -> "Periode":
        """The same number of months, moved."""
        return Periode(self.sleutel, add_months(self.van, maanden), add_months(self.tot, maanden))


@dataclass(frozen=True)
class Filters:
    """One view; None means all."""

    periode: Periode
    wet: str | None = None
    hoofdproduct: str | None = None
    productgroep: str | None = None
    product: str | None = None
    wijk: str | None = None
    aanbieder: str | None = None

    @property
    def params(self) -> dict[str, Waarde]:
        """Bound parameters for a read."""
        waarden: dict[str, Waarde] = {k: getattr(self, k) for k in SLEUTELS if k != "periode"}
        return waarden | {"van": self.periode.van, "tot": self.periode.tot}

    @property
    def query(self) -> dict[str, str]:
        """The same view by key, for log and explanation."""
        gekozen = {k: getattr(self, k) for k in SLEUTELS if k != "periode"}
        return {"periode": self.periode.sleutel} | {k: v for k, v in gekozen.items() if v is not None}

    @property
    def has_deel(self) -> bool:
        """Say whether a part is asked that the ledger does not know."""
        return any((self.productgroep, self.product, self.wijk, self.aanbieder))

    def at(self, periode: Periode) -> "Filters":
        """The same view in other months."""
        return replace(self, periode=periode)


@dataclass(frozen=True)
class Keuzes:
    """What may be chosen: key to label, in the order to show."""

    periode: Mapping[str, Periode]
    wet: Mapping[str, str]
    hoofdproduct: Mapping[str, str]
    productgroep: Mapping[str, str]
    product: Mapping[str, str]
    wijk: Mapping[str, str]
    aanbieder: Mapping[str, str]


def make_periodes(meta: Momentopname) -> dict[str, Periode]:
    """The periods a snapshot can answer for: this year so far, the last twelve months, whole years."""
    if meta.eerste_levermaand is None or meta.laatste_levermaand is None:
        return {}
    if meta.eerste_levermaand > meta.laatste_levermaand:
        return {}
    eind = add_months(meta.laatste_levermaand, 1)
    uit: dict[str, Periode] = {}
    jaar = meta.laatste_levermaand.year
    begin = max(date(jaar, 1, 1), meta.eerste_levermaand)
    uit[str(jaar)] = Periode(str(jaar), begin, eind)
    uit[TWAALF] = Periode(TWAALF, max(add_months(eind, -12), meta.eerste_levermaand), eind)
    for j in range(jaar - 1, meta.eerste_levermaand.year - 1, -1):
        uit[str(j)] = Periode(str(j), max(date(j, 1, 1), meta.eerste_levermaand), date(j + 1, 1, 1))
    return uit


def check_filters(gevraagd: Mapping[str, str | None], keuzes: Keuzes) -> Filters:
    """Keep of what was asked only what is among the choices; the rest counts as not asked.

    A widget's options are no guard: a client can send anything. Raises ValueError without any period.
    """
    if not keuzes.periode:
        raise ValueError("geen levermaanden")
    sleutel = gevraagd.get("periode")
    periode = keuzes.periode.get(sleutel or "", next(iter(keuzes.periode.values())))
    goed = {
        k: gevraagd.get(k) if gevraagd.get(k) in getattr(keuzes, k) else None
        for k in SLEUTELS
        if k != "periode"
    }
    return Filters(periode=periode, **goed)
