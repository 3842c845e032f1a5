# ruff: noqa: E501 - a table reads better on one line
"""What the operational pages read, on top of the city of proefstad: small enough to check in the head.

Comparison of 2026 in Huishouden (four aanbieders): A1 1,20 times expected, outside 0,85-1,15; A2 1,00, within.
A5 is the only one in Dagbesteding: what is expected of it would be what one other shows. Control charts from
2025-07 to 2026-06: A1 gives its first signal in the last month, A2 since April, A3 none. Of A1 twelve of fifty
running toewijzingen sleep. Uitnutting of A1 fell from 90 to 78 %, of A2 from 90 to 85 %.
"""

from datetime import date
from pathlib import Path

import duckdb

from dashboard.numbers import month_range
from tests.dashboard.proefstad import GM, _insert, write_snapshot

HUISHOUDEN = ("Wmo", "Huishouden")
KAART = month_range(date(2025, 7, 1), date(2026, 7, 1))


def _vergelijking(
    jaar: int, agb: str, groep: str, maat: str, n: int, keer: float, oordeel: str
) -> dict[str, object]:
    return {
        "jaar": jaar, "gemeentecode": GM, "wet": "Wmo", "productgroep": groep, "aanbieder_agb": agb, "maat": maat,
        "clienten": n, "aantal": n, "vergelijkbaar_aandeel": 1.0, "waargenomen": 100_000 * keer, "verwacht": 100_000.0,
        "verhouding": keer, "standaardfout": 0.05, "grens_95_onder": 0.9, "grens_95_boven": 1.1,
        "grens_998_onder": 0.85, "grens_998_boven": 1.15, "phi": 1.0, "tau2": 0.0, "oordeel": oordeel,
        "jaar_volledig": jaar < 2026,
    }  # fmt: skip


def _kaart(
    maat: str, cel: str, agb: str | None, waarden: dict[date, tuple[float, str | None]], eenheid: str
) -> list[dict[str, object]]:
    return [
        {
            "maat": maat, "cel": cel, "gemeentecode": GM, "maand": m, "waarde": w, "eenheid": eenheid, "gemiddelde": 100.0,
            "ondergrens": 50.0, "bovengrens": 150.0, "signaal": s, "richting": None if s is None else "hoog",
            "basis_van": date(2025, 7, 1), "basis_tot": date(2026, 3, 1), "basis_reden": None, "aanbieder_agb": agb,
        }
        for m, (w, s) in waarden.items()
    ]  # fmt: skip


def _from(begin: date | None, hoog: float = 200.0) -> dict[date, tuple[float, str | None]]:
    return {m: (hoog, "buiten de grenzen") if begin and m >= begin else (100.0, None) for m in KAART}


def _fill(con: duckdb.DuckDBPyConnection) -> None:
    _insert(
        con,
        "mart.aanbieder_vergelijking",
        [
            _vergelijking(2026, "A1", "Huishouden", "kosten per client", 20, 1.2, "boven"),
            _vergelijking(2026, "A1", "Huishouden", "duur", 12, 1.05, "binnen de grenzen"),
            _vergelijking(2026, "A2", "Huishouden", "kosten per client", 10, 1.0, "binnen de grenzen"),
            _vergelijking(2026, "A5", "Dagbesteding", "kosten per client", 10, 1.3, "boven"),
            _vergelijking(2025, "A1", "Huishouden", "kosten per client", 20, 1.0, "binnen de grenzen"),
        ],
    )
    aandeel = [
        ("A1", "Huishouden", 0.5, 1, 4, 20, 18),
        ("A2", "Huishouden", 0.25, 2, 4, 10, 2),
        ("A5", "Dagbesteding", 1.0, 1, 1, 10, 0),
    ]
    _insert(
        con,
        "mart.aanbieder_aandeel",
        [
            {
                "jaar": 2026, "gemeentecode": GM, "wet": "Wmo", "productgroep": g, "aanbieder_agb": a, "realisatie_cent": 100_000,
                "aandeel": d, "rang": r, "hhi": 0.3, "aanbieders": n, "clienten": c, "clienten_alleen_hier": h,
                "afhankelijk_aandeel": h / c, "jaar_volledig": False,
            }
            for a, g, d, r, n, c, h in aandeel
        ],
    )  # fmt: skip
    kaarten = _kaart("omzet aanbieder", "A1", "A1", _from(date(2026, 6, 1)), "cent")
    kaarten += _kaart("omzet aanbieder", "A2", "A2", _from(date(2026, 4, 1)), "cent")
    kaarten += _kaart("omzet aanbieder", "A3", "A3", _from(None), "cent")
    kaarten += _kaart("uitnutting", "Wmo|Huishouden", None, _from(date(2026, 6, 1), 0.9), "fractie")
    # four people: a signal that would tell about them
    kaarten += _kaart("instroom", "Jeugdwet", None, _from(date(2026, 6, 1), 4.0), "aantal")
    _insert(con, "mart.regelkaart", kaarten)
    _insert(
        con,
        "mart.slapers",
        [
            {
                "gemeentecode": GM, "wet": "Wmo", "hoofdproduct": "Huishoudelijke ondersteuning", "productgroep": "Huishouden",
                "product": "Hulp bij het huishouden", "aanbieder_agb": a, "lopend": n, "toewijzingen": s, "nooit_geleverd": 1,
                "clienten": s, "open_verplichting_cent": 1000 * s,
            }
            for a, n, s in (("A1", 50, 12), ("A2", 100, 9))
        ],
    )  # fmt: skip
    _insert(
        con,
        "mart.uitnutting_jaar",
        [
            {
                "jaar": j, "gemeentecode": GM, "wet": "Wmo", "hoofdproduct": "Huishoudelijke ondersteuning",
                "productgroep": "Huishouden", "product": "Hulp bij het huishouden", "aanbieder_agb": a, "eenheid": "04",
                "toegewezen_cent": 1000, "geleverd_cent": g, "geleverd_gecorrigeerd_cent": g,
            }
            for a, j, g in (("A1", 2025, 900), ("A1", 2026, 780), ("A2", 2025, 900), ("A2", 2026, 850))
        ],
    )  # fmt: skip
    # A2 earns 3.000 euro a month, 36.000 a year: 97 % of this plafond; A3 1.800, 21.600: 94 % of this one
    con.execute("UPDATE mart.aanbieder_jaar SET budgetplafond_cent = 3_700_000 WHERE aanbieder_agb = 'A2'")
    con.execute("UPDATE mart.aanbieder_jaar SET budgetplafond_cent = 2_300_000 WHERE aanbieder_agb = 'A3'")
    # received in the last whole month: 3.000 euro, where 120 euro came in over the year before
    con.execute("""INSERT INTO mart.declaratiecontrole BY NAME
        SELECT '0392' AS gemeentecode, 'm3' AS bericht_id, 'Wmo' AS wet, 'A2' AS aanbieder_agb, 1 AS regel_nr,
            'TR321' AS regel, 'volume' AS oorzaak, 'standaard' AS soort, 'Te veel volume.' AS omschrijving,
            300000 AS bedrag_cent, 0 AS op_het_spel_cent, true AS afgekeurd, DATE '2026-09-01' AS levermaand,
            TIMESTAMP '2026-10-10' AS ontvangen_op""")
    con.execute("""INSERT INTO mart.trajectprijs BY NAME SELECT 2026 AS jaar, '0392' AS gemeentecode, 'Wmo' AS wet,
        'Huishouden' AS productgroep, 'Hulp bij het huishouden' AS product, 'n.v.t.' AS zwaarte, 'A1' AS aanbieder_agb,
        12 AS clienten, 12 AS aantal, 500000 AS gemiddelde_cent, 400000 AS mediaan_cent, 140.0 AS gemiddelde_dagen""")
    con.execute("""INSERT INTO mart.nagekomen BY NAME SELECT '0392' AS gemeentecode, 'Wmo' AS wet, g AS productgroep,
        'A1' AS aanbieder_agb, DATE '2026-09-01' AS levermaand, 80 AS gerapporteerd_cent, 100 AS ultimate_cent,
        20 AS nagekomen_cent, 0.8 AS fractie FROM (VALUES ('Huishouden'), ('Begeleiding')) AS v(g)""")
    con.execute("""INSERT INTO mart.verzilvering BY NAME SELECT DATE '2026-03-01' AS maand, '0392' AS gemeentecode,
        'Wmo' AS wet, 'Hulp bij het huishouden' AS product, 'A1' AS aanbieder_agb, 20 AS gestart, 12 AS verzilverd,
        4 AS te_jong, 20 AS clienten, 16 AS clienten_oud_genoeg, 12 AS clienten_verzilverd""")
    for jaar, bereik in ((2025, 100), (2026, 90)):
        for onderdeel in ("Wijk Noord", "Gewoon in de Wijk Centrum"):
            con.execute(
                """INSERT INTO mart.sociale_basis BY NAME SELECT ? AS jaar, '0392' AS gemeentecode, 'kengetal' AS soort,
                ? AS onderdeel, 'cliënten in ondersteuning' AS maat, ?::DOUBLE AS waarde, 'cliënten' AS eenheid""",
                [jaar, onderdeel, bereik],
            )


def write_operationeel(bestand: Path) -> Path:
    """The city of proefstad with what the operational pages read."""
    write_snapshot(bestand)
    with duckdb.connect(str(bestand)) as con:
        _fill(con)
    return bestand
