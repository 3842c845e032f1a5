# ruff: noqa: E501 - a table reads better on one line
"""A city small enough to check in the head, as a snapshot: the tables of warehouse, filled by hand.

Months 2024-01 up to and including 2026-09; known at 31-10-2026, so July to September 2026 are provisional.
Each month, each client of a product gets the same volume at the same price:

| product | wet | clients | unit | volume | price | aanbieder |
|---|---|---|---|---|---|---|
| Hulp bij het huishouden | Wmo | h00..h39 (40) | 04 uur | 10 | € 30,00 | A1 h00..h19, A2 h20..h29, A3 h30..h35, A4 h36..h39 |
| Begeleiding licht | Wmo | b00..b11 (12) | 04 uur | 4 | € 60,00 | A1 |
| Begeleiding zwaar | Wmo | b12..b15 (4) | 04 uur | 8 | € 80,00 | A1 |
| Dagbesteding | Wmo | b00..b09 (10) | 16 dagdeel | 6 | € 40,00 | A5 |
| Jeugdhulp ambulant | Jeugdwet | j00..j24 (25) | 04 uur | 5 | € 90,00 | A6 |

So a month of Wmo messages is 40·300 + 12·240 + 4·640 + 10·240 = € 19.840, of Jeugdwet € 11.250, together € 31.090.
Clients h.. live in wijk WK039201 (h00..h34) or WK039202 (h35..h39), b.. in WK039201, j.. in WK039203.
"""

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from dashboard.numbers import add_months, month_range
from dashboard.reading.ontleding import EFFECTEN, GESCHAT
from tests.dashboard.proefstad_strategisch import fill_strategisch
from tests.warehouse.tiny import build, write_lake

VAN, TOT = date(2024, 1, 1), date(2026, 10, 1)
GM = "0392"
CEL = """gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR, productgroep VARCHAR,
        product VARCHAR, zwaarte VARCHAR"""
MAAND = f"levermaand DATE, {CEL}, aanbieder_agb VARCHAR, wijkcode VARCHAR, eenheid VARCHAR"
TABELLEN = {
    "meta.snapshot": """bekend_op DATE, generatie VARCHAR, gebouwd_op TIMESTAMP, eerste_levermaand DATE,
        laatste_levermaand DATE, voorlopig_vanaf DATE, is_voorbeeld BOOLEAN, lake_versie VARCHAR""",
    "meta.vergelijking": "generatie VARCHAR, bekend_op DATE, reden VARCHAR",
    'meta."check"': "naam VARCHAR, omschrijving VARCHAR, gevonden BIGINT, ok BOOLEAN",
    "meta.begrip": """begrip VARCHAR, titel VARCHAR, definitie VARCHAR, formule VARCHAR, eenheid VARCHAR,
        bron VARCHAR, model VARCHAR""",
    "meta.herkomst": "tabel VARCHAR, leest_uit VARCHAR, soort VARCHAR",
    "kern.aanbieder": "aanbieder_agb VARCHAR, naam VARCHAR, concern VARCHAR, soort VARCHAR",
    "kern.wijk": "jaar BIGINT, wijkcode VARCHAR, wijknaam VARCHAR, stadsdeel VARCHAR, rij BIGINT, kolom BIGINT",
    "mart.client_maand": f"""{MAAND}, client_id VARCHAR, client_nr INTEGER, volume DECIMAL(18,4), clientdagen BIGINT,
        realisatie_cent BIGINT""",
    "mart.pq_maand": f"""{MAAND}, zwaarte_rang BIGINT, volume DECIMAL(18,4), clientdagen BIGINT,
        toegewezen_volume DECIMAL(18,4), realisatie_cent BIGINT, regels BIGINT""",
    "mart.uitnutting_maand": f"""{MAAND}, toegewezen_volume DECIMAL(18,4), geleverd_volume DECIMAL(18,4),
        toegewezen_cent BIGINT, geleverd_cent BIGINT, realisatie_cent BIGINT,
        gerapporteerde_fractie DOUBLE""",
    "mart.stroom_maand": """maand DATE, gemeentecode VARCHAR, niveau VARCHAR, cel VARCHAR, "begin" BIGINT,
        instroom BIGINT, instroom_nieuw BIGINT, instroom_herinstroom BIGINT, bijkomend BIGINT,
        doorstroom_in BIGINT,
        doorstroom_uit BIGINT, afgevallen BIGINT, uitstroom BIGINT, uitstroom_overleden BIGINT,
        uitstroom_verhuisd BIGINT, uitstroom_volgens_plan BIGINT, uitstroom_voortijdig BIGINT,
        uitstroom_overig BIGINT, eind BIGINT, voorlopig BOOLEAN, begin_onzeker BOOLEAN,
        uitstroom_ander_domein BIGINT""",
    "mart.uitgaven_maand": """levermaand DATE, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR,
        productgroep VARCHAR, onderdeel VARCHAR, realisatie_cent BIGINT, realisatie_toen_cent BIGINT,
        bron VARCHAR""",
    "mart.uitgaven_jaar": """jaar BIGINT, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR,
        onderdeel VARCHAR, realisatie_cent BIGINT, bron VARCHAR, volledig BOOLEAN""",
    "mart.begroting_jaar": """jaar BIGINT, gemeentecode VARCHAR, wet VARCHAR, hoofdproduct VARCHAR,
        soort VARCHAR,
        bedrag_cent BIGINT, bron VARCHAR""",
    "mart.aanbieder_jaar": """jaar BIGINT, gemeentecode VARCHAR, wet VARCHAR, aanbieder_agb VARCHAR,
        naam VARCHAR,
        concern VARCHAR, perceel VARCHAR, bekostiging VARCHAR, budgetplafond_cent BIGINT,
        realisatie_cent BIGINT""",
    "mart.bevolking_wijk": """jaar BIGINT, gemeentecode VARCHAR, wijkcode VARCHAR, leeftijdsgroep VARCHAR,
        inwoners BIGINT, bron VARCHAR""",
    "mart.breuk": "datum DATE, wet VARCHAR, hoofdproduct VARCHAR, omschrijving VARCHAR, bron VARCHAR",
    "mart.aansluiting": """gemeentecode VARCHAR, stap VARCHAR, wet VARCHAR, jaar BIGINT, grootheid VARCHAR,
        links BIGINT, rechts BIGINT, verschil BIGINT, verklaard_door VARCHAR, verklaard BIGINT""",
    "mart.laadlog": """geladen_op TIMESTAMP, naam VARCHAR, sha256 VARCHAR, mapping_versie VARCHAR,
        bericht_id VARCHAR, standaard VARCHAR, release VARCHAR, berichttype VARCHAR, status VARCHAR,
        regels BIGINT,
        regels_geladen BIGINT, regels_quarantaine BIGINT, regels_zonder_bedrag BIGINT, bedrag_cent BIGINT,
        bedrag_geladen_cent BIGINT, bedrag_quarantaine_cent BIGINT, redenen VARCHAR""",
    "mart.quarantaine": """bericht_id VARCHAR, gemeentecode VARCHAR, naam VARCHAR, berichttype VARCHAR,
        regel_nr BIGINT,
        referentienummer VARCHAR, veld VARCHAR, code VARCHAR, omschrijving VARCHAR, bedrag_cent BIGINT""",
}
TABELLEN["mart.client_maand_toen"] = TABELLEN["mart.client_maand"]
TABELLEN["mart.pq_maand_toen"] = TABELLEN["mart.pq_maand"]


@dataclass(frozen=True)
class Zorg:
    """One line of the table above."""

    wet: str
    hoofdproduct: str
    productgroep: str
    product: str
    zwaarte: str
    rang: int
    eenheid: str
    volume: int
    tarief_cent: int
    clienten: tuple[str, ...]


def _range(letter: str, van: int, tot: int) -> tuple[str, ...]:
    return tuple(f"{letter}{i:02d}" for i in range(van, tot))


HO, BEG, DAG, JEUGD = (
    "Huishoudelijke ondersteuning",
    "Ambulante begeleiding",
    "Dagbesteding",
    "Jeugdhulp ambulant",
)
ZORG = (
    Zorg("Wmo", HO, "Huishouden", "Hulp bij het huishouden", "n.v.t.", 0, "04", 10, 3000, _range("h", 0, 40)),
    Zorg("Wmo", BEG, "Begeleiding", "Begeleiding", "licht", 1, "04", 4, 6000, _range("b", 0, 12)),
    Zorg("Wmo", BEG, "Begeleiding", "Begeleiding", "zwaar", 4, "04", 8, 8000, _range("b", 12, 16)),
    Zorg("Wmo", DAG, "Dagbesteding", "Dagbesteding", "n.v.t.", 0, "16", 6, 4000, _range("b", 0, 10)),
    Zorg("Jeugdwet", JEUGD, "Ambulant", "Jeugdhulp ambulant", "n.v.t.", 0, "04", 5, 9000, _range("j", 0, 25)),
)
WMO_MAAND_CENT, JEUGD_MAAND_CENT = 1_984_000, 1_125_000


def aanbieder_of(zorg: Zorg, client: str) -> str:
    """The aanbieder of a client for a product."""
    n = int(client[1:])
    if zorg.hoofdproduct == HO:
        return "A1" if n < 20 else "A2" if n < 30 else "A3" if n < 36 else "A4"
    return {BEG: "A1", DAG: "A5", JEUGD: "A6"}[zorg.hoofdproduct]


def wijk_of(client: str) -> str:
    """The wijk of a client."""
    if client[0] == "j":
        return "WK039203"
    return "WK039202" if client[0] == "h" and int(client[1:]) >= 35 else "WK039201"


def _insert(con: duckdb.DuckDBPyConnection, tabel: str, rijen: list[dict[str, object]]) -> None:
    con.register("rijen", pl.DataFrame(rijen, infer_schema_length=None))
    con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM rijen")
    con.unregister("rijen")


def _fill_maand(con: duckdb.DuckDBPyConnection) -> None:
    clienten: list[dict[str, object]] = []
    nummer = {c: i for i, c in enumerate(sorted({c for z in ZORG for c in z.clienten}))}
    for maand in month_range(VAN, TOT):
        for z in ZORG:
            for c in z.clienten:
                clienten.append(
                    {
                        "levermaand": maand,
                        "gemeentecode": GM,
                        "client_id": c,
                        "client_nr": nummer[c],
                        "wet": z.wet,
                        "hoofdproduct": z.hoofdproduct,
                        "productgroep": z.productgroep,
                        "product": z.product,
                        "zwaarte": z.zwaarte,
                        "aanbieder_agb": aanbieder_of(z, c),
                        "wijkcode": wijk_of(c),
                        "eenheid": z.eenheid,
                        "volume": z.volume,
                        "clientdagen": 30,
                        "realisatie_cent": z.volume * z.tarief_cent,
                    }
                )
    _insert(con, "mart.client_maand", clienten)
    sleutel = (
        "levermaand, gemeentecode, wet, hoofdproduct, productgroep, product, zwaarte, aanbieder_agb, wijkcode"
    )
    con.execute(f"""INSERT INTO mart.pq_maand ({sleutel}, eenheid, zwaarte_rang, volume, clientdagen,
        toegewezen_volume, realisatie_cent, regels)
        SELECT {sleutel}, eenheid, CASE zwaarte WHEN 'licht' THEN 1 WHEN 'zwaar' THEN 4 ELSE 0 END,
        sum(volume),
        sum(clientdagen), sum(volume) / 0.8, sum(realisatie_cent), count(*) FROM mart.client_maand GROUP BY ALL""")
    con.execute(f"""INSERT INTO mart.uitnutting_maand ({sleutel}, eenheid, toegewezen_volume, geleverd_volume,
        toegewezen_cent, geleverd_cent, realisatie_cent) SELECT {sleutel}, eenheid, toegewezen_volume, volume,
        (realisatie_cent / 0.8)::BIGINT, realisatie_cent, realisatie_cent FROM mart.pq_maand""")
    con.execute("""INSERT INTO mart.client_maand_toen BY NAME SELECT * FROM mart.client_maand
        WHERE levermaand BETWEEN DATE '2024-09-01' AND DATE '2025-09-01'""")
    # As known a year ago the last month, then young, had half its euros.
    con.execute("""INSERT INTO mart.pq_maand_toen BY NAME SELECT * REPLACE (CASE WHEN levermaand = DATE '2025-09-01'
        THEN realisatie_cent // 2 ELSE realisatie_cent END AS realisatie_cent) FROM mart.pq_maand
        WHERE levermaand BETWEEN DATE '2024-09-01' AND DATE '2025-09-01'""")


def _fill_geld(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("""INSERT INTO mart.uitgaven_maand BY NAME SELECT levermaand, gemeentecode, wet, hoofdproduct,
        productgroep, 'berichten' AS onderdeel, sum(realisatie_cent) AS realisatie_cent, 'berichten' AS bron
        FROM mart.pq_maand GROUP BY ALL""")
    vast = [
        {
            "levermaand": m,
            "gemeentecode": GM,
            "wet": "Wmo",
            "hoofdproduct": BEG,
            "onderdeel": onderdeel,
            "realisatie_cent": cent,
            "realisatie_toen_cent": cent if m <= date(2025, 9, 1) else None,
            "bron": "grootboek",
        }
        for m in month_range(VAN, TOT)
        for onderdeel, cent in (("vast", 500_000), ("subsidie", 100_000), ("pgb", 200_000))
    ]
    _insert(con, "mart.uitgaven_maand", vast)
    con.execute("""INSERT INTO mart.uitgaven_jaar BY NAME SELECT year(levermaand) AS jaar, gemeentecode, wet,
        hoofdproduct, onderdeel, sum(realisatie_cent) AS realisatie_cent, any_value(bron) AS bron,
        year(levermaand) < 2026 AS volledig FROM mart.uitgaven_maand GROUP BY ALL""")
    begroting = [(HO, 12_000_000), (BEG, 15_000_000), (DAG, 3_000_000)]
    regels: list[dict[str, object]] = [
        {"jaar": j, "gemeentecode": GM, "wet": "Wmo", "hoofdproduct": h, "soort": "product", "bedrag_cent": c}
        for j in (2024, 2025, 2026)
        for h, c in begroting
    ]
    regels.append(
        {
            "jaar": 2026,
            "gemeentecode": GM,
            "wet": "Wmo",
            "hoofdproduct": None,
            "soort": "taakstelling",
            "bedrag_cent": -1_200_000,
        }
    )
    _insert(con, "mart.begroting_jaar", regels)
    con.execute("""INSERT INTO mart.aanbieder_jaar SELECT year(levermaand), gemeentecode, wet,
        aanbieder_agb, NULL,
        NULL, 'perceel 1', 'PxQ', 20000000, sum(realisatie_cent) FROM mart.pq_maand GROUP BY ALL""")
    con.execute("""INSERT INTO mart.aanbieder_jaar BY NAME SELECT 2026 AS jaar, '0392' AS gemeentecode, 'Wmo' AS wet,
        'A7' AS aanbieder_agb, 'Wijk Noord' AS perceel, 'taakgericht' AS bekostiging, 190000000 AS budgetplafond_cent,
        0 AS realisatie_cent""")
    con.execute("UPDATE mart.aanbieder_jaar SET naam = 'Aanbieder ' || aanbieder_agb, concern = 'Concern'")


def _fill_rest(con: duckdb.DuckDBPyConnection) -> None:
    namen = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")
    _insert(con, "kern.aanbieder", [{"aanbieder_agb": a, "naam": f"Aanbieder {a}"} for a in namen])
    wijken = [
        ("WK039201", "Oude Stad", 1, 1),
        ("WK039202", "Houtvaart", 1, 2),
        ("WK039203", "Meerwijk", 2, 1),
    ]
    rijen: list[dict[str, object]] = [
        {"jaar": 2026, "wijkcode": w, "wijknaam": n, "stadsdeel": "Centrum", "rij": r, "kolom": k}
        for w, n, r, k in wijken
    ]
    rijen.append(
        {
            "jaar": 2026,
            "wijkcode": "onbekend",
            "wijknaam": "onbekend",
            "stadsdeel": None,
            "rij": None,
            "kolom": None,
        }
    )
    _insert(con, "kern.wijk", rijen)
    _insert(
        con,
        "mart.bevolking_wijk",
        [
            {"jaar": 2025, "gemeentecode": GM, "wijkcode": w, "leeftijdsgroep": g, "inwoners": 500}
            for w, *_ in wijken
            for g in ("0-17", "18-64")
        ],
    )
    stroom = [("totaal", "totaal", 81, 3, 1), ("wet", "Wmo", 56, 12, 10), ("aanbieder", "A1", 36, 2, 1)]
    stroom += [
        ("aanbieder", "A2", 10, 1, 2),
        ("aanbieder", "A3", 6, 0, 0),
        ("aanbieder", "A4", 4, 4, 0),
        ("aanbieder", "A7", 50, 5, 5),
    ]
    _insert(
        con,
        "mart.stroom_maand",
        [
            {
                "maand": m,
                "gemeentecode": GM,
                "niveau": niveau,
                "cel": cel,
                "begin": begin,
                "instroom": ins,
                "uitstroom": uit,
                "bijkomend": 0,
                "doorstroom_in": 0,
                "doorstroom_uit": 0,
                "afgevallen": 0,
                "eind": begin + ins - uit,
                "voorlopig": m >= date(2026, 7, 1),
                "begin_onzeker": False,
            }
            for m in month_range(VAN, TOT)
            for niveau, cel, begin, ins, uit in stroom
        ],
    )
    con.execute("INSERT INTO mart.breuk VALUES ('2025-01-01', 'Wmo', ?, 'nieuw contract', 'besluit')", [BEG])
    con.execute("""INSERT INTO meta.begrip VALUES ('realisatie', 'Realisatie', 'Wat zorg in deze maanden kostte.',
        'som', 'euro', 'METHODEN 11', 'mart.uitgaven_maand')""")
    con.execute("""INSERT INTO mart.laadlog BY NAME SELECT TIMESTAMP '2026-10-31 09:30:00' AS geladen_op,
        'bericht.xml' AS naam, 'abc' AS sha256, 'wmo323' AS berichttype, 'deels' AS status, 4 AS regels,
        3 AS regels_geladen, 1 AS regels_quarantaine, 58000 AS bedrag_cent, 43500 AS bedrag_geladen_cent,
        14500 AS bedrag_quarantaine_cent, '{"datum": 1}' AS redenen""")
    con.execute("""INSERT INTO mart.quarantaine VALUES ('x', '0392', 'bericht.xml', 'wmo323', 4, 'R4', 'Begindatum',
        'datum', 'geen geldige datum', 14500)""")
    con.execute("""INSERT INTO mart.declaratiecontrole BY NAME SELECT '0392' AS gemeentecode, 'x' AS bericht_id,
        'wmo323' AS berichttype, n AS regel_nr, 'TR314' AS regel, '8021' AS retourcode,
        'Het referentienummer is al gebruikt.' AS omschrijving FROM range(3) AS r(n)""")
    con.execute("""INSERT INTO mart.declaratiecontrole BY NAME
        SELECT '0392' AS gemeentecode, b AS bericht_id, 'Wmo' AS wet, agb AS aanbieder_agb, n AS regel_nr, r AS regel,
            o AS oorzaak, 'standaard' AS soort, t AS omschrijving, ref AS referentienummer, c AS bedrag_cent,
            s AS op_het_spel_cent, s = 0 AS afgekeurd, DATE '2026-05-01' AS levermaand,
            TIMESTAMP '2026-06-05' AS ontvangen_op, v AS verwacht, g AS gevonden
        FROM (VALUES
            ('m1', 'A1', 1, 'TR321', 'volume', 'Te veel volume.', 'R10', 50000, 50000, 'hoogstens 20', '25'),
            ('m1', 'A1', 1, 'TR322', 'volume', 'Te veel volume samen.', 'R10', 50000, 50000, 'hoogstens 90', '95'),
            ('m1', 'A1', 2, 'TR418', 'tarief', 'Ander tarief.', 'R11', 30000, 0, '€ 60,00', '€ 63,00'),
            ('m2', 'A2', 1, 'TR338', 'toewijzing', 'Onbekende toewijzing.', 'R12', 12000, 12000, NULL, NULL)
        ) AS x(b, agb, n, r, o, t, ref, c, s, v, g)""")
    con.execute("""INSERT INTO mart.aansluiting VALUES ('0392', 'berichten - lake', 'Wmo', 2026, 'cent', 58000, 43500,
        14500, 'quarantaine', 14500)""")
    con.execute("INSERT INTO meta.\"check\" VALUES ('centen_gelijk', 'centen in lake = kern', 0, true)")


@cache
def read_real_tables() -> tuple[tuple[str, str], ...]:
    """Every table of kern and mart with its columns, as a build of a tiny lake makes them."""
    with tempfile.TemporaryDirectory() as map_:
        uit = Path(map_) / "echt.duckdb"
        regel = {"periode_begin": "2026-05-01", "bedrag_cent": 10000}
        build(write_lake(Path(map_) / "lake", {"declaratieregel": [regel]}), uit, date(2026, 10, 31))
        with duckdb.connect(str(uit.resolve()), read_only=True) as con:
            rijen = con.execute("""
                SELECT table_schema || '.' || table_name,
                       string_agg('"' || column_name || '" ' || data_type, ', ' ORDER BY ordinal_position)
                FROM information_schema.columns WHERE table_schema IN ('kern', 'mart') GROUP BY 1 ORDER BY 1
            """).fetchall()
    return tuple(rijen)


def _complete(con: duckdb.DuckDBPyConnection) -> None:
    """Tables that this city does not fill itself, empty, so that the dashboard finds all it may ask for."""
    for tabel, kolommen in read_real_tables():
        con.execute(f"CREATE TABLE IF NOT EXISTS {tabel} ({kolommen})")


def _fill_knoppen(con: duckdb.DuckDBPyConnection) -> None:
    """Where each product stands: twelve months up to July 2026, nobody comes or goes."""
    _insert(
        con,
        "mart.knop_basis",
        [
            {
                "gemeentecode": GM,
                "wet": z.wet,
                "hoofdproduct": z.hoofdproduct,
                "productgroep": z.productgroep,
                "product": z.product,
                "zwaarte": z.zwaarte,
                "zwaarte_rang": z.rang,
                "eenheid": z.eenheid,
                "van": date(2025, 7, 1),
                "tot": date(2026, 7, 1),
                "clienten": len(z.clienten),
                "clienten_maand": float(len(z.clienten)),
                "clienten_laatste": len(z.clienten),
                "instroom_maand": 0.0,
                "uitstroom_maand": 0.0,
                "volume_per_clientmaand": float(z.volume),
                "toegewezen_per_clientmaand": z.volume * 1.25,
                "prijs_cent": float(z.tarief_cent),
                "realisatie_cent": 12 * len(z.clienten) * z.volume * z.tarief_cent,
            }
            for z in ZORG
        ],
    )


ONTLEED = (
    # hoofdproduct, productgroep, product, wijk, aanbieder, 2025, 2026 and the effects (euros); A3 has six clients
    (
        HO,
        "Huishouden",
        "Hulp bij het huishouden",
        "WK039201",
        "A1",
        90_000,
        105_000,
        {"clienten": 12_000, "tariefindex": 3_000},
    ),
    (HO, "Huishouden", "Hulp bij het huishouden", "WK039202", "A3", 10_000, 9_000, {"uitnutting": -1_000}),
    (BEG, "Begeleiding", "Begeleiding", "WK039201", "A1", 30_000, 26_000, {"duur": -5_000, "prijs": 1_000}),
    (DAG, "Dagbesteding", "Dagbesteding", "WK039201", "A5", 20_000, 20_500, {"mix": 400, "stapeling": 100}),
)


# What stands behind the rows of huishouden at A1 and of begeleiding: clients, days, assigned, delivered, index
FACTOREN = {
    (HO, "A1"): ((100, 28_000, 16_000, 12_000), (110, 30_800, 17_600, 15_400), 1.03),
    (BEG, "A1"): ((10, 2_800, 800, 600), (10, 2_240, 640, 480), 1.0),
}


def _factors_of(hoofd: str, agb: str) -> dict[str, object]:
    """Ingredients of a row of ONTLEED, zero where it has none."""
    leeg = (0, 0, 0, 0)
    *zijden, index = FACTOREN.get((hoofd, agb), (leeg, leeg, 1.0))
    rij: dict[str, object] = {"tariefindex": index}
    for t, zijde in enumerate(zijden):
        clienten, dagen, toegewezen, volume = zijde  # type: ignore[misc]
        rij |= {f"clienten_{t}": clienten, f"clientdagen_{t}": dagen, f"productdagen_{t}": dagen}
        rij |= {f"toegewezen_volume_{t}": toegewezen, f"volume_{t}": volume}
    return rij


def _fill_ontleding(con: duckdb.DuckDBPyConnection) -> None:
    """Two views of the same change of January to September: per wijk and per aanbieder."""
    perioden = dict(
        zip(
            ("van_0", "tot_0", "van_1", "tot_1"),
            (date(2025, 1, 1), date(2025, 10, 1), date(2026, 1, 1), TOT),
            strict=True,
        )
    )
    rijen: list[dict[str, object]] = []
    for hoofd, groep, product, wijk, agb, eerst, daarna, effecten in ONTLEED:
        for weergave, waar in (("wijk", {"wijkcode": wijk}), ("aanbieder", {"aanbieder_agb": agb})):
            rijen.append(
                {
                    "gemeentecode": GM,
                    "vergelijking": "jaar tot nu",
                    "rijpheid": "even jong",
                    "weergave": weergave,
                    "peil_0": "toen",
                    **perioden,
                    "wet": "Wmo",
                    "hoofdproduct": hoofd,
                    "productgroep": groep,
                    "product": product,
                    "zwaarte": "n.v.t.",
                    "eenheid": "04",
                    **waar,
                    "realisatie_0_cent": eerst * 100,
                    "realisatie_1_cent": daarna * 100,
                    "verschil_cent": (daarna - eerst) * 100,
                    "bedrag_0_cent": eerst * 100 * ((hoofd, agb) in FACTOREN),
                    "bedrag_1_cent": daarna * 100 * ((hoofd, agb) in FACTOREN),
                    **_factors_of(hoofd, agb),
                    **{f"effect_{e}_cent": 100 * effecten.get(e, 0) for e in EFFECTEN},
                }
            )
    # the same once more on estimates: a whole account of its own, never to be added to the first
    geschat = [r | {"rijpheid": GESCHAT, "peil_0": "nu"} for r in rijen]
    _insert(con, "mart.pq_effect", rijen + geschat)


VOORSPELD = (
    # niveau, wet, hoofdproduct, P10, P50, P90, budget and chance (thousands of euros)
    ("totaal", "totaal", None, 350, 373, 400, 365, 0.62),
    ("wet", "Wmo", None, 230, 238, 246, 250, 0.04),
    ("wet", "Jeugdwet", None, 120, 135, 154, 115, 0.97),
    ("hoofdproduct", "Wmo", HO, 140, 144, 148, 150, 0.10),
    ("hoofdproduct", "Wmo", BEG, 62, 65, 69, 60, 0.95),
    ("hoofdproduct", "Wmo", DAG, 28, 29, 30, None, None),
    ("hoofdproduct", "Jeugdwet", JEUGD, 120, 135, 154, 115, 0.97),
)


def _fill_prognose(con: duckdb.DuckDBPyConnection) -> None:
    """A forecast of 2026 by two methods, 'voorraad' the one that earned it; and their record."""
    rijen: list[dict[str, object]] = []
    for niveau, wet, hoofd, p10, p50, p90, begroot, kans in VOORSPELD:
        for methode, factor in (("voorraad", 1), ("lineair", 2)):
            rijen.append(
                {
                    "jaar": 2026,
                    "gemeentecode": GM,
                    "wet": wet,
                    "hoofdproduct": hoofd,
                    "methode": methode,
                    "p10_cent": p10 * 100_000 * factor,
                    "p50_cent": p50 * 100_000 * factor,
                    "p90_cent": p90 * 100_000 * factor,
                    "begroting_cent": None if begroot is None else begroot * 100_000,
                    "kans_overschrijding": kans,
                    "gerealiseerd_cent": p50 * 70_000,
                    "nagekomen_cent": p50 * 1_000,
                    "nog_te_leveren_cent": p50 * 29_000 * factor,
                    "standaard": methode == "voorraad",
                    "niveau": niveau,
                }
            )
    _insert(con, "mart.prognose", rijen)
    terug: list[dict[str, object]] = [
        {
            "gemeentecode": GM,
            "wet": wet,
            "methode": methode,
            "peilmaand": maand,
            "aantal": 6 if maand else 72,
            "afwijking_fractie": 0.001,
            "fout_fractie": fout,
            "dekking_fractie": 0.79,
            "standaard": methode == "voorraad",
        }
        for wet in ("totaal", "Wmo", "Jeugdwet")
        for methode, fout in (("voorraad", 0.012), ("lineair", 0.048))
        for maand in (None, *range(1, 13))
    ]
    _insert(con, "mart.prognose_methode", terug)


def write_snapshot(
    bestand: Path, *, leeg: bool = False, generatie: str = "g1", voorbeeld: bool = True
) -> Path:
    """Write the city of this module (or an empty one) as a DuckDB file."""
    with duckdb.connect(str(bestand)) as con:
        for schema in ("meta", "kern", "mart"):
            con.execute(f"CREATE SCHEMA {schema}")
        for tabel, kolommen in TABELLEN.items():
            con.execute(f"CREATE TABLE {tabel} ({kolommen})")
        _complete(con)
        maanden = (None, None, None) if leeg else (VAN, add_months(TOT, -1), date(2026, 7, 1))
        con.execute(
            "INSERT INTO meta.snapshot VALUES (?, ?, TIMESTAMP '2026-11-01 06:00:00', ?, ?, ?, ?, '7')",
            [date(2026, 10, 31), generatie, *maanden, voorbeeld],
        )
        if not leeg:
            _fill_maand(con)
            _fill_geld(con)
            _fill_rest(con)
            _fill_knoppen(con)
            _fill_ontleding(con)
            _fill_prognose(con)
            fill_strategisch(con)
    return bestand
