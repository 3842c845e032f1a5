"""Why the euros changed: the effects of `mart.pq_effect`, summed for what is asked, never computed again.

For two periods of the reader's own choice the same effects are calculated inside the door, and read alike.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import Geen
from dashboard.filters import TWAALF, Filters, Periode
from dashboard.numbers import add_months
from dashboard.reading.eigen_perioden import ONTLEED, make_ontleed
from dashboard.reading.pq import NIVEAUS
from dashboard.reading.verloop import rule
from warehouse.rekenen.pq import EFFECTS

KOLOMMEN = tuple(EFFECTS)
EFFECTEN = tuple(k.removeprefix("effect_").removesuffix("_cent") for k in KOLOMMEN)
MATEN = ("realisatie_0_cent", "realisatie_1_cent", "verschil_cent", *KOLOMMEN)
WIJK = "wijkcode"
GESCHAT = "op geschat eindbedrag"
"""How the warehouse calls a comparison of what the months will have cost once all is declared."""
VOLLEDIG = "beide perioden volledig"
EIGEN = "eigen keuze"

VERGELIJKINGEN = """
SELECT vergelijking, rijpheid, peil_0, van_0, tot_0, van_1, tot_1 FROM vrij.pq_vergelijking
ORDER BY van_1 DESC, vergelijking, rijpheid
"""
GELD = "SELECT {sleutel}, {maten} FROM {effect} WHERE {welke} AND @filter GROUP BY {groep}"
PUBLIEK = "vergelijking = $vergelijking AND rijpheid = $rijpheid AND van_1 = $van_1 AND van_0 = $van_0"
# A cell in which either year has few clients tells about them, whatever the other year had.
CELLEN = """
WITH geld AS ({geld}),
eerst AS (
    SELECT {sleutel}, count(DISTINCT client_id) AS clienten FROM bron.{client_maand}
    WHERE levermaand >= $van_0 AND levermaand < $tot_0 AND @filter GROUP BY {groep}),
daarna AS (
    SELECT {sleutel}, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE levermaand >= $van_1 AND levermaand < $tot_1 AND @filter GROUP BY {groep}){stuk}
SELECT g.*, coalesce(e.clienten, 0) AS clienten_0, coalesce(d.clienten, 0) AS clienten_1,
       coalesce(least(nullif(e.clienten, 0), nullif(d.clienten, 0){kleinste}), 0) AS clienten
FROM geld g LEFT JOIN eerst e USING ({groep}) LEFT JOIN daarna d USING ({groep}) {bij}
ORDER BY {volgorde}
"""
# Periods of one's own overlap in any way, so that one could be taken off another: what is left is a month or
# more, or the rest of a year. Each of those must have clients enough, not only the period as a whole.
STUK = """,
maand AS (
    SELECT {sleutel}, levermaand FROM bron.pq_maand WHERE @filter GROUP BY {groep}, levermaand
    HAVING sum(realisatie_cent) <> 0),
mensen AS (
    SELECT {sleutel}, levermaand, count(DISTINCT client_id) AS n FROM bron.client_maand
    WHERE @filter GROUP BY {groep}, levermaand),
gekozen AS (
    SELECT 0 AS nr, $van_0::DATE AS van, $tot_0::DATE AS tot UNION ALL SELECT 1, $van_1::DATE, $tot_1::DATE),
stuk AS (
    SELECT {groep}, nr, year(levermaand) AS jaar, levermaand >= van AND levermaand < tot AS binnen,
           min(coalesce(n, 0)) AS minst, max(coalesce(n, 0)) AS meest
    FROM maand LEFT JOIN mensen USING ({groep}, levermaand)
    JOIN gekozen ON year(levermaand) BETWEEN year(van) AND year(tot - 1)
        AND NOT (greatest(make_date(year(levermaand), 1, 1), $eerste) >= van
                 AND least(make_date(year(levermaand) + 1, 1, 1), $einde) <= tot)
    WHERE levermaand >= $eerste AND levermaand < $einde
    GROUP BY {groep}, nr, jaar, binnen),
kleinste AS (
    SELECT {groep}, min(CASE WHEN binnen THEN minst ELSE meest END) AS n FROM stuk GROUP BY {groep})"""


@dataclass(frozen=True)
class Vergelijking:
    """Two periods of comparable maturity: which months, known when, and why they may be compared."""

    naam: str
    rijpheid: str
    peil_0: str
    eerst: Periode
    daarna: Periode

    @property
    def is_geschat(self) -> bool:
        """Say whether the months count for what they will have cost, not for what was declared."""
        return self.rijpheid == GESCHAT

    @property
    def is_eigen(self) -> bool:
        """Say whether the reader chose the periods."""
        return self.naam == EIGEN


def find_vergelijkingen(lezer: Lezer, f: Filters) -> list[Vergelijking]:
    """The comparisons that belong to the chosen period, what was declared before what is estimated.

    Empty when the snapshot has none for it. Each is a whole account of its own: never add two of them.
    """
    df = lezer.read(VERGELIJKINGEN, Geen("perioden: geen personen"))
    soort = "twaalf maanden" if f.periode.sleutel == TWAALF else None
    uit: list[Vergelijking] = []
    for naam, rijpheid, peil, van_0, tot_0, van_1, tot_1 in df.iter_rows():
        past = naam == soort if soort else naam != "twaalf maanden" and van_1 == f.periode.van
        if past:
            eerst = Periode(str(van_0.year), van_0, tot_0)
            uit.append(Vergelijking(naam, rijpheid, peil, eerst, Periode(f.periode.sleutel, van_1, tot_1)))
    return sorted(uit, key=lambda v: v.is_geschat)


def find_vergelijking(lezer: Lezer, f: Filters) -> Vergelijking | None:
    """The first of them: on what was declared; None when there is none."""
    return next(iter(find_vergelijkingen(lezer, f)), None)


def make_vergelijking(lezer: Lezer, eerst: Periode, daarna: Periode) -> Vergelijking:
    """Two periods of one's own: as declared when both are out of their provisional time, else both estimated.

    Of the estimate the months are raised as in the published one, so that a young period may stand beside an
    old one (METHODEN §2, rule 3).
    """
    voorlopig = lezer.meta.voorlopig_vanaf
    rijp = voorlopig is None or max(eerst.tot, daarna.tot) <= voorlopig
    return Vergelijking(EIGEN, VOLLEDIG if rijp else GESCHAT, "nu", eerst, daarna)


def read_totaal(lezer: Lezer, f: Filters, v: Vergelijking) -> dict[str, int | None]:
    """The two sides, their difference and every effect of the whole selection; None where suppressed."""
    df = _read(lezer, f, v, "1")
    return df.row(0, named=True) if df.height else {}


def read_delen(lezer: Lezer, f: Filters, v: Vergelijking, deel: str) -> pl.DataFrame:
    """A row per wet and part (hoofdproduct to zwaarte), or per wijk: MATEN, clienten_0, clienten_1."""
    if deel not in (*NIVEAUS, WIJK):
        raise ValueError(f"geen niveau: {deel}")
    return _read(lezer, f, v, deel)


def _read(lezer: Lezer, f: Filters, v: Vergelijking, deel: str) -> pl.DataFrame:
    maten = ", ".join(f"sum({m})::BIGINT AS {m}" for m in MATEN)
    telt_op = None if deel == "1" else ()
    return ask(lezer, f, v, deel, GELD.replace("{maten}", maten), MATEN, telt_op, "abs(verschil_cent) DESC")


def ask(
    lezer: Lezer,
    f: Filters,
    v: Vergelijking,
    deel: str,
    geld: str,
    maten: tuple[str, ...],
    telt_op: tuple[str, ...] | None = None,
    eerst: str = "deel",
) -> pl.DataFrame:
    """Ask a comparison a question, with the clients of either period beside it and small cells taken out.

    geld: SELECT of {sleutel} and `maten` FROM {effect} WHERE {welke}; a row for each {groep}. deel: column of
    the parts, '1' for the whole. telt_op: see Clienten. eerst: what to order by first.
    """
    alleen = deel in ("1", WIJK)
    groep = "deel" if alleen else "wet, deel"
    delen = {
        "{geld}": geld,
        "{effect}": ONTLEED if v.is_eigen else "bron.pq_effect",
        "{welke}": "true" if v.is_eigen else PUBLIEK,
        "{stuk}": STUK if v.is_eigen else "",
        "{kleinste}": ", k.n" if v.is_eigen else "",
        "{bij}": "LEFT JOIN kleinste k USING ({groep})" if v.is_eigen else "",
        "{volgorde}": f"{eerst}, {groep}",
        "{client_maand}": "client_maand_toen" if v.peil_0 == "toen" else "client_maand",
        "{sleutel}": f"{deel} AS deel" if alleen else f"wet, {deel} AS deel",
        "{groep}": groep,
    }
    sql = CELLEN
    for naam, tekst in delen.items():
        sql = sql.replace(naam, tekst)
    params: dict[str, Waarde | date] = f.params | {
        "vergelijking": v.naam,
        "rijpheid": v.rijpheid,
        "van_0": v.eerst.van,
        "tot_0": v.eerst.tot,
        "van_1": v.daarna.van,
        "tot_1": v.daarna.tot,
    }
    afgeleid = None
    if v.is_eigen:
        eerste, laatste = lezer.meta.eerste_levermaand, lezer.meta.laatste_levermaand
        params |= {"eerste": eerste, "einde": None if laatste is None else add_months(laatste, 1)}
        per = WIJK if f.aanbieder is None else "aanbieder_agb"
        afgeleid = make_ontleed(v.eerst, v.daarna, per, geschat=v.is_geschat)
    regel = rule(f, *maten, "clienten_0", "clienten_1", telt_op=telt_op)
    return lezer.read(sql, regel, params, afgeleid)
