"""Measures and decisions: what was expected of each, and what can be seen since, without claiming more."""

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters
from dashboard.reading.hek import STUKKEN

MAATREGELEN = """
SELECT datum, maatregel, wet, hoofdproduct, effect_per_jaar_cent, ingegaan, verwacht_effect_cent, status, bron
FROM vrij.maatregel ORDER BY datum, maatregel
"""
BREUKEN = """
SELECT datum, string_agg(DISTINCT wet, ' en ' ORDER BY wet DESC) AS wet, hoofdproduct, omschrijving
FROM vrij.breuk GROUP BY datum, hoofdproduct, omschrijving ORDER BY datum, omschrijving
"""
# Per year what the measures in force were to save in its months, beside what the budget asked for.
PLAN = """
WITH jaren AS (
    SELECT unnest(generate_series(year(min(datum)), (SELECT year(bekend_op) FROM vrij.snapshot))) AS jaar
    FROM vrij.maatregel WHERE ingegaan AND (@wet OR wet IS NULL)
    UNION SELECT jaar FROM vrij.begroting_jaar WHERE soort = 'taakstelling' AND @wet),
verwacht AS (
    SELECT j.jaar, round(sum(m.effect_per_jaar_cent / 12.0 * greatest(
        0, least(12, (j.jaar - year(m.datum)) * 12 + 13 - month(m.datum)))))::BIGINT AS verwacht_cent
    FROM jaren j JOIN (SELECT * FROM vrij.maatregel WHERE ingegaan AND (@wet OR wet IS NULL)) m ON true
    GROUP BY j.jaar),
taak AS (
    SELECT jaar, sum(bedrag_cent)::BIGINT AS taak_cent FROM vrij.begroting_jaar
    WHERE soort = 'taakstelling' AND @wet GROUP BY jaar)
SELECT jaar, taak_cent, coalesce(verwacht_cent, 0) AS verwacht_cent
FROM jaren LEFT JOIN taak USING (jaar) LEFT JOIN verwacht USING (jaar) ORDER BY jaar
"""
# The last full year before a measure beside the newest full year after it; `samen` is what else changed in
# between for the same part of the budget, so that the difference can not be called its effect.
SINDS = """
WITH m AS (
    SELECT maatregel, datum, wet, hoofdproduct, ingegaan, year(datum) - 1 AS jaar_voor,
           year(datum) + CASE WHEN month(datum) = 1 AND day(datum) = 1 THEN 0 ELSE 1 END AS eerste_jaar
    FROM vrij.maatregel),
j AS (
    SELECT jaar, wet, hoofdproduct, reeel_cent, clienten, prijspeil_jaar FROM stad.reeks_jaar
    WHERE niveau = 'hoofdproduct' AND volledig AND clienten IS NOT NULL AND reeel_cent IS NOT NULL),
na AS (SELECT max(jaar) AS jaar_na FROM j),
samen AS (
    SELECT m.maatregel, m.datum, string_agg(DISTINCT a.naam, '; ' ORDER BY a.naam) AS samen
    FROM m JOIN na ON true JOIN (
        SELECT maatregel AS naam, datum, wet, hoofdproduct FROM vrij.maatregel
        UNION ALL SELECT omschrijving, datum, wet, hoofdproduct FROM vrij.breuk) a
      ON a.naam <> m.maatregel AND coalesce(a.wet, m.wet) IS NOT DISTINCT FROM m.wet
     AND coalesce(a.hoofdproduct, m.hoofdproduct) IS NOT DISTINCT FROM m.hoofdproduct
     AND year(a.datum) > m.jaar_voor AND year(a.datum) <= na.jaar_na
    GROUP BY m.maatregel, m.datum)
SELECT m.maatregel, m.datum, m.jaar_voor, na.jaar_na, v.prijspeil_jaar,
       v.reeel_cent AS voor_cent, n.reeel_cent AS na_cent, n.reeel_cent - v.reeel_cent AS verandering_cent,
       v.clienten AS clienten_voor, n.clienten AS clienten_na, samen.samen,
       coalesce(least(v.clienten, n.clienten), 0) AS clienten,
       CASE WHEN NOT m.ingegaan THEN 'nog niet ingegaan'
            WHEN m.hoofdproduct IS NULL THEN 'gaat over meer producten'
            WHEN na.jaar_na IS NULL OR na.jaar_na < m.eerste_jaar THEN 'nog geen vol jaar sinds de ingang'
            WHEN v.jaar IS NULL OR n.jaar IS NULL THEN 'geen vol jaar ervoor bekend'
            WHEN samen.samen IS NOT NULL THEN 'valt samen met'
            ELSE 'geen groep zonder de maatregel' END AS waarom_niet,
       n.jaar IS NOT NULL AND v.jaar IS NOT NULL AND m.ingegaan AND na.jaar_na >= m.eerste_jaar AS te_zien
FROM m LEFT JOIN na ON true
LEFT JOIN j v ON v.jaar = m.jaar_voor AND v.wet = m.wet AND v.hoofdproduct = m.hoofdproduct
LEFT JOIN j n ON n.jaar = na.jaar_na AND n.wet = m.wet AND n.hoofdproduct = m.hoofdproduct
LEFT JOIN samen ON samen.maatregel = m.maatregel AND samen.datum = m.datum
ORDER BY m.datum, m.maatregel
"""
SINDS_MATEN = ("voor_cent", "na_cent", "verandering_cent", "clienten_voor", "clienten_na")


def read_maatregelen(lezer: Lezer, f: Filters | None = None) -> pl.DataFrame:
    """Every measure with its expected effect per full year and up to now; of one wet where asked."""
    df = lezer.read(MAATREGELEN, STUKKEN)
    if f is None or f.wet is None:
        return df
    return df.filter((pl.col("wet") == f.wet) | pl.col("wet").is_null())


def read_breuken(lezer: Lezer) -> pl.DataFrame:
    """Every moment at which a series changed meaning, once where it holds for both wetten."""
    return lezer.read(BREUKEN, STUKKEN)


def read_plan(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """Per year taak_cent (None: the budget names none) and verwacht_cent of the measures in force; both below
    zero.
    """
    return lezer.read(PLAN, STUKKEN, f.params)


def read_sinds(lezer: Lezer) -> pl.DataFrame:
    """Per measure what its part of the budget did since, in steady prices, and why that is not its effect."""
    return lezer.read(SINDS, Clienten("clienten", SINDS_MATEN))
