"""The factors behind the euros before and after, for the driver tree: what they were, and what they became.

The second value of a ratio is the first times its mean growth: the geometric mean over cells, weighted with
the euros of both periods (Törnqvist). So a shift between products or wijken shows in one place only, at
clients or at mix, and the value moves as its effect does (METHODEN §1, §2).
"""

from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.reading.ontleding import Vergelijking, ask

PER_NIVEAU = ("clienten", "duur", "stapeling")
"""Factors of a whole productgroep x wijk (or aanbieder); of one product in it they are those of its group."""
PER_CEL = ("week_cent", "aandeel", "toegewezen", "geleverd", "uitnutting", "prijs_cent", "tarief", "los")
WAARDEN = tuple(f"{naam}_{t}" for naam in (*PER_NIVEAU, *PER_CEL) for t in (0, 1))

# One unit gives hours or euros per unit; several have no common one, and are an index with 100 before.
GELD = """
WITH keuze AS (
    SELECT *, coalesce(wijkcode, aanbieder_agb) AS plek FROM {effect}
    WHERE {welke} AND @wet AND @hoofdproduct
      AND ($productgroep::varchar IS NULL OR productgroep = $productgroep)
      AND ($wijk::varchar IS NULL OR wijkcode = $wijk)
      AND ($aanbieder::varchar IS NULL OR aanbieder_agb = $aanbieder)),
niveau AS (
    SELECT wet, hoofdproduct, productgroep, plek, max(clienten_0) AS c0, max(clienten_1) AS c1,
           max(clientdagen_0)::DOUBLE AS d0, max(clientdagen_1)::DOUBLE AS d1,
           sum(productdagen_0)::DOUBLE AS p0, sum(productdagen_1)::DOUBLE AS p1,
           sum(bedrag_0_cent)::DOUBLE AS k0, k0 + sum(bedrag_1_cent)::DOUBLE AS w
    FROM keuze GROUP BY ALL
    HAVING c0 > 0 AND c1 > 0 AND d0 > 0 AND d1 > 0 AND p0 > 0 AND p1 > 0 AND k0 > 0 AND w > k0),
hele AS (
    SELECT sum(p0) AS productdagen,
           sum(d0) / 7 / sum(c0) AS duur_0, sum(p0) / sum(d0) AS stapeling_0,
           duur_0 * exp(sum(w * ln((d1 / c1) / (d0 / c0))) / sum(w)) AS duur_1,
           stapeling_0 * exp(sum(w * ln((p1 / d1) / (p0 / d0))) / sum(w)) AS stapeling_1
    FROM niveau),
cel AS (
    SELECT k.eenheid, n.p0, n.p1, n.plek IS NOT NULL AS in_niveau, k.tariefindex AS tarief,
           k.productdagen_0::DOUBLE AS g0, k.productdagen_1::DOUBLE AS g1,
           k.toegewezen_volume_0::DOUBLE AS t0, k.toegewezen_volume_1::DOUBLE AS t1,
           k.volume_0::DOUBLE AS v0, k.volume_1::DOUBLE AS v1,
           k.bedrag_0_cent::DOUBLE AS k0, k.bedrag_1_cent::DOUBLE AS k1,
           k.bedrag_0_cent > 0 AND k.bedrag_1_cent > 0 AND k.productdagen_0 > 0 AND k.productdagen_1 > 0
               AND k.volume_0 > 0 AND k.volume_1 > 0 AS beide,
           k.toegewezen_volume_0 > 0 AND k.toegewezen_volume_1 > 0 AS vast
    FROM keuze k LEFT JOIN niveau n USING (wet, hoofdproduct, productgroep, plek)
    WHERE $product::varchar IS NULL OR k.product = $product),
groei AS (
    SELECT *, k0 + k1 AS w, ln((v1 / g1) / (v0 / g0)) AS lev, ln((k1 / v1) / (k0 / v0)) AS prijs,
           CASE WHEN vast THEN ln((t1 / g1) / (t0 / g0)) END AS toe,
           CASE WHEN vast THEN ln((v1 / t1) / (v0 / t0)) END AS benut
    FROM cel WHERE beide),
sommen AS (
    SELECT any_value(eenheid) AS eenheid, count(DISTINCT eenheid) = 1 AS een,
        7 * sum(t0) FILTER (vast) / sum(g0) FILTER (vast) AS toegewezen,
        exp(sum(w * toe) / sum(w) FILTER (vast)) AS toegewezen_groei,
        7 * sum(v0) FILTER (NOT vast) / sum(g0) FILTER (NOT vast) AS geleverd,
        exp(sum(w * lev) FILTER (NOT vast) / sum(w) FILTER (NOT vast)) AS geleverd_groei,
        sum(k0) FILTER (vast) / sum(t0 * k0 / v0) FILTER (vast) AS uitnutting,
        exp(sum(w * benut) / sum(w) FILTER (vast)) AS uitnutting_groei,
        sum(k0) / sum(v0) AS gemiddeld, exp(sum(w * prijs) / sum(w)) AS prijs_groei,
        exp(sum(w * ln(tarief)) / sum(w)) AS tarief_groei,
        exp(sum(w * (prijs - ln(tarief))) / sum(w)) AS los_groei
    FROM groei),
mix AS (
    SELECT 7 * sum(k0) / sum(g0) AS week_cent_0,
        7 * sum(p0 * g1 / p1 * CASE WHEN g0 > 0 THEN k0 / g0 ELSE k1 / g1 END) FILTER (g0 + g1 > 0)
            / sum(p0 * g1 / p1) AS week_cent_1,
        sum(g0) AS eigen_0, sum(p0 * g1 / p1) AS eigen_1
    FROM cel WHERE in_niveau)
SELECT {sleutel}, CASE WHEN een THEN eenheid END AS eenheid,
    duur_0, duur_1, stapeling_0, stapeling_1, week_cent_0, week_cent_1,
    eigen_0 / productdagen AS aandeel_0, eigen_1 / productdagen AS aandeel_1,
    CASE WHEN een THEN toegewezen WHEN toegewezen > 0 THEN 100 END AS toegewezen_0,
    toegewezen_0 * toegewezen_groei AS toegewezen_1,
    CASE WHEN een THEN geleverd WHEN geleverd > 0 THEN 100 END AS geleverd_0,
    geleverd_0 * geleverd_groei AS geleverd_1,
    uitnutting AS uitnutting_0, uitnutting * uitnutting_groei AS uitnutting_1,
    CASE WHEN een THEN gemiddeld WHEN gemiddeld > 0 THEN 100 END AS prijs_cent_0,
    prijs_cent_0 * prijs_groei AS prijs_cent_1,
    CASE WHEN gemiddeld > 0 THEN 100 END AS tarief_0, 100 * tarief_groei AS tarief_1,
    CASE WHEN gemiddeld > 0 THEN 100 END AS los_0, 100 * los_groei AS los_1
FROM hele, mix, sommen
"""


def read_boom(lezer: Lezer, f: Filters, v: Vergelijking) -> dict[str, float | None]:
    """The factors of the whole selection in either period: WAARDEN, and eenheid where there is but one.

    clienten counts each once [personen]; duur in weeks; stapeling, aandeel and uitnutting as fractions;
    week_cent a week of care at the costs of period 0 [cent]; toegewezen and geleverd in units a week and
    prijs_cent in cent a unit, or an index (100 before) without a single eenheid; tarief and los an index.
    All None where suppressed; empty where the selection holds nothing.
    """
    maten = tuple(w for w in WAARDEN if not w.startswith("clienten"))
    df = ask(lezer, f, v, "1", GELD, maten)
    return df.row(0, named=True) if df.height else {}
