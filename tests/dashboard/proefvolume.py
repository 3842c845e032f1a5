"""The city of proefstad with toewijzingen, flows and concentration that can be checked in the head.

Stock and flow run from 2024-01 up to and including 2026-09, each month alike:

| cell | begin | in (nieuw + terug) | bijkomend | door in | door uit | afgevallen | uit |
|---|---|---|---|---|---|---|---|
| totaal | 1.000, + 2 a month | 20 + 10 | - | - | - | - | 28 |
| Wmo, productgroep Begeleiding | 200 | 8 + 4 | 6 | 5 | 5 | 8 | 10 |
| Wmo, productgroep Dagbesteding | 150 | 12 + 0, in 2026-03 only 3 | 0 | 0 | 0 | 0 | 12, in 2026-03 only 3 |
| Wmo, productgroep Vervoer | 40, + 3 a month | 15 + 0 | 0 | 0 | 0 | 0 | 12 |
| Wmo, productgroep Huishouden | 8 | 20 + 0 | 0 | 0 | 0 | 0 | 20 |
"""

from datetime import date
from pathlib import Path

import duckdb

from dashboard.numbers import month_range
from tests.dashboard.proefstad import BEG, DAG, GM, HO, TOT, VAN, _insert, write_snapshot

WORTEL = Path(__file__).resolve().parents[2]
UIT = {"volgens_plan": 12, "voortijdig": 6, "overleden": 4, "verhuisd": 2, "overig": 4, "ander_domein": 2}
"""Of the 28 who leave each month; the two of ander_domein are among the four of overig."""


def _flow(maand: date, niveau: str, cel: str, begin: int, **stromen: int) -> dict[str, object]:
    nieuw, terug = stromen.get("nieuw", 0), stromen.get("terug", 0)
    erbij = nieuw + terug + stromen.get("bijkomend", 0) + stromen.get("door_in", 0)
    eraf = stromen["uit"] + stromen.get("afgevallen", 0) + stromen.get("door_uit", 0)
    return {
        "maand": maand,
        "gemeentecode": GM,
        "niveau": niveau,
        "cel": cel,
        "begin": begin,
        "instroom": nieuw + terug,
        "instroom_nieuw": nieuw,
        "instroom_herinstroom": terug,
        "bijkomend": stromen.get("bijkomend", 0),
        "doorstroom_in": stromen.get("door_in", 0),
        "doorstroom_uit": stromen.get("door_uit", 0),
        "afgevallen": stromen.get("afgevallen", 0),
        "uitstroom": stromen["uit"],
        "eind": begin + erbij - eraf,
        "voorlopig": maand >= date(2026, 7, 1),
        "begin_onzeker": False,
        **{f"uitstroom_{k}": v for k, v in UIT.items()},
    }


def _fill_stroom(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM mart.stroom_maand")
    # a second productgroep without euros, so that one hoofdproduct has more than one
    con.execute("""INSERT INTO mart.pq_maand BY NAME SELECT * REPLACE ('Vervoer' AS productgroep,
        'Vervoer' AS product, 0 AS realisatie_cent, 0 AS volume) FROM mart.pq_maand
        WHERE product = 'Dagbesteding' AND levermaand = DATE '2024-01-01'""")
    rijen = []
    for i, m in enumerate(month_range(VAN, TOT)):
        weinig = 3 if m == date(2026, 3, 1) else 12
        rijen += [
            _flow(m, "totaal", "totaal", 1000 + 2 * i, nieuw=20, terug=10, uit=28),
            _flow(
                m,
                "productgroep",
                "Wmo|Begeleiding",
                200,
                nieuw=8,
                terug=4,
                bijkomend=6,
                door_in=5,
                door_uit=5,
                afgevallen=8,
                uit=10,
            ),
            _flow(m, "productgroep", "Wmo|Dagbesteding", 150, nieuw=weinig, uit=weinig),
            _flow(m, "productgroep", "Wmo|Vervoer", 40 + 3 * i, nieuw=15, uit=12),
            _flow(m, "productgroep", "Wmo|Huishouden", 8, nieuw=20, uit=20),
        ]
    _insert(con, "mart.stroom_maand", rijen)
    keuzes = ((30, 32, "2026-09-01"), (90, 30, "2026-07-01"), (365, 27, "2025-10-01"))
    for dagen, instroom, vanaf in keuzes:
        con.execute(
            """INSERT INTO mart.stroom_gevoeligheid BY NAME SELECT maand, gemeentecode, niveau, cel,
                $d AS onderbreking_dagen, "begin", $i AS instroom, $i - 10 AS instroom_nieuw,
                10 AS instroom_herinstroom, $i - 2 AS uitstroom, "begin" + 2 AS eind,
                maand >= $v::DATE AS voorlopig, $d = 90 AS is_ingesteld
            FROM mart.stroom_maand WHERE niveau = 'totaal'""",
            {"d": dagen, "i": instroom, "v": vanaf},
        )
    con.execute("""INSERT INTO mart.huishouden_maand BY NAME SELECT maand, gemeentecode, niveau, cel,
        "begin" - 100 AS "begin", 25 AS instroom, 24 AS uitstroom, "begin" - 99 AS eind,
        "begin" AS clienten_begin, eind AS clienten_eind, voorlopig
        FROM mart.stroom_maand WHERE niveau = 'totaal'""")
    for van, naar, paren, zwaarte, euro in (
        ("Begeleiding / licht", "Begeleiding / zwaar", 15, "opschalen", "opschalen"),
        ("Begeleiding / zwaar", "Begeleiding / licht", 12, "afschalen", "afschalen"),
        ("Begeleiding / licht", "Dagbesteding", 11, "gelijk", "afschalen"),
        ("Dagbesteding", "Begeleiding / licht", 4, "gelijk", "opschalen"),
    ):
        con.execute(
            """INSERT INTO mart.doorstroom BY NAME SELECT DATE '2026-02-01' AS maand, '0392' AS gemeentecode,
                'Wmo' AS wet, 'product' AS niveau, $v AS van, $n AS naar,
                split_part($v, ' / ', 1) AS van_product, split_part($n, ' / ', 1) AS naar_product,
                $p AS paren, $z AS op_of_af, $e AS op_of_af_euro""",
            {"v": van, "n": naar, "p": paren, "z": zwaarte, "e": euro},
        )
    con.execute("""INSERT INTO mart.duur BY NAME SELECT '0392' AS gemeentecode, 'totaal' AS niveau,
        'totaal' AS cel, NULL::BIGINT AS jaar, 200 AS clienten, 120 AS aantal_beeindigd, 80 AS aantal_open,
        300.0 AS gemiddelde_beeindigd_dagen, 457 AS mediaan_km_dagen, 500.0 AS gemiddelde_km_dagen,
        900 AS gevolgd_tot_dagen""")
    for dag, deel, n in ((0, 1.0, 200), (450, 0.55, 90), (480, 0.48, 70), (900, 0.2, 9)):
        con.execute(
            """INSERT INTO mart.duur_curve BY NAME SELECT '0392' AS gemeentecode, 'totaal' AS niveau,
                'totaal' AS cel, NULL::BIGINT AS jaar, $d AS dag, $o AS overleving,
                $n AS aantal_onder_risico""",
            {"d": dag, "o": deel, "n": n},
        )


def _product(hoofd: str) -> dict[str, object]:
    groep, product = {
        HO: ("Huishouden", "Hulp bij het huishouden"),
        BEG: ("Begeleiding", "Begeleiding"),
        DAG: ("Dagbesteding", "Dagbesteding"),
    }[hoofd]
    basis: dict[str, object] = {"gemeentecode": GM, "wet": "Wmo", "hoofdproduct": hoofd}
    return basis | {"productgroep": groep, "product": product}


def _fill_toewijzing(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("""UPDATE mart.uitnutting_maand SET gerapporteerde_fractie =
        CASE WHEN levermaand = DATE '2026-09-01' THEN 0.8 ELSE 1 END""")
    klassen = ("onder 50 %", "50 tot 90 %", "90 tot en met 100 %", "boven 100 %")
    _insert(
        con,
        "mart.uitnutting_verdeling",
        [
            _product(hoofd) | {"jaar": 2026, "klasse": klasse, "toewijzingen": n, "clienten": n}
            for hoofd, aantallen in ((HO, (40, 60, 80, 20)), (BEG, (12, 20, 30, 11)), (DAG, (3, 20, 30, 50)))
            for klasse, n in zip(klassen, aantallen, strict=True)
        ],
    )
    _insert(
        con,
        "mart.slapers",
        [
            _product(hoofd)
            | {
                "aanbieder_agb": agb,
                "lopend": lopend,
                "toewijzingen": n,
                "nooit_geleverd": nooit,
                "clienten": n,
            }
            | {"open_verplichting_cent": n * 10_000}
            for hoofd, agb, lopend, n, nooit in (
                (HO, "A1", 200, 12, 10),
                (HO, "A2", 80, 16, 1),
                (BEG, "A1", 90, 11, 0),
                (DAG, "A5", 70, 3, 0),
            )
        ],
    )
    _insert(
        con,
        "mart.verplichting",
        [
            _product(hoofd)
            | {
                "jaar": 2026,
                "aanbieder_agb": agb,
                "toewijzingen": n,
                "clienten": n,
                "uitnutting_verwacht": 0.8,
            }
            | {"toegewezen_rest_cent": rest * 100, "verplichting_cent": rest * 80}
            for hoofd, agb, n, rest in (
                (HO, "A1", 30, 400_000),
                (HO, "A2", 20, 200_000),
                (BEG, "A1", 25, 300_000),
                (DAG, "A5", 15, 100_000),
            )
        ],
    )
    _insert(
        con,
        "mart.verzilvering",
        [
            _product(HO)
            | {
                "maand": date(jaar, 3, 1),
                "aanbieder_agb": agb,
                "gestart": n,
                "verzilverd": n - niet,
                "te_jong": 0,
            }
            | {"clienten": n, "clienten_oud_genoeg": n, "clienten_verzilverd": n - niet}
            for jaar, agb, n, niet in (
                (2025, None, 100, 12),
                (2026, None, 60, 5),
                (2025, "A1", 50, 11),
                (2025, "A2", 50, 1),
            )
        ],
    )


def _fill_concentratie(con: duckdb.DuckDBPyConnection) -> None:
    rijen: list[dict[str, object]] = []
    punten: list[dict[str, object]] = []
    for eenheid, aantal in (("client", 5000), ("huishouden", 4000)):
        for jaar, top, blijft in ((2024, 0.40, 0.6), (2025, 0.45, None), (2026, 0.5, None)):
            for basis, extra in (("jaar", 0.0), ("op jaarbasis", 0.02)):
                rijen.append(
                    {
                        "jaar": jaar,
                        "gemeentecode": GM,
                        "wet": "totaal",
                        "eenheid": eenheid,
                        "basis": basis,
                        # in 2025 the top 1 % of the households counts 15: five from the group of twenty
                        "n": 1500 if (jaar, eenheid) == (2025, "huishouden") else aantal,
                        "totaal_cent": 100_000_000,
                        "gini": top + 0.1,
                        "aandeel_top1": 0.1,
                        "aandeel_top5": 0.3,
                        "aandeel_top10": top + extra,
                        "aandeel_top20": 0.6,
                        "persistentie_top10": blijft,
                        "jaar_volledig": jaar < 2026,
                    }
                )
            punten += [
                {
                    "jaar": jaar,
                    "gemeentecode": GM,
                    "wet": "totaal",
                    "eenheid": eenheid,
                    "percentiel": p,
                    "n": aantal,
                    "cumulatief_aandeel": deel,
                }
                for p, deel in ((0, 0.0), (50, 0.1), (90, 1 - top), (99, None), (100, 1.0))
            ]
    con.execute("DELETE FROM mart.concentratie")  # those of the small city
    _insert(con, "mart.concentratie", rijen)
    _insert(con, "mart.lorenz", punten)
    _insert(
        con,
        "mart.zwaarste_huishoudens",
        [
            {
                "jaar": jaar,
                "gemeentecode": GM,
                "aantal": 20,
                "clienten": 40,
                "totaal_cent": 5_000_000,
                "aandeel": 0.05,
                "gemiddeld_aanbieders": 3.5,
                "gemiddeld_producten": 2.5,
                "jaar_volledig": jaar < 2026,
            }
            for jaar in (2024, 2025, 2026)
        ],
    )


def write_volume(bestand: Path) -> Path:
    """Write the city with what this module adds."""
    write_snapshot(bestand)
    with duckdb.connect(str(bestand)) as con:
        _fill_stroom(con)
        _fill_toewijzing(con)
        _fill_concentratie(con)
    return bestand
