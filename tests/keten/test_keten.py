"""The whole chain on one small city: what was written is what log, lake and snapshot hold."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.conftest import Keten, run_command

pytestmark = pytest.mark.xdist_group("keten")

REGEL_MET_TOEWIJZING = """
SELECT r.wet, r.aanbieder_agb, r.referentienummer
FROM kern.declaratieregel r
LEFT JOIN kern.toewijzing t USING (wet, gemeentecode, toewijzing_sleutel)
"""
# How each deliberate fault shows in kern; written from NASLAG 4.1, not from the generator.
KENMERK = {
    "onbekend toewijzingnummer": "WHERE t.toewijzing_sleutel IS NULL",
    "andere bsn": "WHERE t.client_id <> r.client_id",
    "buiten toewijzing": "WHERE r.periode_begin < t.ingangsdatum OR r.periode_eind > t.einddatum",
}


@pytest.fixture(scope="module")
def verwacht(keten: Keten) -> dict[str, Any]:
    gelezen: dict[str, Any] = json.loads((keten.voorbeeld / "verwacht.json").read_text(encoding="utf-8"))
    return gelezen


@pytest.fixture(scope="module")
def con(keten: Keten) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(keten.snapshot.resolve()), read_only=True) as verbinding:
        yield verbinding


@pytest.fixture(scope="module")
def logboek(keten: Keten) -> list[dict[str, Any]]:
    uit = json.loads(run_command("etl", "log", "--lake", str(keten.lake), "--json").stdout)
    return list(uit["files"] if isinstance(uit, dict) else uit)


def test_log_tells_files_lines_and_cents_of_each_message(
    verwacht: dict[str, Any], logboek: list[dict[str, Any]]
) -> None:
    for soort in verwacht["berichten"]:
        rijen = [r for r in logboek if r["berichttype"] == soort["berichttype"] and r["status"] != "dubbel"]
        assert len(rijen) == soort["bestanden"], soort
        assert sum(r["regels"] for r in rijen) == soort["regels"], soort
        assert sum(r["bedrag_cent"] for r in rijen) == soort["bedrag_cent"], soort


def test_only_the_copies_are_not_loaded(verwacht: dict[str, Any], logboek: list[dict[str, Any]]) -> None:
    """The same bytes under another name are `dubbel`, one of each pair; all else loads whole."""
    kopieen = [b for b in verwacht["fouten"]["bijzonder"] if b["soort"] == "zelfde bestand nogmaals"]
    anders = [r for r in logboek if r["status"] != "geladen"]
    assert kopieen
    assert [r["status"] for r in anders] == ["dubbel"] * len(kopieen)
    geladen = {r["sha256"] for r in logboek if r["status"] == "geladen"}
    assert {r["sha256"] for r in anders} <= geladen
    assert sum(r["regels_quarantaine"] for r in logboek) == 0


def test_second_content_under_one_identity_is_kept_but_does_not_count(
    verwacht: dict[str, Any], con: duckdb.DuckDBPyConnection
) -> None:
    tweede = [b for b in verwacht["fouten"]["bijzonder"] if b["soort"] == "zelfde identiteit, andere inhoud"]
    gezien = con.execute("SELECT sum(bedrag_cent)::BIGINT FROM kern.bericht WHERE NOT eerste").fetchone()
    getoond = con.execute(
        """SELECT sum(verschil)::BIGINT FROM mart.aansluiting
           WHERE stap = 'lake naar kern' AND grootheid = 'cent' AND jaar = 2026"""
    ).fetchone()
    assert tweede
    assert gezien == (sum(b["bedrag_cent"] for b in tweede),)
    assert getoond is not None
    assert getoond[0] >= gezien[0]


def test_extract_rows_are_all_there(verwacht: dict[str, Any], logboek: list[dict[str, Any]]) -> None:
    regels = {r["naam"].removesuffix(".csv").rsplit("/", 1)[-1]: r["regels"] for r in logboek}
    for extract in verwacht["extracten"]:
        assert regels[extract["naam"]] == extract["rijen"], extract["naam"]


def test_submitted_cents_per_levermaand_reach_kern(
    verwacht: dict[str, Any], con: duckdb.DuckDBPyConnection
) -> None:
    uit = con.execute(
        """SELECT strftime(levermaand, '%Y-%m'), wet, count(*), sum(bedrag_cent)::BIGINT
           FROM kern.declaratieregel GROUP BY ALL"""
    ).fetchall()
    gevonden = {(maand, wet): (regels, cent) for maand, wet, regels, cent in uit}
    bedoeld = {(r["levermaand"], r["wet"]): (r["regels"], r["bedrag_cent"]) for r in verwacht["levermaanden"]}
    assert gevonden == bedoeld


def test_realisatie_per_levermaand_is_submitted_minus_rejected(
    verwacht: dict[str, Any], con: duckdb.DuckDBPyConnection
) -> None:
    uit = con.execute(
        """SELECT strftime(levermaand, '%Y-%m'), wet, sum(realisatie_cent)::BIGINT
           FROM mart.pq_maand GROUP BY ALL"""
    ).fetchall()
    gevonden = {(maand, wet): cent for maand, wet, cent in uit}
    for r in verwacht["levermaanden"]:
        assert gevonden[r["levermaand"], r["wet"]] == r["bedrag_cent"] - r["afgekeurd_cent"], r


@pytest.mark.parametrize("soort", KENMERK)
def test_every_planted_fault_can_be_seen_in_kern(
    soort: str, verwacht: dict[str, Any], con: duckdb.DuckDBPyConnection
) -> None:
    """Each planted line is found by its rule; a fault that was planted nowhere would prove nothing."""
    bedoeld = {
        (r["wet"], r["aanbieder"], r["referentienummer"])
        for r in verwacht["fouten"]["regels"]
        if r["soort"] == soort
    }
    gevonden = set(con.execute(REGEL_MET_TOEWIJZING + KENMERK[soort]).fetchall())
    assert bedoeld
    assert bedoeld <= gevonden


def test_lines_of_an_unknown_product_stay_in_sight(
    verwacht: dict[str, Any], con: duckdb.DuckDBPyConnection
) -> None:
    eigen = [r for r in verwacht["fouten"]["regels"] if r["soort"] == "eigen productcode"]
    regels = con.execute("SELECT sum(regels) FROM mart.pq_maand WHERE product = 'onbekend'").fetchone()
    assert eigen
    assert regels is not None
    assert regels[0] >= len([r for r in eigen if not r["afgekeurd"]])


def test_wrong_header_totals_are_reported(verwacht: dict[str, Any], logboek: list[dict[str, Any]]) -> None:
    koppen = [k for k in verwacht["fouten"]["koppen"] if k["regel"] == "TR358" and k.get("als") != "extract"]
    gemeld = sum("bevinding:TR358" in r["redenen"] for r in logboek)
    assert koppen
    assert gemeld == len(koppen)


def test_all_checks_of_the_snapshot_hold(con: duckdb.DuckDBPyConnection) -> None:
    uit = con.execute('SELECT naam, gevonden FROM meta."check" WHERE NOT ok').fetchall()
    aantal = con.execute('SELECT count(*) FROM meta."check"').fetchone()
    assert uit == []
    assert aantal is not None
    assert aantal[0] >= 10


def test_no_bsn_postcode_or_birth_date_in_the_lake(keten: Keten) -> None:
    """Byte scan of the lake for what the client extract holds; Parquet is decoded first."""
    with duckdb.connect() as lees:
        personen = lees.execute(
            """SELECT DISTINCT bsn, postcode, geboortedatum
               FROM read_csv(?, delim=';', header=true, all_varchar=true)""",
            [str(keten.voorbeeld / "extracten" / "clienten.csv")],
        ).fetchall()
        assert len(personen) > 100
        verboden = {w.encode() for rij in personen for w in rij if w}
        bestanden = [p for p in keten.lake.rglob("*") if p.is_file()]
        assert bestanden
        for pad in bestanden:
            bytes_ = pad.read_bytes()
            if pad.suffix == ".parquet":
                rijen = lees.execute("SELECT * FROM read_parquet(?)", [str(pad)]).fetchall()
                bytes_ += "\x1f".join(str(w) for rij in rijen for w in rij).encode()
            woorden = set(bytes_.replace(b"\x1f", b" ").split())
            assert not (verboden & woorden), pad.name
