"""Stock and flow of one cell by month, quarter or year, and of all cells of a layer in a year.

Clients (totaal, wet) and pairs of client and cell (productgroep, product) are different things: no read here
adds the one to the other.
"""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import NIET_GETOOND, Stromen
from dashboard.filters import Filters
from dashboard.numbers import add_months
from dashboard.reading.keuzes import read_productboom
from dashboard.reading.uitnutting import PAD

KORRELS = {"maand": "month", "kwartaal": "quarter", "jaar": "year"}
HOOFD = ("instroom", "binnen_in", "uitstroom", "binnen_uit")
STANDEN = ("stand_begin", "stand_eind")
FIJN = ("nieuw", "terug", "bijkomend", "doorstroom_in", "doorstroom_uit", "afgevallen")
REDENEN = ("volgens_plan", "voortijdig", "overleden", "verhuisd", "ander_domein", "overig")

CLIENTEN = """
SELECT maand, s.begin AS stand_begin, s.eind AS stand_eind, instroom, instroom_nieuw AS nieuw,
    instroom_herinstroom AS terug, bijkomend, doorstroom_in, doorstroom_uit, afgevallen, uitstroom,
    voorlopig, begin_onzeker
FROM bron.stroom_maand s WHERE niveau = $niveau AND cel = $cel AND maand < $einde
"""
ONDERBREKING = """
SELECT maand, s.begin AS stand_begin, s.eind AS stand_eind, instroom, instroom_nieuw AS nieuw,
    instroom_herinstroom AS terug, 0 AS bijkomend, 0 AS doorstroom_in, 0 AS doorstroom_uit, 0 AS afgevallen,
    uitstroom, voorlopig, false AS begin_onzeker
FROM stad.stroom_gevoeligheid s
WHERE niveau = $niveau AND cel = $cel AND maand < $einde AND onderbreking_dagen = $dagen
"""
HUISHOUDENS = """
SELECT maand, s.begin AS stand_begin, s.eind AS stand_eind, instroom, 0 AS nieuw, 0 AS terug,
    0 AS bijkomend, 0 AS doorstroom_in, 0 AS doorstroom_uit, 0 AS afgevallen, uitstroom, voorlopig,
    false AS begin_onzeker
FROM stad.huishouden_maand s WHERE niveau = $niveau AND cel = $cel AND maand < $einde
"""
BALANS = """
SELECT date_trunc('{korrel}', maand)::DATE AS tijdvak, year(maand) AS jaar, count(*) AS maanden,
    arg_min(stand_begin, maand) AS stand_begin, arg_max(stand_eind, maand) AS stand_eind,
    sum(instroom)::BIGINT AS instroom, sum(nieuw)::BIGINT AS nieuw, sum(terug)::BIGINT AS terug,
    sum(bijkomend + doorstroom_in)::BIGINT AS binnen_in, sum(bijkomend)::BIGINT AS bijkomend,
    sum(doorstroom_in)::BIGINT AS doorstroom_in, sum(uitstroom)::BIGINT AS uitstroom,
    sum(afgevallen + doorstroom_uit)::BIGINT AS binnen_uit, sum(doorstroom_uit)::BIGINT AS doorstroom_uit,
    sum(afgevallen)::BIGINT AS afgevallen, bool_or(voorlopig) AS voorlopig,
    bool_or(begin_onzeker) AS begin_onzeker
FROM ({bron}) GROUP BY tijdvak, jaar ORDER BY tijdvak
"""
CELLEN = """
WITH namen AS (SELECT DISTINCT wet, {deel} AS deel FROM vrij.productboom WHERE {pad})
SELECT n.wet, n.deel, arg_min(s.begin, maand) AS stand_begin, arg_max(s.eind, maand) AS stand_eind,
    sum(instroom)::BIGINT AS instroom, sum(bijkomend + doorstroom_in)::BIGINT AS binnen_in,
    sum(uitstroom)::BIGINT AS uitstroom, sum(afgevallen + doorstroom_uit)::BIGINT AS binnen_uit,
    bool_or(voorlopig) AS voorlopig
FROM stad.stroom_maand s JOIN namen n ON s.cel = n.wet || '|' || n.deel
WHERE niveau = '{deel}' AND year(maand) = $jaar AND maand < $einde
GROUP BY n.wet, n.deel ORDER BY n.wet DESC, n.deel
"""
UITSTROOM = """
SELECT coalesce(sum(uitstroom_volgens_plan), 0)::BIGINT AS volgens_plan,
    coalesce(sum(uitstroom_voortijdig), 0)::BIGINT AS voortijdig,
    coalesce(sum(uitstroom_overleden), 0)::BIGINT AS overleden,
    coalesce(sum(uitstroom_verhuisd), 0)::BIGINT AS verhuisd,
    coalesce(sum(uitstroom_ander_domein), 0)::BIGINT AS ander_domein,
    coalesce(sum(uitstroom_overig - coalesce(uitstroom_ander_domein, 0)), 0)::BIGINT AS overig,
    coalesce(bool_or(voorlopig), false) AS voorlopig, count(*) AS maanden
FROM bron.stroom_maand
WHERE niveau = $niveau AND cel = $cel AND maand >= $van AND maand < least($tot, $einde)
"""
GEVOELIGHEID = """
WITH rijen AS (FROM stad.stroom_gevoeligheid WHERE niveau = $niveau AND cel = $cel AND maand < $einde),
grens AS (SELECT coalesce(min(maand) FILTER (voorlopig), $einde::DATE) AS tot FROM rijen)
SELECT onderbreking_dagen AS dagen, bool_or(is_ingesteld) AS is_ingesteld, min(maand) AS van,
    any_value(tot) AS tot, sum(instroom)::BIGINT AS instroom, sum(uitstroom)::BIGINT AS uitstroom,
    arg_max(eind, maand) AS stand_eind
FROM rijen, grens WHERE maand < tot AND maand >= tot - INTERVAL 12 MONTH
GROUP BY onderbreking_dagen ORDER BY dagen
"""


@dataclass(frozen=True)
class Cel:
    """One cell of the flow table; `paren` says that it counts pairs of client and cell, not clients."""

    niveau: str
    cel: str
    naam: str

    @property
    def paren(self) -> bool:
        """Pairs are never added up to clients."""
        return self.niveau not in ("totaal", "wet")


def find_cel(lezer: Lezer, f: Filters) -> Cel | None:
    """The cell of a view; None for a hoofdproduct with several productgroepen, of which no flow is kept."""
    f = complete_wet(lezer, f)
    groep = f.productgroep
    if f.hoofdproduct is not None and groep is None:
        boom = read_productboom(lezer).filter(
            (pl.col("hoofdproduct") == f.hoofdproduct) & (pl.col("wet") == (f.wet or pl.col("wet")))
        )
        groepen = boom["productgroep"].unique().to_list()
        groep = groepen[0] if len(groepen) == 1 and f.wet is not None else None
        if groep is None:
            return None
    if f.product is not None:
        return Cel("product", f"{f.wet}|{f.product}", f.product)
    if groep is not None:
        return Cel("productgroep", f"{f.wet}|{groep}", groep)
    return Cel("wet", f.wet, f.wet) if f.wet else Cel("totaal", "totaal", "alle zorg")


def complete_wet(lezer: Lezer, f: Filters) -> Filters:
    """Fill in the wet where the chosen product leaves one possible."""
    if f.wet is not None or f.hoofdproduct is None:
        return f
    boom = read_productboom(lezer)
    for sleutel in ("hoofdproduct", "productgroep", "product"):
        if getattr(f, sleutel) is not None:
            boom = boom.filter(pl.col(sleutel) == getattr(f, sleutel))
    wetten = boom["wet"].unique().to_list()
    return replace(f, wet=wetten[0]) if len(wetten) == 1 else f


def find_einde(lezer: Lezer) -> date:
    """The month after the last complete one: younger months hold starts that may never come."""
    laatste = lezer.meta.laatste_levermaand
    return date(1900, 1, 1) if laatste is None else add_months(laatste, 1)


def read_balans(
    lezer: Lezer, cel: Cel, korrel: str, *, dagen: int | None = None, huishoudens: bool = False
) -> pl.DataFrame:
    """Per tijdvak stand_begin, HOOFD and FIJN flows, stand_eind, voorlopig, begin_onzeker.

    dagen: another longest interruption than the one set. The flows of HOOFD go together (`niet_getoond`),
    those of FIJN too (`fijn_klein`); either way all of a year, as the years are shown beside them.
    """
    bron = HUISHOUDENS if huishoudens else CLIENTEN if dagen is None else ONDERBREKING
    sql = BALANS.replace("{bron}", bron).replace("{korrel}", KORRELS[korrel])
    params: dict[str, Waarde] = {
        "niveau": cel.niveau,
        "cel": cel.cel,
        "einde": find_einde(lezer),
        "dagen": dagen,
        "aanbieder": None,
    }
    samen = () if korrel == "jaar" else ("jaar",)
    regels = [Stromen(k, STANDEN, samen=samen, sluit=True) for k in (HOOFD, (*HOOFD, *FIJN))]
    hoofd, fijn = lezer.read_each(sql, regels, params)
    fijn = fijn.select("tijdvak", *FIJN, pl.col(NIET_GETOOND).alias("fijn_klein"))
    return hoofd.drop(*FIJN).join(fijn, on="tijdvak", how="left").sort("tijdvak")


def read_cellen(lezer: Lezer, f: Filters, deel: str, jaar: int) -> pl.DataFrame:
    """Per productgroep or product of the selection in a year: stand_begin, HOOFD flows, stand_eind."""
    sql = CELLEN.replace("{deel}", deel).replace("{pad}", PAD)
    regel = Stromen(HOOFD, STANDEN, sluit=True)
    return lezer.read(sql, regel, f.params | {"jaar": jaar, "einde": find_einde(lezer)})


def read_redenen(lezer: Lezer, f: Filters, cel: Cel) -> dict[str, int | bool | None]:
    """Why care ended in the period, by REDENEN; all None where one of them is small."""
    params: dict[str, Waarde] = f.params | {
        "niveau": cel.niveau,
        "cel": cel.cel,
        "einde": find_einde(lezer),
        "aanbieder": None,
    }
    return lezer.read(UITSTROOM, Stromen(REDENEN), params).row(0, named=True)


def read_gevoeligheid(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per longest interruption the flows of the last year in which none of them is provisional."""
    niveau, cel = ("wet", f.wet) if f.wet else ("totaal", "totaal")
    params: dict[str, Waarde] = {"niveau": niveau, "cel": cel, "einde": find_einde(lezer)}
    return lezer.read(GEVOELIGHEID, Stromen(("instroom", "uitstroom"), ("stand_eind",)), params)
