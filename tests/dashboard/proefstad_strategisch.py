# ruff: noqa: E501 - a table reads better on one line
"""What the strategic pages read, in the city of proefstad: round amounts (in euros), to be checked by head."""

from datetime import date

import duckdb
import polars as pl

GM = "0392"
HO, DAG, JEUGD = "Huishoudelijke ondersteuning", "Dagbesteding", "Jeugdhulp ambulant"

HEK = (
    # jaar, begroting, uitgaven, volledig, over, rijksbijdrage, saldo, volgens, reserve 1-1, reserve 31-12
    (2023, 400_000, 390_000, True, 10_000, 500_000, 5_000, "jaarrekening", None, None),
    (2024, 400_000, 410_000, True, -10_000, None, -2_000, "raming", 20_000, None),
    (2025, 400_000, 420_000, True, -20_000, None, -3_000, "raming", None, 15_000),
    (2026, 365_000, 300_000, False, 65_000, None, None, None, None, None),
)
MAATREGELEN = (
    # datum, maatregel, wet, hoofdproduct, effect per jaar, ingegaan, verwacht tot en met september 2026, stand
    (date(2024, 7, 1), "Norm voor uren", "Wmo", HO, -24_000, True, -54_000, "loopt"),
    (date(2025, 1, 1), "Wijkteam jeugd", "Jeugdwet", JEUGD, -6_000, True, -10_500, "loopt"),
    (date(2027, 1, 1), "Vervoer samen", "Wmo", DAG, -5_000, False, 0, "voorgenomen"),
)
VERSCHIL = (
    # cijfer, periode, wet, hoofdproduct, verschil and its cause
    ("realisatie", date(2026, 9, 1), "Wmo", HO, 12_000, "nieuwe_maanden"),
    ("realisatie", date(2026, 8, 1), "Wmo", HO, -1_000, "correcties"),
    ("realisatie", date(2026, 8, 1), "Jeugdwet", JEUGD, 500, "nagekomen"),
    ("grootboek", date(2026, 1, 1), "Wmo", HO, 800, None),
)
PROGRAMMA = (
    # bron, hoofdproduct, doel, realisatie, effecten; a line of the budget is another account
    ("programmering", HO, 110_000, 108_000, {"clienten": -5_000, "prijs": 3_000}),
    ("niet geprogrammeerd", DAG, 0, 0, {}),
    ("begroting", HO, 999_000, 108_000, {"niet_verdeeld": -891_000}),
)
EFFECTEN = (
    "clienten", "duur", "stapeling", "mix", "toegewezen_intensiteit", "uitnutting", "geleverde_intensiteit",
    "tariefindex", "prijs", "overig", "niet_verdeeld",
)  # fmt: skip


def _insert(con: duckdb.DuckDBPyConnection, tabel: str, rijen: list[dict[str, object]]) -> None:
    con.register("rijen", pl.DataFrame(rijen, infer_schema_length=None))
    con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM rijen")
    con.unregister("rijen")


def _cent(euro: int | None) -> int | None:
    return None if euro is None else euro * 100


def fill_strategisch(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the marts of series, Hek, measures, programme, late declarations and changes."""
    # Prices rose a tenth between 2024 and 2025; three years of one product are out of the books.
    con.execute("""INSERT INTO mart.reeks_jaar BY NAME
        WITH geld AS (
            SELECT jaar, wet, hoofdproduct, sum(realisatie_cent)::BIGINT AS nominaal_cent,
                sum(CASE WHEN onderdeel = 'berichten' THEN realisatie_cent ELSE 0 END)::BIGINT AS berichten_cent,
                bool_and(volledig) AS volledig
            FROM mart.uitgaven_jaar GROUP BY ALL),
        mensen AS (
            SELECT year(levermaand) AS jaar, wet, hoofdproduct, count(DISTINCT client_id) AS clienten
            FROM mart.client_maand GROUP BY ALL)
        SELECT geld.*, '0392' AS gemeentecode, 'hoofdproduct' AS niveau, 2025 AS prijspeil_jaar, clienten,
            CAST(nominaal_cent * CASE jaar WHEN 2024 THEN 1.1 ELSE 1 END AS BIGINT) AS reeel_cent
        FROM geld JOIN mensen USING (jaar, wet, hoofdproduct)""")
    con.execute(
        """INSERT INTO mart.reeks_jaar BY NAME SELECT unnest([2015, 2016, 2017]) AS jaar, '0392' AS gemeentecode,
        'hoofdproduct' AS niveau, 'Wmo' AS wet, ? AS hoofdproduct, 10000000 AS nominaal_cent, 0 AS berichten_cent,
        13000000 AS reeel_cent, 2025 AS prijspeil_jaar, true AS volledig""",
        [HO],
    )
    kolommen = ("begroting", "realisatie", "", "ruimte", "rijksbijdrage", "saldo_hek", "", "reserve_begin")
    rijen: list[dict[str, object]] = []
    for jaar, *w in HEK:
        rij: dict[str, object] = {"jaar": jaar, "gemeentecode": GM, "volledig": w[2], "saldo_soort": w[6]}
        rij |= {f"{k}_cent": _cent(v) for k, v in zip(kolommen, w, strict=False) if k}  # type: ignore[arg-type]
        rijen.append(rij | {"reserve_eind_cent": _cent(w[8])})  # type: ignore[arg-type]
    _insert(con, "mart.hek_jaar", rijen)
    con.execute("""INSERT INTO mart.hek_regel BY NAME SELECT * FROM (VALUES
        (2024, '0392', 'meerjarenbeeld', 1, 'Totaal begroting', false, 630000, 'document'),
        (2024, '0392', 'meerjarenbeeld', 3, 'Meevallers', false, -140000, 'document'),
        (2024, '0392', 'meerjarenbeeld', 5, 'Saldo', true, 490000, 'document'),
        (2023, '0392', 'overschotten en tekorten', 1, 'Overschot', false, 500000, 'document')
        ) AS t(jaar, gemeentecode, tabel, volgorde, regel, is_som, bedrag_cent, bron)""")
    _insert(
        con,
        "mart.maatregel",
        [
            {
                "datum": d,
                "gemeentecode": GM,
                "maatregel": m,
                "wet": wet,
                "hoofdproduct": h,
                "effect_per_jaar_cent": effect * 100,
                "ingegaan": aan,
                "verwacht_effect_cent": tot * 100,
                "status": s,
                "bron": "proef",
            }
            for d, m, wet, h, effect, aan, tot, s in MAATREGELEN
        ],
    )
    _fill_oordeel(con)
    _insert(
        con,
        "mart.pq_programma",
        [
            {
                "gemeentecode": GM,
                "bron": bron,
                "jaar": 2026,
                "maanden": 9,
                "rijpheid": "naar rato van de volledige levermaanden",
                "wet": "Wmo",
                "hoofdproduct": h,
                "doel_tot_nu_cent": doel * 100,
                "realisatie_cent": werk * 100,
                "verschil_cent": (werk - doel) * 100,
                **{f"effect_{e}_cent": 100 * effecten.get(e, 0) for e in EFFECTEN},
            }
            for bron, h, doel, werk, effecten in PROGRAMMA
        ],
    )
    con.execute("""INSERT INTO mart.nagekomen BY NAME SELECT '0392' AS gemeentecode, 'Wmo' AS wet,
        'Huishouden' AS productgroep, DATE '2026-09-01' AS levermaand, 4750000 AS gerapporteerd_cent,
        5000000 AS ultimate_cent, 250000 AS nagekomen_cent""")
    con.execute("INSERT INTO meta.vergelijking VALUES ('g0', DATE '2026-09-30', NULL)")
    _insert(
        con,
        "mart.verschil",
        [
            {
                "gemeentecode": GM,
                "cijfer": c,
                "periode": p,
                "wet": wet,
                "hoofdproduct": h,
                "eenheid": "cent",
                "vorig": 0,
                "nu": v * 100,
                "verschil": v * 100,
                **({oorzaak: v * 100} if oorzaak else {}),
            }
            for c, p, wet, h, v, oorzaak in VERSCHIL
        ],
    )


def _fill_oordeel(con: duckdb.DuckDBPyConnection) -> None:
    """A control chart whose last month is ordinary after a signal in March; and two years of concentration."""
    con.execute("""INSERT INTO mart.regelkaart BY NAME SELECT 'netto stroom' AS maat, 'totaal' AS cel,
        '0392' AS gemeentecode, m AS maand, 2.0 AS waarde, 'aantal' AS eenheid, 1.5 AS gemiddelde,
        CASE WHEN month(m) = 3 THEN 'zeven aan één kant' END AS signaal,
        CASE WHEN month(m) = 3 THEN 'hoog' END AS richting
        FROM (SELECT unnest(generate_series(DATE '2026-01-01', DATE '2026-06-01', INTERVAL 1 MONTH))::DATE AS m)""")
    con.execute("""INSERT INTO mart.concentratie BY NAME SELECT j AS jaar, '0392' AS gemeentecode, w AS wet,
        'client' AS eenheid, 'jaar' AS basis, n AS n, a AS aandeel_top10, p AS persistentie_top10,
        true AS jaar_volledig
        FROM (VALUES (2024, 'totaal', 91, 0.40, 0.5), (2025, 'totaal', 91, 0.45, NULL), (2025, 'Jeugdwet', 25, 0.3, NULL))
        AS t(j, w, n, a, p)""")
