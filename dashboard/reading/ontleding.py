"""Why the euros changed: the effects of `mart.pq_effect`, summed for what is asked, never computed again."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import Geen
from dashboard.filters import TWAALF, Filters, Periode
from dashboard.reading.pq import NIVEAUS
from dashboard.reading.verloop import rule
from warehouse.rekenen.pq import EFFECTS

KOLOMMEN = tuple(EFFECTS)
EFFECTEN = tuple(k.removeprefix("effect_").removesuffix("_cent") for k in KOLOMMEN)
MATEN = ("realisatie_0_cent", "realisatie_1_cent", "verschil_cent", *KOLOMMEN)
WIJK = "wijkcode"
GESCHAT = "op geschat eindbedrag"
"""How the warehouse calls a comparison of what the months will have cost once all is declared."""

VERGELIJKINGEN = """
SELECT vergelijking, rijpheid, peil_0, van_0, tot_0, van_1, tot_1 FROM vrij.pq_vergelijking
ORDER BY van_1 DESC, vergelijking, rijpheid
"""
# A cell in which either year has few clients tells about them, whatever the other year had.
CELLEN = """
WITH geld AS (
    SELECT {sleutel}, {maten} FROM bron.pq_effect
    WHERE vergelijking = $vergelijking AND rijpheid = $rijpheid AND van_1 = $van_1 AND van_0 = $van_0
      AND @filter GROUP BY {groep}),
eerst AS (
    SELECT {sleutel}, count(DISTINCT client_id) AS clienten FROM bron.{client_maand}
    WHERE levermaand >= $van_0 AND levermaand < $tot_0 AND @filter GROUP BY {groep}),
daarna AS (
    SELECT {sleutel}, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE levermaand >= $van_1 AND levermaand < $tot_1 AND @filter GROUP BY {groep})
SELECT g.*, coalesce(e.clienten, 0) AS clienten_0, coalesce(d.clienten, 0) AS clienten_1,
       coalesce(least(nullif(e.clienten, 0), nullif(d.clienten, 0)), 0) AS clienten
FROM geld g LEFT JOIN eerst e USING ({groep}) LEFT JOIN daarna d USING ({groep})
ORDER BY abs(verschil_cent) DESC, {groep}
"""


@dataclass(frozen=True)
class Vergelijking:
    """Two periods of comparable maturity: which months, known when, and why they may be compared."""

    naam: str
    rijpheid: str
    peil_0: str
    eerst: Periode
    daarna: Periode


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
    return sorted(uit, key=lambda v: v.rijpheid == GESCHAT)


def find_vergelijking(lezer: Lezer, f: Filters) -> Vergelijking | None:
    """The first of them: on what was declared; None when there is none."""
    return next(iter(find_vergelijkingen(lezer, f)), None)


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
    sleutel = f"{deel} AS deel" if deel in ("1", WIJK) else f"wet, {deel} AS deel"
    groep = "deel" if deel in ("1", WIJK) else "wet, deel"
    maten = ", ".join(f"sum({m})::BIGINT AS {m}" for m in MATEN)
    sql = CELLEN.replace("{sleutel}", sleutel).replace("{groep}", groep).replace("{maten}", maten)
    sql = sql.replace("{client_maand}", "client_maand_toen" if v.peil_0 == "toen" else "client_maand")
    params: dict[str, Waarde | date] = f.params | {
        "vergelijking": v.naam,
        "rijpheid": v.rijpheid,
        "van_0": v.eerst.van,
        "tot_0": v.eerst.tot,
        "van_1": v.daarna.van,
        "tot_1": v.daarna.tot,
    }
    telt_op = None if deel == "1" else ()
    return lezer.read(sql, rule(f, *MATEN, "clienten_0", "clienten_1", telt_op=telt_op), params)
