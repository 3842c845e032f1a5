"""The door: roles by page, the reader's rules, and what an attacker may try."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard.access import identity
from dashboard.access.audit import LogboekError, find_break, write_line
from dashboard.access.door import Identiteit, Toegang
from dashboard.access.reader import Lezer, NietToegestaanError, check_rule
from dashboard.access.roles import Regels, ToegangError, load_regels
from dashboard.access.snapshot import Bron, Snapshot, SnapshotError, SnapshotOntbreektError
from dashboard.access.suppress import Clienten, Geen, Gemiddelde
from dashboard.filters import Filters
from dashboard.reading import aanbieder, pq, stad, stroom, uitnutting, verloop
from dashboard.reading.keuzes import read_aanbieders
from tests.dashboard.bezoek import make_lezer
from tests.dashboard.proefstad import write_snapshot

Maak = Callable[..., Lezer]
Kijk = Callable[..., Filters]


@pytest.mark.parametrize(
    ("rol", "niveaus", "cel"),
    [
        ("wethouder", {"strategisch"}, 10),
        ("directie", {"strategisch", "tactisch"}, 10),
        ("budgethouder", {"strategisch", "tactisch"}, 5),
        ("contractmanager", {"strategisch", "tactisch", "operationeel"}, 10),
        ("beheer", {"beheer"}, 10),
    ],
)
def test_the_delivered_roles(regels: Regels, rol: str, niveaus: set[str], cel: int) -> None:
    assert set(regels.rollen[rol].niveaus) == niveaus
    assert regels.rollen[rol].kleinste_cel == cel


def test_only_the_contractmanager_goes_down_to_one_and_is_logged(regels: Regels) -> None:
    eigen = {r.naam: r.kleinste_cel_eigen for r in regels.rollen.values() if r.kleinste_cel_eigen is not None}
    assert eigen == {"contractmanager": 1}
    assert [r.naam for r in regels.rollen.values() if r.inzagelog] == ["contractmanager"]


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "[rol.x]\nniveaus = ['strategisch']",
        "[rol.x]\nniveaus = ['strategisch']\nkleinste_cel = 0",
        "[rol.x]\nniveaus = ['strategisch']\nkleinste_cel = true",
        "[rol.x]\nniveaus = ['alles']\nkleinste_cel = 10",
        "[rol.x]\nniveaus = ['strategisch']\nkleinste_cel = 10\nkleinste_cel_eigen = 1",
        "[rol.x]\nniveaus = ['strategisch']\nkleinste_cel = 10\nallesmag = true",
        "[rol.x]\nniveaus = ['strategisch']\nkleinste_cel = 10\n[[gebruiker]]\nid='a'\nrol='y'",
        "dit is geen toml",
    ],
)
def test_unclear_rules_are_refused_not_guessed(tmp_path: Path, tekst: str) -> None:
    bestand = tmp_path / "toegang.toml"
    bestand.write_text(tekst)
    with pytest.raises(ToegangError):
        load_regels(bestand)


def test_a_role_comes_from_the_claim_or_the_list(tmp_path: Path) -> None:
    bestand = tmp_path / "toegang.toml"
    bestand.write_text(
        "[rol.a]\nniveaus=['strategisch']\nkleinste_cel=10\n[rol.b]\nniveaus=['tactisch']\nkleinste_cel=10\n"
        "[[gebruiker]]\nid='ina@gemeente.nl'\nrol='b'"
    )
    r = load_regels(bestand)
    assert r.find_rollen({"roles": ["b", "onbekend"]}) == ["b"]
    assert r.find_rollen({"roles": ["onbekend"]}) == []
    assert r.find_rollen({"preferred_username": "ina@gemeente.nl"}) == ["b"]
    assert r.find_rollen({"email": "ina@gemeente.nl"}) == [], "an unverified address proves nothing"
    assert r.find_rollen({"email": "ina@gemeente.nl", "email_verified": True}) == ["b"]
    assert r.find_rollen({}) == []


@pytest.mark.parametrize(
    ("server", "bezoeker", "headers", "mag"),
    [
        ("127.0.0.1", None, {"Host": "localhost:8501"}, True),
        ("localhost", "127.0.0.1", {"Host": "127.0.0.1:8501"}, True),
        ("::1", "::1", {"Host": "[::1]:8501"}, True),
        (None, None, {"Host": "localhost"}, False),
        ("0.0.0.0", None, {"Host": "localhost"}, False),
        ("127.0.0.1", "10.0.0.5", {"Host": "localhost"}, False),
        ("127.0.0.1", None, {"Host": "stuurinfo.gemeente.nl"}, False),
        ("127.0.0.1", None, {"Host": "localhost", "X-Forwarded-For": "10.0.0.5"}, False),
    ],
)
def test_the_demo_is_for_this_machine_alone(
    server: str | None, bezoeker: str | None, headers: dict[str, str], mag: bool
) -> None:
    assert identity.is_local_visit(server, bezoeker, headers) is mag


def test_a_sign_in_ends() -> None:
    assert not identity.is_too_old({"auth_time": 1000}, 1000 + 8 * 3600, 8)
    assert identity.is_too_old({"auth_time": 1000}, 1001 + 8 * 3600, 8)
    assert not identity.is_too_old({"iat": 1000.0}, 2000, 8)
    assert identity.is_too_old({}, 2000, 8)
    assert identity.is_too_old({"iat": "vandaag"}, 2000, 8)


@pytest.mark.parametrize(
    ("sql", "regel"),
    [
        ("SELECT * FROM wh.mart.client_maand", Clienten()),
        ("SELECT * FROM mart.client_maand", Clienten()),
        ("SELECT * FROM kern . declaratieregel", Geen("x")),
        ('SELECT * FROM "wh"."mart"."pq_maand"', Geen("x")),
        ("SELECT * FROM stad.pq_maand", Geen("x")),
        ("SELECT * FROM eigen.pq_maand", Geen("x")),
        ("SELECT * FROM ander.pq_maand", Clienten()),
        ("SELECT * FROM stad.pq_maand", Clienten(eigen=True)),
        ("SELECT * FROM stad.pq_maand", Clienten(telt_op=())),
        ("WITH a AS (FROM stad.pq_maand ORDER BY product) SELECT * FROM a", Clienten(ook_op=(("product",),))),
    ],
)
def test_a_query_beyond_its_rule_is_refused(sql: str, regel: Clienten | Geen | Gemiddelde) -> None:
    with pytest.raises(NietToegestaanError):
        check_rule(sql, regel)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/uit.csv'",
        "ATTACH '/tmp/x.duckdb'",
        "SET memory_limit = '9GB'",
        "INSTALL excel",
        "DELETE FROM wh.mart.pq_maand",
        "SET enable_external_access = true",
    ],
)
def test_the_engine_is_locked(snapshot: Snapshot, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        snapshot.cursor().execute(sql)


def test_without_a_scope_own_rows_are_none(snapshot: Snapshot) -> None:
    assert snapshot.cursor().execute("SELECT count(*) FROM eigen.pq_maand").fetchall() == [(0,)]


def test_the_city_has_no_aanbieder_to_filter_on(snapshot: Snapshot) -> None:
    assert snapshot.cursor().execute("SELECT DISTINCT aanbieder_agb FROM stad.pq_maand").fetchall() == [
        (None,)
    ]


def test_no_pseudonym_can_be_named(snapshot: Snapshot) -> None:
    for schema in ("stad", "eigen", "ander"):
        for zicht in ("client_maand", "client_maand_toen"):
            kolommen = snapshot.cursor().execute(f"DESCRIBE {schema}.{zicht}").fetchall()
            assert [k[1] for k in kolommen if k[0].startswith("client_")] == ["INTEGER"]


def test_a_snapshot_without_numbers_counts_the_same(stad: Path, tmp_path: Path, kijk: Kijk) -> None:
    bestand = Path(shutil.copy(stad, tmp_path / "oud.duckdb"))
    with duckdb.connect(str(bestand)) as con:
        for tabel in ("client_maand", "client_maand_toen"):
            con.execute(f"ALTER TABLE mart.{tabel} DROP COLUMN client_nr")
    # 16 with begeleiding, 40 with huishoudelijke ondersteuning, 25 young: dagbesteding is for ten of the 16
    for maak in (make_lezer(bestand), make_lezer(stad)):
        assert verloop.read_totaal(maak(), kijk())["clienten"] == 81
        assert verloop.read_totaal(maak(), kijk(aanbieder="A1"))["clienten"] == 36


def test_a_scope_does_not_leak_to_the_next_query(lezer: Maak, kijk: Kijk) -> None:
    f = kijk(aanbieder="A2")
    assert verloop.read_totaal(lezer(1, None), f)["clienten"] == 10
    assert verloop.read_totaal(lezer(1, ("A1",)), f)["clienten"] == 0
    assert verloop.read_totaal(lezer(1, None), f)["clienten"] == 10


def test_what_is_kept_is_kept_within_its_reach(lezer: Maak) -> None:
    assert set(read_aanbieders(lezer(10))) > {"A1", "A2"}
    assert set(read_aanbieders(lezer(10, ("A1",)))) == {"A1"}
    assert set(read_aanbieders(lezer(10, ()))) == set()
    assert set(read_aanbieders(lezer(10, ("A2",)))) == {"A2"}


def test_one_query_under_two_rules_gives_a_frame_under_each(lezer: Maak, kijk: Kijk) -> None:
    # in one wijk five clients, in another 25: of the former the first rule hides the number, the second all
    sql = """SELECT wijkcode, count(DISTINCT client_id) AS clienten, count(*) AS rijen FROM bron.client_maand
             WHERE @maanden GROUP BY wijkcode ORDER BY wijkcode"""
    los, samen = lezer(10).read_each(sql, [Clienten(), Clienten("clienten", ("rijen",))], kijk().params)
    assert los["clienten"].to_list() == samen["clienten"].to_list() == [51, None, 25]
    assert los["rijen"].to_list() == [9 * 61, 9 * 5, 9 * 25]
    assert samen["rijen"].to_list() == [9 * 61, None, 9 * 25]
    assert lezer(1).read_each(sql, [Clienten()], kijk().params)[0]["clienten"].to_list() == [51, 5, 25]


def test_a_contractmanager_reads_no_other_aanbieder(lezer: Maak, kijk: Kijk) -> None:
    eigen = lezer(10, ("A1",), 1)
    f = kijk(aanbieder="A2")
    assert verloop.read_totaal(eigen, f) == {"realisatie_cent": 0, "clienten": 0}
    assert aanbieder.read_producten(eigen, f).height == 0
    assert aanbieder.read_wijken(eigen, f).height == 0
    assert aanbieder.read_contract(eigen, f).height == 0
    assert pq.read_tabel(eigen, f, "product").height == 0
    assert stroom.read_stroom_totaal(eigen, f) is None
    assert uitnutting.read_maanden(eigen, f)["geleverd_cent"].sum() == 0


def test_own_cells_go_down_to_one_and_the_city_does_not(lezer: Maak, kijk: Kijk) -> None:
    eigen = lezer(10, ("A1", "A4"), 1)
    zwaar = aanbieder.read_producten(eigen, kijk(aanbieder="A1")).filter(zwaarte="zwaar")
    assert zwaar["clienten"].to_list() == [4]
    assert zwaar["realisatie_cent"].to_list() == [9 * 4 * 8 * 8000]
    stad_zwaar = pq.read_tabel(eigen, kijk(product="Begeleiding"), "zwaarte").filter(deel="zwaar")
    assert stad_zwaar["clienten"].to_list() == [None]


def test_comparison_is_an_average_of_at_least_three(lezer: Maak, kijk: Kijk) -> None:
    eigen = lezer(10, ("A1",), 1)
    # A2, A3 and A4 live on huishoudelijke ondersteuning too: 10, 6 and 4 clients, € 300 a month, nine months.
    ander = aanbieder.read_anderen(eigen, kijk(aanbieder="A1"), "Huishoudelijke ondersteuning")
    assert ander is not None
    assert ander["anderen"] == 3
    assert ander["realisatie_cent"] == pytest.approx(20 * 30_000 * 9 / 3)
    assert ander["clienten"] == pytest.approx(20 / 3)
    assert ander["instroom"] == pytest.approx((1 + 0 + 4) * 9 / 3)
    assert aanbieder.read_anderen(eigen, kijk(aanbieder="A1"), "Dagbesteding") is None


def test_ten_hides_what_five_shows(lezer: Maak, kijk: Kijk) -> None:
    f = kijk(wijk="WK039202")  # five clients live there
    assert verloop.read_totaal(lezer(10), f) == {"realisatie_cent": None, "clienten": None}
    assert verloop.read_totaal(lezer(5), f) == {"realisatie_cent": 5 * 30_000 * 9, "clienten": 5}


def test_the_map_hides_a_small_wijk_and_the_next(lezer: Maak, kijk: Kijk) -> None:
    per = {r["wijkcode"]: r for r in stad.read_wijken(lezer(10), kijk()).iter_rows(named=True)}
    assert per["WK039201"]["clienten"] == 51
    assert per["WK039201"]["per_1000"] == pytest.approx(51.0)
    assert per["WK039202"]["clienten"] is None and per["WK039202"]["per_1000"] is None
    assert per["WK039203"]["clienten"] is None, "otherwise the total minus the rest tells the five"


@pytest.mark.parametrize("waarde", ["' OR 1=1 --", "Wmo'; DROP TABLE x", "%", "__", "Wmo\x00", "wmo"])
def test_what_is_not_a_choice_is_not_asked(kijk: Kijk, waarde: str) -> None:
    f = kijk(wet=waarde, wijk=waarde, aanbieder=waarde, productgroep=waarde, periode=waarde)
    assert (f.wet, f.wijk, f.aanbieder, f.productgroep) == (None, None, None, None)
    assert f.periode.sleutel == "2026"


def test_values_are_bound_even_when_a_check_is_forgotten(lezer: Maak, kijk: Kijk) -> None:
    f = kijk()
    vals = Filters(periode=f.periode, wet="x' OR '1'='1")
    assert verloop.read_totaal(lezer(1), vals) == {"realisatie_cent": 0, "clienten": 0}


def test_a_newer_snapshot_is_seen_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    een = write_snapshot(tmp_path / "s.g1.duckdb", generatie="g1")
    link = tmp_path / "s.duckdb"
    link.symlink_to(een.name)
    bron = Bron(link)
    oud = bron.current()
    assert oud.meta.generatie == "g1"
    assert bron.current() is oud
    twee = write_snapshot(tmp_path / "s.g2.duckdb", generatie="g2", leeg=True)
    nieuw = tmp_path / "nieuw"
    nieuw.symlink_to(twee.name)
    nieuw.replace(link)
    assert bron.current().meta.generatie == "g2"
    assert oud.cursor().execute("SELECT count(*) > 0 FROM stad.pq_maand").fetchall() == [(True,)]


def test_without_links_the_newest_generation_counts(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "s.g1.duckdb", generatie="g1", leeg=True)
    twee = write_snapshot(tmp_path / "s.g2.duckdb", generatie="g2", leeg=True)
    os.utime(tmp_path / "s.g1.duckdb", (1, 1))
    assert Bron(tmp_path / "s.duckdb").current().bestand == twee


def test_no_file_and_no_snapshot_say_so(tmp_path: Path) -> None:
    with pytest.raises(SnapshotOntbreektError):
        Bron(tmp_path / "er_is_niets.duckdb").current()
    (tmp_path / "rommel.duckdb").write_bytes(b"geen database" * 1000)
    with pytest.raises(SnapshotError):
        Bron(tmp_path / "rommel.duckdb").current()
    duckdb.connect(str(tmp_path / "kaal.duckdb")).close()
    with pytest.raises(SnapshotError):
        Bron(tmp_path / "kaal.duckdb").current()


def test_the_log_shows_when_it_was_changed(tmp_path: Path) -> None:
    for i in range(3):
        write_line(tmp_path, {"gebeurtenis": "inzage", "n": i})
    bestand = tmp_path / "inzage.jsonl"
    assert find_break(bestand) is None
    regels = bestand.read_text().splitlines()
    assert [json.loads(r)["n"] for r in regels] == [0, 1, 2]
    bestand.write_text("\n".join([regels[0], regels[2]]) + "\n")
    assert find_break(bestand) == 2
    bestand.write_text("\n".join([regels[0], regels[1].replace('"n": 1', '"n": 7'), regels[2]]) + "\n")
    assert find_break(bestand) == 2


def test_a_log_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(LogboekError):
        write_line(tmp_path / "bestand", {"gebeurtenis": "inzage"})


def test_no_log_no_download(
    lezer: Maak, regels: Regels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download is made outside the run of a page, where Streamlit has nothing to stop."""
    (tmp_path / "log").write_text("hier past geen map")
    monkeypatch.setenv("STUURINFO_LOG", str(tmp_path / "log"))
    wie = Identiteit(("contractmanager",), "contractmanager", "demo", True, ("A1",))
    with pytest.raises(LogboekError):
        Toegang(regels.rollen["contractmanager"], lezer(), regels, wie).log("download", {"bestand": "x"})
    Toegang(regels.rollen["directie"], lezer(), regels, wie).log("download", {"bestand": "x"})
