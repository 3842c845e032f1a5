"""The small city of proefstad with what steers it: a programme, access, the shift of dagbesteding, hours.

Made as a copy, by hand; months and clients are those of proefstad.
"""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from tests.dashboard.proefstad import BEG, DAG, GM, HO

EFFECTEN = (
    "clienten",
    "duur",
    "stapeling",
    "mix",
    "toegewezen_intensiteit",
    "uitnutting",
    "geleverde_intensiteit",
    "tariefindex",
    "prijs",
    "overig",
    "niet_verdeeld",
)
# bron, path, clients, plan until now and realisation (cents), effects; Begeleiding zwaar has four clients
PLAN = (
    (
        "programmering",
        (HO, "Huishouden", "Hulp bij het huishouden", "n.v.t."),
        40,
        9_000_000,
        10_800_000,
        {"clienten": 1_000_000, "prijs": 800_000},
    ),
    (
        "programmering",
        (BEG, "Begeleiding", "Begeleiding", "licht"),
        12,
        3_000_000,
        2_592_000,
        {"duur": -408_000},
    ),
    (
        "programmering",
        (BEG, "Begeleiding", "Begeleiding", "zwaar"),
        4,
        2_000_000,
        2_304_000,
        {"duur": 304_000},
    ),
    (
        "niet geprogrammeerd",
        (DAG, "Dagbesteding", "Dagbesteding", "n.v.t."),
        10,
        0,
        2_160_000,
        {"niet_verdeeld": 2_160_000},
    ),
)
TEAMS = (("Noord", 100, 30), ("Zuid", 50, 5))
"""Wijkteam, contacts and referrals a month; Klein has twenty contacts and one referral in all."""
DAGBESTEDING = (
    # jaar, kant, zwaarte, clients, dagdelen, cents, base price, uitsorteereffect, prijseffect
    (2024, "maatwerk", "licht", 20, 1_000, 3_000_000, None, None, None),
    (2024, "maatwerk", "zwaar", 25, 1_000, 6_000_000, None, None, None),
    (2024, "maatwerk", None, 45, 2_000, 9_000_000, 4_500.0, 0.0, 0.0),
    (2025, "maatwerk", "zwaar", 20, 1_000, 7_000_000, None, None, None),
    (2025, "maatwerk", None, 20, 1_000, 7_000_000, 4_500.0, 1_600.0, 900.0),
    (2025, "algemeen", None, None, None, 2_500_000, None, None, None),
    (2026, "maatwerk", "zwaar", 20, 700, 5_600_000, None, None, None),
    (2026, "maatwerk", None, 20, 700, 5_600_000, 4_500.0, 1_700.0, 1_800.0),
)
UREN = (
    # jaar, gemeente, wijk, huishoudens, hours per huishouden toegewezen and geleverd
    (2025, "eigen gemeente", None, 40.0, 150.0, 120.0),
    (2026, "eigen gemeente", None, 41.0, 160.0, 110.0),
    (2026, "eigen gemeente", "WK039201", 30.0, 170.0, 115.0),
    (2026, "eigen gemeente", "WK039202", 4.0, 90.0, 60.0),
    (2026, "eigen gemeente", "WK039203", 11.0, 140.0, 100.0),
    (2019, "Haarlem", None, None, 150.9, None),
    (2019, "Haarlemmermeer", None, None, 130.0, None),
    (2016, "Emmen", None, None, 180.0, None),
)


MARTS = (
    "programma",
    "pq_programma",
    "toegang",
    "klantcontact_maand",
    "verwijzer",
    "dagbesteding",
    "huishoudelijke_ondersteuning",
    "regelkaart",
    "nagekomen",
)
"""Filled here alone: what proefstad has of them is taken out first."""


def _insert(con: duckdb.DuckDBPyConnection, tabel: str, rijen: list[dict[str, object]]) -> None:
    con.register("rijen", pl.DataFrame(rijen, infer_schema_length=None))
    con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM rijen")
    con.unregister("rijen")


def _path(pad: tuple[str, ...]) -> dict[str, object]:
    return dict(zip(("hoofdproduct", "productgroep", "product", "zwaarte"), pad, strict=True))


def _fill_programma(con: duckdb.DuckDBPyConnection) -> None:
    basis = {"gemeentecode": GM, "jaar": 2026, "maanden": 9, "wet": "Wmo"}
    _insert(
        con,
        "mart.pq_programma",
        [
            basis
            | _path(pad)
            | {
                "bron": bron,
                "clienten": clienten,
                "doel_tot_nu_cent": doel,
                "realisatie_cent": nu,
                "verschil_cent": nu - doel,
                "reden": None if bron == "programmering" else bron,
            }
            | {f"effect_{e}_cent": effecten.get(e, 0) for e in EFFECTEN}
            for bron, pad, clienten, doel, nu, effecten in PLAN
        ],
    )
    _insert(
        con,
        "mart.programma",
        [
            basis
            | _path(pad)
            | {
                "eenheid": "04",
                "doel_klantcontacten": 600.0,
                "doel_doorverwijzingen": 160.0,
                "doel_instroom": 8.0,
                "instroom": 3 if pad[3] == "licht" else 20,
                "doel_clienten": 40.0,
                "clienten": clienten,
                "doel_duur_weken": 260.0,
                "duur_weken": 30.0,
                "doel_intensiteit": 2.0,
                "intensiteit": 3.0,
                "doel_uitnutting": 0.5,
                "uitnutting": 0.8,
                "doel_prijs_cent": 2_500,
                "prijs_cent": 3_000.0,
                "doel_volume": 2_000.0,
                "volume": 3_600,
                "doel_cent": doel * 12 // 9,
                "doel_tot_nu_cent": doel,
                "realisatie_cent": nu,
                "vastgesteld_op": date(2025, 12, 10),
                "bron": "proef",
            }
            for bron, pad, clienten, doel, nu, _ in PLAN
            if bron == "programmering"
        ],
    )


def _fill_toegang(con: duckdb.DuckDBPyConnection) -> None:
    rijen: list[dict[str, object]] = []
    # quarter, wijkteam, meldingen, granted, begun, share of onderzoek in time, median of it
    for kwartaal, team, meldingen, toegekend, gestart, deel, dagen in (
        (date(2026, 1, 1), None, 60, 50, 40, 0.5, 40.0),
        (date(2026, 4, 1), None, 50, 30, 20, 0.6, 35.0),
        (date(2026, 7, 1), None, 20, 10, 0, 0.9, 20.0),
        (date(2026, 4, 1), "Noord", 30, 20, 12, 0.7, 30.0),
        (date(2026, 4, 1), "Oost", 18, 12, 12, 0.8, 28.0),
        (date(2026, 4, 1), "Zuid", 12, 11, 11, 0.4, 45.0),
        (date(2026, 4, 1), "Klein", 4, 1, 1, 0.25, 60.0),
    ):
        rijen.append(
            {
                "gemeentecode": GM,
                "kwartaal": kwartaal,
                "wet": "Wmo",
                "wijkteam": team,
                "meldingen": meldingen,
                "onderzoeken": meldingen,
                "besluiten": meldingen,
                "toegekend": toegekend,
                "toewijzingen": toegekend,
                "gestart": gestart,
                "lopend": 0,
                "onderzoek_mediaan_dagen": dagen,
                "onderzoek_binnen_termijn": deel,
                "besluit_mediaan_dagen": 12.0,
                "besluit_binnen_termijn": 0.8,
                "doorlooptijd_mediaan_dagen": dagen + 15,
                "wachttijd_mediaan_dagen": 14.0,
            }
        )
    _insert(con, "mart.toegang", rijen)
    contacten: list[dict[str, object]] = [
        {
            "gemeentecode": GM,
            "maand": date(2026, m, 1),
            "wijkteam": t,
            "contacten": c,
            "doorverwijzingen": d,
            "meldingen": 0,
        }
        for m in range(1, 10)
        for t, c, d in TEAMS
    ]
    contacten.append(contacten[0] | {"wijkteam": "Klein", "contacten": 20, "doorverwijzingen": 1})
    _insert(con, "mart.klantcontact_maand", contacten)
    _insert(
        con,
        "mart.verwijzer",
        [
            {
                "gemeentecode": GM,
                "jaar": 2026,
                "niveau": "wet",
                "wet": wet,
                "verwijzer": wie,
                "clienten": n,
                "toewijzingen": n,
                "realisatie_cent": n * 100_000,
                "kosten_per_client_cent": 100_000,
                "zwaarte_rang": 2.5,
                "beeindigd": 3,
                "duur_dagen": 70.0,
            }
            for wet, wie, n in (
                ("Wmo", "gemeente", 40),
                ("Wmo", "geen verwijzer", 15),
                ("Jeugdwet", "huisarts", 14),
                ("Jeugdwet", "jeugdarts", 3),
                ("Jeugdwet", "gemeente", 11),
            )
        ],
    )


def _fill_focus(con: duckdb.DuckDBPyConnection) -> None:
    _insert(
        con,
        "mart.dagbesteding",
        [
            {
                "gemeentecode": GM,
                "jaar": jaar,
                "kant": kant,
                "zwaarte": zwaarte,
                "clienten": n,
                "volume": volume,
                "bedrag_cent": cent,
                "prijs_cent": None if volume is None else cent / volume,
                "aandeel_volume": None,
                "dagdelen_per_client": None if volume is None or n is None else volume / n,
                "basisjaar": 2024,
                "prijs_basis_cent": basis,
                "uitsorteereffect_cent": sorteer,
                "prijseffect_cent": prijs,
                "na_kanteling": jaar > 2024,
                "jaar_volledig": jaar < 2026,
                "bron": "proef",
            }
            for jaar, kant, zwaarte, n, volume, cent, basis, sorteer, prijs in DAGBESTEDING
        ],
    )
    con.execute(
        "INSERT INTO mart.breuk VALUES ('2025-01-01', 'Wmo', ?, 'de proefkanteling', 'besluit')", [DAG]
    )
    _insert(
        con,
        "mart.huishoudelijke_ondersteuning",
        [
            {
                "gemeentecode": GM,
                "jaar": jaar,
                "gemeente": gemeente,
                "jaar_volledig": jaar < 2026,
                "wijkcode": wijk,
                "huishoudens": n,
                "clienten": None if n is None else int(n),
                "toegewezen_uren": None if n is None else n * toe,
                "geleverde_uren": None if n is None or gel is None else n * gel,
                "maanden": 12 if jaar < 2026 else 9,
                "uren_per_huishouden": toe,
                "geleverd_per_huishouden": gel,
                "bron": "document" if n is None else "berichten",
            }
            for jaar, gemeente, wijk, n, toe, gel in UREN
        ],
    )


def _fill_signalen(con: duckdb.DuckDBPyConnection) -> None:
    _insert(
        con,
        "mart.regelkaart",
        [
            {
                "gemeentecode": GM,
                "maat": "realisatie",
                "cel": f"{wet}|{groep}",
                "maand": date(2026, m, 1),
                "waarde": 1.0,
                "eenheid": "cent",
                "gemiddelde": 1.0,
                "ondergrens": 0.5,
                "bovengrens": 1.5,
                "signaal": soort,
                "richting": richting,
            }
            for m in (5, 6)
            for wet, groep, soort, richting in (
                ("Wmo", "Huishouden", "buiten de grenzen" if m == 6 else None, "hoog" if m == 6 else None),
                ("Wmo", "Begeleiding", "trend van zeven", "laag"),
                ("Jeugdwet", "Ambulant", None, None),
            )
        ],
    )
    _insert(
        con,
        "mart.nagekomen",
        [
            {
                "gemeentecode": GM,
                "wet": wet,
                "productgroep": groep,
                "levermaand": date(2026, m, 1),
                "gerapporteerd_cent": 0,
                "nagekomen_cent": cent * m,
            }
            for m in (8, 9)
            for wet, groep, cent in (("Wmo", "Huishouden", 100), ("Jeugdwet", "Ambulant", 10))
        ],
    )


def write_sturing(bron: Path, doel: Path) -> Path:
    """Copy the snapshot of proefstad and add what this module has."""
    shutil.copy(bron, doel)
    with duckdb.connect(str(doel)) as con:
        for mart in MARTS:
            con.execute(f"DELETE FROM mart.{mart}")
        _fill_programma(con)
        _fill_toegang(con)
        _fill_focus(con)
        _fill_signalen(con)
    return doel
