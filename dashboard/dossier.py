"""What the page of one aanbieder says: its tiles, next to the average of comparable ones."""

from dataclasses import dataclass

import polars as pl

from dashboard import words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.numbers import (
    GEEN,
    count,
    decimals,
    euro,
    euro_mln,
    percent,
    ratio,
    signed,
)
from dashboard.reading import aanbieder, aanbieders, stroom, verloop
from dashboard.reading import dossier as lezen
from dashboard.tegels import Punt, Regel, Tegel, describe_certainty, last_months

LUMP_SUM = ("lump", "taakgericht", "vast bedrag", "populatie")
KLEIN = "niet getoond"
GEEN_PQ = (
    "Deze aanbieder wordt betaald met een vast bedrag. Er is dan geen prijs maal volume: kijk naar bereik, "
    "instroom en wat is afgesproken."
)


def is_fixed_sum(bekostiging: str | None) -> bool:
    """Say whether a way of paying (or several, in one text) holds a fixed sum."""
    return any(w in (bekostiging or "").lower() for w in LUMP_SUM)


@dataclass(frozen=True)
class Dossier:
    """One aanbieder in one period."""

    naam: str
    hoofdproduct: str | None
    contract: pl.DataFrame
    producten: pl.DataFrame
    wijken: pl.DataFrame
    anderen: dict[str, float | None] | None
    totaal: dict[str, int | None]

    @property
    def is_lump_sum(self) -> bool:
        """Say whether a contract pays a fixed sum: then there is no P×Q for it."""
        return any(is_fixed_sum(b) for b in self.contract["bekostiging"])

    @property
    def heeft_pq(self) -> bool:
        """Say whether anything was declared; under a fixed sum there may be nothing."""
        return not self.is_lump_sum or self.producten.height > 0

    @property
    def kop(self) -> str:
        """Concern and contract of each wet, and whom the aanbieder is compared with, in one line."""
        stukken: list[str] = []
        for wet, concern, perceel, bekostiging in self.contract.select(
            "wet", "concern", "perceel", "bekostiging"
        ).iter_rows():
            delen = [str(x) for x in (concern, perceel, bekostiging) if x]
            stukken.append(f"{wet}: {' · '.join(delen)}" if delen else str(wet))
        if self.hoofdproduct:
            stukken.append(
                f"vergeleken met aanbieders met hoofdproduct {self.hoofdproduct}; {self.vergelijking}"
            )
        return " | ".join(stukken) or "geen contract geladen"

    @property
    def vergelijking(self) -> str:
        """Name the comparison, or say why there is none."""
        if self.anderen is None:
            return "geen vergelijking: minder dan drie vergelijkbare aanbieders"
        return f"gemiddeld bij {count(self.anderen['anderen'])} vergelijkbare aanbieders"


def read_dossier(lezer: Lezer, f: Filters, naam: str) -> Dossier:
    """Read all that the page needs; every figure of another aanbieder comes as an average."""
    hoofd = aanbieder.read_hoofdproduct(lezer, f)
    return Dossier(
        naam=naam,
        hoofdproduct=hoofd,
        contract=aanbieder.read_contract(lezer, f),
        producten=aanbieder.read_producten(lezer, f),
        wijken=aanbieder.read_wijken(lezer, f),
        anderen=aanbieder.read_anderen(lezer, f, hoofd) if hoofd is not None else None,
        totaal=verloop.read_totaal(lezer, f),
    )


def _average(d: Dossier, kolom: str) -> float | None:
    return None if d.anderen is None else d.anderen.get(kolom)


def _beside(d: Dossier, zelf: float | None, kolom: str, write: object) -> tuple[Regel, ...]:
    ander = _average(d, kolom)
    if ander is None or not callable(write):
        return (Regel("vergelijkbaar gemiddelde", GEEN),)
    keer = ratio(zelf, ander)
    if keer is not None and keer >= 2:
        return (Regel("vergelijkbaar gemiddelde", write(ander), f"{decimals(keer, 1)} keer zoveel"),)
    deel = None if keer is None else keer - 1
    return (
        Regel("vergelijkbaar gemiddelde", write(ander), "" if deel is None else signed(percent(deel, 0))),
    )


def _points(lezer: Lezer, f: Filters, kolom: str) -> tuple[Punt, ...]:
    df = verloop.read_maanden(lezer, last_months(lezer, f))
    return tuple(
        Punt(m, v, verloop.is_voorlopig(lezer, m)) for m, v in df.select("levermaand", kolom).iter_rows()
    )


def make_tiles(lezer: Lezer, f: Filters, d: Dossier) -> list[Tegel]:
    """Tiles: spend against plafond, clients, uitnutting, in- and uitstroom, costs per client."""
    if not d.heeft_pq:
        return [_make_bereik(lezer, f), _make_stroom(lezer, f, d), *_make_vast(d)]
    tegels = [_make_omzet(lezer, f, d), _make_clienten(lezer, f, d)]
    uitnutting = _make_uitnutting(lezer, f)
    if uitnutting is not None:
        tegels.append(uitnutting)
    tegels.append(_make_stroom(lezer, f, d))
    kosten = ratio(d.totaal["realisatie_cent"], d.totaal["clienten"])
    if kosten:
        tegels.append(
            Tegel(
                "kosten",
                "Kosten per cliënt",
                "kosten_per_client",
                euro(kosten),
                regels=_beside(d, kosten, "cent_per_client", euro),
            )
        )
    return tegels


def _make_bereik(lezer: Lezer, f: Filters) -> Tegel:
    df = aanbieder.read_bereik(lezer, last_months(lezer, f))
    punten = tuple(
        Punt(m, v, verloop.is_voorlopig(lezer, m)) for m, v in df.select("levermaand", "aantal").iter_rows()
    )
    nu = punten[-1].waarde if punten else None
    return Tegel(
        "bereik",
        "Bereik",
        "clienten",
        lezer.niet_getoond if nu is None else count(nu),
        "cliënten in zorg aan het eind van de periode",
        reeks=punten,
        reeks_uitleg="cliënten in zorg",
    )


def _make_vast(d: Dossier) -> list[Tegel]:
    uit = []
    for wet, perceel, bedrag in d.contract.select("wet", "perceel", "budgetplafond_cent").iter_rows():
        if bedrag:
            uit.append(
                Tegel(f"vast-{wet.lower()}", f"Vast bedrag {wet}", "vast", euro_mln(bedrag), perceel or "")
            )
    return uit


def _make_omzet(lezer: Lezer, f: Filters, d: Dossier) -> Tegel:
    regels: list[Regel] = []
    for wet, plafond, besteed in d.contract.select(
        "wet", "budgetplafond_cent", "realisatie_cent"
    ).iter_rows():
        if plafond:
            deel = percent(ratio(besteed, plafond), 0)
            regels.append(Regel(f"jaarplafond {wet}", euro_mln(plafond), f"{deel} besteed in dit jaar"))
    regels += _carry_on(lezer, f)
    regels += _beside(d, d.totaal["realisatie_cent"], "realisatie_cent", euro_mln)
    cent = d.totaal["realisatie_cent"]
    return Tegel(
        "omzet",
        f"Gedeclareerd, {f.periode.label}",
        "realisatie",
        lezer.niet_getoond if cent is None else euro_mln(cent),
        describe_certainty(lezer, f.periode),
        regels=tuple(regels),
        reeks=_points(lezer, f, "realisatie_cent"),
        reeks_uitleg="euro per maand",
    )


def _carry_on(lezer: Lezer, f: Filters) -> list[Regel]:
    """The year carried on in a straight line: there is no forecast per aanbieder, and the tile says so."""
    r = lezen.read_ruimte(lezer, f)
    lijn, plafond, maanden = r.get("doorgetrokken_cent"), r.get("plafond_cent"), r.get("maanden")
    if lijn is None or not maanden:
        return []
    deel = ratio(lijn, plafond)
    van = f"{percent(deel, 0)} van het plafond; " if deel is not None else ""
    return [
        Regel(
            f"{count(maanden)} volle maanden doorgetrokken",
            euro_mln(lijn),
            f"{van}rechte lijn, geen prognose",
        )
    ]


def _make_clienten(lezer: Lezer, f: Filters, d: Dossier) -> Tegel:
    n = d.totaal["clienten"]
    return Tegel(
        "clienten",
        "Cliënten",
        "clienten",
        lezer.niet_getoond if n is None else count(n),
        describe_certainty(lezer, f.periode),
        regels=_beside(d, n, "clienten", count),
        reeks=_points(lezer, f, "clienten"),
        reeks_uitleg="cliënten per maand",
    )


def _make_uitnutting(lezer: Lezer, f: Filters) -> Tegel | None:
    rijen = aanbieders.read_uitnutting(lezer, f).filter(pl.col("aanbieder_agb") == f.aanbieder)
    if rijen.height == 0:
        return None
    deel = rijen["uitnutting"][0]
    return Tegel(
        "uitnutting",
        f"Uitnutting {aanbieders.year_of(f)}",
        "uitnutting",
        lezer.niet_getoond if deel is None else percent(deel, 0),
        "geleverd van toegewezen, gecorrigeerd voor wat nog komt",
    )


def _make_stroom(lezer: Lezer, f: Filters, d: Dossier) -> Tegel:
    zonder_wet = f.at(f.periode)
    totaal = stroom.read_stroom_totaal(lezer, zonder_wet)
    inn, uit = totaal if totaal is not None else (None, None)
    saldo = None if inn is None or uit is None else inn - uit
    regels = [
        Regel(
            "vergelijkbaar: instroom",
            GEEN if _average(d, "instroom") is None else count(_average(d, "instroom")),
        ),
        Regel(
            "vergelijkbaar: uitstroom",
            GEEN if _average(d, "uitstroom") is None else count(_average(d, "uitstroom")),
        ),
    ]
    return Tegel(
        "stroom",
        "Instroom − uitstroom",
        "instroom",
        lezer.niet_getoond if saldo is None else signed(count(saldo)),
        "wie hier begon of stopte met zorg in de stad",
        delen=(("instroom", count(inn)), ("uitstroom", count(uit))),
        regels=tuple(regels),
    )


def join_prices(d: Dossier, lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Products of the aanbieder with the average price of comparable ones beside its own."""
    df = d.producten.with_columns(
        (pl.col("realisatie_cent") / pl.when(pl.col("volume") > 0).then(pl.col("volume"))).alias("prijs_cent")
    )
    if d.hoofdproduct is None:
        return df.with_columns(pl.lit(None, dtype=pl.Float64).alias("prijs_anderen_cent"))
    prijzen = aanbieder.read_anderen_prijs(lezer, f, d.hoofdproduct).select(
        "wet", "product", "zwaarte", "eenheid", pl.col("prijs_cent").alias("prijs_anderen_cent")
    )
    return df.join(prijzen, on=["wet", "product", "zwaarte", "eenheid"], how="left")


def describe_price(cent: float | None, eenheid: str, klein: bool) -> str:
    """P in a table: the price with its unit, a dash for amounts in euros."""
    return KLEIN if klein else words.word_p(cent, 1, [eenheid])
