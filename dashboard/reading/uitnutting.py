"""What was toegewezen against what was geleverd, what sleeps, what was redeemed and what is still open."""

from datetime import date

import polars as pl

from dashboard.access.reader import Lezer, Waarde
from dashboard.access.suppress import NIET_GETOOND, Clienten
from dashboard.filters import Filters
from dashboard.numbers import add_months
from dashboard.reading.pq import NIVEAUS
from dashboard.reading.verloop import fill_months

KLASSEN = ("onder 50 %", "50 tot 90 %", "90 tot en met 100 %", "boven 100 %")
KLASSE_KOLOMMEN = ("onder_50", "tot_90", "tot_100", "boven_100")

# These marts know products, not wijken; most of them know no aanbieder either.
PAD = """@wet AND @hoofdproduct AND ($productgroep::varchar IS NULL OR productgroep = $productgroep)
    AND ($product::varchar IS NULL OR product = $product)"""
# What is named 'onbekend' and the like is no group of its own: such a hole takes no product down with it.
REST = "coalesce(deel IN ('onbekend', 'niet gespecificeerd', 'zonder toewijzing'), true) AS is_onbekend"

# Allocated and delivered are compared where something was allocated; what was declared without a toewijzing
# is a finding of the declaratiecontrole, no uitnutting.
MAAND = """
WITH geld AS (
    SELECT levermaand, sum(toegewezen_cent)::BIGINT AS toegewezen_cent,
        sum(geleverd_cent)::BIGINT AS geleverd_cent,
        round(sum(geleverd_cent / coalesce(nullif(gerapporteerde_fractie, 0), 1)))::BIGINT AS verwacht_cent
    FROM bron.uitnutting_maand
    WHERE @maanden AND toegewezen_cent IS NOT NULL AND @filter GROUP BY levermaand),
mensen AS (
    SELECT levermaand, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND @filter GROUP BY levermaand)
SELECT levermaand, coalesce(toegewezen_cent, 0) AS toegewezen_cent, coalesce(geleverd_cent,
    0) AS geleverd_cent, coalesce(verwacht_cent, 0) AS verwacht_cent, coalesce(clienten, 0) AS clienten
FROM geld FULL JOIN mensen USING (levermaand) ORDER BY levermaand
"""
MAAND_VOLUME = """
WITH geld AS (
    SELECT levermaand, sum(toegewezen_volume)::DOUBLE AS toegewezen, sum(geleverd_volume)::DOUBLE AS geleverd,
        sum(geleverd_volume / coalesce(nullif(gerapporteerde_fractie, 0), 1))::DOUBLE AS verwacht
    FROM bron.uitnutting_maand
    WHERE @maanden AND eenheid = $eenheid AND toegewezen_volume IS NOT NULL AND @filter GROUP BY levermaand),
mensen AS (
    SELECT levermaand, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND eenheid = $eenheid AND @filter GROUP BY levermaand)
SELECT levermaand, coalesce(toegewezen, 0) AS toegewezen, coalesce(geleverd, 0) AS geleverd,
       coalesce(verwacht, 0) AS verwacht, coalesce(clienten, 0) AS clienten
FROM geld FULL JOIN mensen USING (levermaand) ORDER BY levermaand
"""
EENHEDEN = """
WITH eenheden AS (
    SELECT DISTINCT eenheid FROM bron.uitnutting_maand WHERE @maanden AND toegewezen_volume > 0 AND @filter),
mensen AS (
    SELECT eenheid, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND @filter GROUP BY eenheid)
SELECT eenheid, coalesce(clienten, 0) AS clienten
FROM eenheden LEFT JOIN mensen USING (eenheid) ORDER BY eenheid
"""
DELEN = """
WITH geld AS (
    SELECT wet, {deel} AS deel, sum(toegewezen_cent)::BIGINT AS toegewezen_cent,
        sum(geleverd_cent)::BIGINT AS geleverd_cent
    FROM bron.uitnutting_maand
    WHERE @maanden AND toegewezen_cent IS NOT NULL AND @filter GROUP BY wet, {deel}),
mensen AS (
    SELECT wet, {deel} AS deel, count(DISTINCT client_id) AS clienten FROM bron.client_maand
    WHERE @maanden AND @filter GROUP BY wet, {deel})
SELECT wet, deel, toegewezen_cent, geleverd_cent, coalesce(clienten, 0) AS clienten, {rest}
FROM geld LEFT JOIN mensen USING (wet, deel) ORDER BY toegewezen_cent DESC, wet, deel
"""
# One row a part, so that a class of few takes the whole row: its number would follow from the layer above.
# Clients of several products cannot be counted here; there are at least as many as in the largest of them.
VERDELING = """
WITH per_klasse AS (
    SELECT wet, {deel} AS deel, klasse, sum(toewijzingen)::BIGINT AS n, max(clienten)::BIGINT AS mensen
    FROM stad.uitnutting_verdeling WHERE jaar = $jaar AND {pad} GROUP BY wet, {deel}, klasse)
SELECT wet, deel,
    coalesce(sum(n) FILTER (klasse = 'onder 50 %'), 0)::BIGINT AS onder_50,
    coalesce(sum(n) FILTER (klasse = '50 tot 90 %'), 0)::BIGINT AS tot_90,
    coalesce(sum(n) FILTER (klasse = '90 tot en met 100 %'), 0)::BIGINT AS tot_100,
    coalesce(sum(n) FILTER (klasse = 'boven 100 %'), 0)::BIGINT AS boven_100,
    min(mensen) AS clienten, {rest}
FROM per_klasse GROUP BY wet, deel ORDER BY sum(n) DESC, wet, deel
"""
# Per aanbieder in the mart: toewijzingen add up, clients do not. Clients are counted per product over its
# aanbieders, and of several products the largest counts: at least so many there are. A part of a part that is
# small stays away by itself.
SLAPERS = """
WITH per_product AS (
    SELECT wet, {deel} AS deel, product, sum(toewijzingen) AS slapers, sum(lopend) AS lopend,
        sum(nooit_geleverd) AS nooit, sum(open_verplichting_cent) AS cent, sum(clienten) AS mensen
    FROM eigen.slapers WHERE {pad} GROUP BY wet, {deel}, product)
SELECT wet, deel, sum(slapers)::BIGINT AS slapers,
    CASE WHEN sum(lopend) >= 10 THEN sum(lopend)::BIGINT END AS lopend,
    CASE WHEN sum(nooit) >= 10 THEN sum(nooit)::BIGINT END AS nooit_geleverd,
    sum(cent)::BIGINT AS open_verplichting_cent, max(mensen)::BIGINT AS clienten, {rest}
FROM per_product GROUP BY wet, deel ORDER BY slapers DESC, wet, deel
"""
VERPLICHTING = """
WITH per_product AS (
    SELECT jaar, wet, {deel} AS deel, product, sum(toewijzingen) AS toewijzingen,
        sum(toegewezen_rest_cent) AS rest, sum(verplichting_cent) AS cent, sum(clienten) AS mensen
    FROM eigen.verplichting WHERE {pad} GROUP BY jaar, wet, {deel}, product)
SELECT max(jaar) AS jaar, wet, deel, sum(toewijzingen)::BIGINT AS toewijzingen,
    sum(rest)::BIGINT AS toegewezen_rest_cent, sum(cent)::BIGINT AS verplichting_cent,
    max(mensen)::BIGINT AS clienten, {rest}
FROM per_product GROUP BY wet, deel ORDER BY verplichting_cent DESC, wet, deel
"""
# Nearly all is redeemed, so it is the few that are not who need protection: they are counted per month, and
# per product the most of a month, as somebody may wait for two products at once.
VERZILVERING = """
WITH maanden AS (
    SELECT maand, sum(gestart - te_jong) AS oud, sum(verzilverd) AS verzilverd, sum(te_jong) AS te_jong,
        max(clienten_verzilverd) AS wel, max(clienten_oud_genoeg - clienten_verzilverd) AS niet
    FROM eigen.verzilvering WHERE (aanbieder_agb IS NULL) = ($heel = 1) AND maand < $tot AND {pad}
    GROUP BY maand)
SELECT year(maand) AS jaar, sum(oud)::BIGINT AS oud_genoeg, sum(verzilverd)::BIGINT AS verzilverd,
    sum(oud - verzilverd)::BIGINT AS niet_verzilverd,
    CASE WHEN sum(te_jong) >= 10 THEN sum(te_jong)::BIGINT END AS te_jong,
    coalesce(least(nullif(sum(wel), 0), nullif(sum(niet), 0)), 0)::BIGINT AS clienten
FROM maanden GROUP BY year(maand) HAVING sum(oud) > 0 ORDER BY jaar
"""


def find_deel(f: Filters) -> str:
    """Return the layer under what was chosen: hoofdproduct, productgroep or product."""
    return next((n for n in NIVEAUS[:3] if getattr(f, n) is None), "product")


def split_rijp(lezer: Lezer, f: Filters) -> tuple[date, date]:
    """Months of the period that are complete: from, up to; all of them where none is."""
    vanaf = lezer.meta.voorlopig_vanaf
    tot = f.periode.tot if vanaf is None else min(f.periode.tot, vanaf)
    return (f.periode.van, f.periode.tot if tot <= f.periode.van else tot)


def find_jaar(f: Filters) -> int:
    """The calendar year of the last month asked for: some marts know years only."""
    return add_months(f.periode.tot, -1).year


def _fill(sql: str, deel: str = "product") -> str:
    return sql.replace("{deel}", deel).replace("{pad}", PAD).replace("{rest}", REST)


def _rule(
    *hangt_af: str, eigen: bool = False, telt_op: tuple[str, ...] | None = ("is_onbekend",)
) -> Clienten:
    return Clienten("clienten", hangt_af, eigen=eigen, telt_op=telt_op)


def read_maanden(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per levermaand toegewezen_cent, geleverd_cent, and verwacht_cent once all is declared; `voorlopig`."""
    regel = _rule(
        "toegewezen_cent", "geleverd_cent", "verwacht_cent", eigen=f.aanbieder is not None, telt_op=None
    )
    return _mark(lezer, fill_months(lezer.read(MAAND, regel, f.params), f.periode))


def read_volume(lezer: Lezer, f: Filters, eenheid: str) -> pl.DataFrame:
    """The same in volume of one unit: toegewezen, geleverd, verwacht."""
    regel = _rule("toegewezen", "geleverd", "verwacht", eigen=f.aanbieder is not None, telt_op=None)
    params = f.params | {"eenheid": eenheid}
    return _mark(lezer, fill_months(lezer.read(MAAND_VOLUME, regel, params), f.periode))


def read_eenheden(lezer: Lezer, f: Filters) -> list[str]:
    """Units in which something was toegewezen: volumes can be added up where there is one."""
    df = lezer.read(EENHEDEN, _rule(telt_op=None), f.params)
    return [e for e in df["eenheid"].to_list() if e is not None]


def _mark(lezer: Lezer, df: pl.DataFrame) -> pl.DataFrame:
    vanaf = lezer.meta.voorlopig_vanaf
    return df.with_columns((pl.col("levermaand") >= vanaf if vanaf else pl.lit(False)).alias("voorlopig"))


def read_delen(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per part, over the complete months: toegewezen_cent and geleverd_cent, the largest first."""
    van, tot = split_rijp(lezer, f)
    regel = _rule("toegewezen_cent", "geleverd_cent", eigen=f.aanbieder is not None)
    return lezer.read(_fill(DELEN, find_deel(f)), regel, f.params | {"van": van, "tot": tot})


def read_verdeling(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per part the toewijzingen in each of KLASSE_KOLOMMEN, over the complete months of the year."""
    params = f.params | {"jaar": find_jaar(f)}
    return lezer.read(_fill(VERDELING, find_deel(f)), _rule(*KLASSE_KOLOMMEN), params)


def read_slapers(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per part what sleeps at the end of the last complete month, of the aanbieders the role may see."""
    regel = _rule("slapers", "nooit_geleverd", "open_verplichting_cent", eigen=True)
    return lezer.read(_fill(SLAPERS, find_deel(f)), regel, f.params)


def read_verplichting(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per part what is still to be delivered this year, of the aanbieders the role may see."""
    regel = _rule("toewijzingen", "toegewezen_rest_cent", "verplichting_cent", eigen=True)
    return lezer.read(_fill(VERPLICHTING, find_deel(f)), regel, f.params)


def read_verzilvering(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per year of the ingangsdatum: oud_genoeg, verzilverd, niet_verzilverd, te_jong."""
    heel = 1 if lezer.bereik.aanbieders is None else 0
    params: dict[str, Waarde] = f.params | {"heel": heel}
    regel = _rule("oud_genoeg", "verzilverd", "niet_verzilverd", eigen=True, telt_op=None)
    return lezer.read(_fill(VERZILVERING), regel, params)


def is_eigen_deel(lezer: Lezer) -> bool:
    """Say whether what is kept per aanbieder shows the own aanbieders only, not the city."""
    return lezer.bereik.aanbieders is not None


def add_up(df: pl.DataFrame, *kolommen: str) -> dict[str, int | None]:
    """Sums over all rows; None when one of them is not shown, as the sum would then tell it."""
    if df.height == 0 or df.filter(pl.col(NIET_GETOOND) & ~pl.col("is_onbekend")).height:
        return dict.fromkeys(kolommen)
    return {k: int(df[k].sum()) for k in kolommen}
