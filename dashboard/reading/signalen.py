"""What asks for attention: each signal is the row of a query, and each query belongs to a rule.

Every query gives onderwerp (an AGB code, or a cell of the city), deel, sinds, nieuw, waarde, basis,
richting and clienten. `nieuw` says that the signal began in the last month (or year) that its rule can know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import Bescherming, Clienten
from dashboard.numbers import euro
from dashboard.reading import signaal_sql as sql
from dashboard.reading.aanbieders import MINSTE_AANBIEDERS
from dashboard.reading.controle import BEVINDINGEN

MATEN = ("waarde", "basis")
EIGEN = Clienten("clienten", MATEN, eigen=True)
STAD = Clienten("clienten", MATEN)


@dataclass(frozen=True)
class Regel:
    """A rule: its name, when it gives a signal, the query that decides, and the page that explains it."""

    sleutel: str
    naam: str
    definitie: str
    pad: str
    sql: str
    bescherming: Bescherming
    drempels: tuple[tuple[str, Waarde], ...] = ()

    @property
    def uitleg(self) -> str:
        """The definition with its thresholds filled in: what is said and what decides are one."""
        waarden = dict(self.drempels)
        return self.definitie.format(**waarden, euro=euro(waarden.get("cent")))  # type: ignore[arg-type]


REGELS = (
    Regel(
        "omzet",
        "Regelkaart van een aanbieder",
        "De omzet van de laatste maand die niet meer voorlopig is, is een signaal op de regelkaart: "
        "buiten de natuurlijke grenzen, zeven maanden aan één kant, een trend van zeven of twee van "
        "drie bij een grens. Nieuw als het in die maand begon.",
        "dossier",
        sql.OMZET,
        EIGEN,
    ),
    Regel(
        "gemeente",
        "Regelkaart van de gemeente",
        "Instroom, netto stroom, realisatie, uitnutting of afgekeurd aandeel van de gemeente is in de "
        "laatste maand die niet meer voorlopig is een signaal op de regelkaart. Nieuw als het in die "
        "maand begon.",
        "pq",
        sql.GEMEENTE,
        STAD,
    ),
    Regel(
        "plafond",
        "Plafond in zicht",
        "De maanden van dit jaar die niet meer voorlopig zijn, in een rechte lijn doorgetrokken naar "
        "twaalf maanden, komen op {deel} % of meer van het jaarplafond. Telt vanaf de derde maand; een "
        "prognose per aanbieder bestaat niet. Nieuw als de lijn er in de laatste maand overheen ging.",
        "dossier",
        sql.PLAFOND,
        EIGEN,
        (("deel", 95),),
    ),
    Regel(
        "vergelijking",
        "Anders dan verwacht",
        "Kosten, prijs, volume, duur of afgekeurd aandeel valt buiten de grenzen van 99,8 % van wat "
        "bij deze cliënten verwacht mag worden, met ten minste {anderen} andere aanbieders. Nieuw als het "
        "vorig jaar niet zo was.",
        "dossier",
        sql.VERGELIJKING,
        EIGEN,
        (("anderen", MINSTE_AANBIEDERS - 1),),
    ),
    Regel(
        "controle",
        "Bevindingen groeien",
        "Het ingediende bedrag van regels met een bevinding, ontvangen in de laatste volle maand, is "
        "ten minste {keer} keer het maandgemiddelde van de twaalf maanden ervoor en ten minste {euro} "
        "hoger.",
        "controle",
        sql.CONTROLE,
        BEVINDINGEN,
        (("keer", 2), ("cent", 100_000)),
    ),
    Regel(
        "slapers",
        "Slapers",
        "Van de lopende toewijzingen slaapt ten minste {deel} %, en het zijn er ten minste {minstens}. "
        "Dit is de stand van nu; of het er meer worden is niet te zeggen, want eerdere standen worden niet "
        "bewaard.",
        "dossier",
        sql.SLAPERS,
        EIGEN,
        (("minstens", 10), ("deel", 10)),
    ),
    Regel(
        "uitnutting",
        "Uitnutting veranderde",
        "De uitnutting van dit jaar, gecorrigeerd voor wat nog wordt gedeclareerd, ligt ten minste "
        "{punten} procentpunt hoger of lager dan die van vorig jaar.",
        "dossier",
        sql.UITNUTTING,
        EIGEN,
        (("punten", 10),),
    ),
)
KOLOMMEN = {
    "regel": pl.String,
    "onderwerp": pl.String,
    "deel": pl.String,
    "sinds": pl.Date,
    "nieuw": pl.Boolean,
    "waarde": pl.Float64,
    "basis": pl.Float64,
    "richting": pl.String,
}


def make_kenmerk(r: Mapping[str, Any]) -> str:
    """The name of a signal: a rule, on what, since when; when it begins again it is another one."""
    return f"{r['regel']}|{r['onderwerp']}|{r['deel']}|{r['sinds'].isoformat()}"


def read_signalen(
    lezer: Lezer, regels: tuple[Regel, ...] = REGELS, aanbieder: str | None = None
) -> pl.DataFrame:
    """All signals of the rules, newest first; those that rest on a small cell are left out.

    aanbieder: only those about this one.
    """
    delen: list[pl.DataFrame] = [pl.DataFrame(schema=KOLOMMEN)]
    for regel in regels:
        df = lezer.read(regel.sql, regel.bescherming, dict(regel.drempels))
        if "niet_getoond" in df.columns:
            df = df.filter(~pl.col("niet_getoond"))
        df = df.with_columns(pl.lit(regel.sleutel).alias("regel")).select(
            pl.col(k).cast(t) for k, t in KOLOMMEN.items()
        )
        delen.append(df)
    alle = pl.concat(delen)
    if aanbieder is not None:
        alle = alle.filter(pl.col("onderwerp") == aanbieder)
    return alle.sort(
        "sinds", "nieuw", "regel", "onderwerp", "deel", descending=[True, True, False, False, False]
    )
