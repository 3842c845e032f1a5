"""Start and stop: terms and order by hand (NASLAG 4.4, 4.5), and whole messages.

1 May 2026 is a Friday; a term of five working days from it ends on Friday 8 May, holidays not counted.
"""

from datetime import date
from typing import Any

import pytest

from tests.warehouse.conftest import Snapshot, Vraag
from tests.warehouse.tiny import Row, build, write_lake
from warehouse.build import Options
from warehouse.settings import Settings

TOEWIJZING = {"toewijzing_sleutel": "1", "ingangsdatum": "2026-01-01"}
TIJDELIJK, PLAN = "20", "19"


def start(begin: str, op: str, **anders: Any) -> Row:
    return {
        "begindatum": begin,
        "ontvangen_op": op,
        "bron": "bericht",
        "bericht_id": f"s{begin}{op}",
        **anders,
    }


def stop(begin: str, eind: str, op: str, reden: str = PLAN, **anders: Any) -> Row:
    return {
        "begindatum": begin,
        "einddatum": eind,
        "ontvangen_op": op,
        "reden_beeindiging": reden,
        "bron": "bericht",
        "bericht_id": f"e{eind}{op}",
        **anders,
    }


def regels(vraag: Vraag) -> list[str]:
    return [r for (r,) in vraag("SELECT regel FROM mart.declaratiecontrole ORDER BY regel")]


EEN = start("2026-05-01", "2026-05-04")
KLAAR = stop("2026-05-01", "2026-05-29", "2026-06-01")
GEVALLEN: dict[str, tuple[list[Row], list[Row], list[str]]] = {
    "five working days": ([start("2026-05-01", "2026-05-08")], [], []),
    "six working days": ([start("2026-05-01", "2026-05-11")], [], ["OP271"]),
    "from a Saturday the Monday is the first": ([start("2026-05-02", "2026-05-08")], [], []),
    "from a Saturday, six working days": ([start("2026-05-02", "2026-05-11")], [], ["OP271"]),
    "on the Sunday after five": ([start("2026-05-01", "2026-05-10")], [], []),
    "before the care begins": ([start("2026-05-01", "2026-04-20")], [], []),
    "the toewijzing came later": ([start("2026-03-02", "2026-04-22", toegewezen="2026-04-15")], [], []),
    "six days after it": ([start("2026-03-02", "2026-04-23", toegewezen="2026-04-15")], [], ["OP271"]),
    "a stop in five working days": ([EEN], [stop("2026-05-01", "2026-05-29", "2026-06-05")], []),
    "a stop in six": ([EEN], [stop("2026-05-01", "2026-05-29", "2026-06-08")], ["OP272"]),
    "the final stop after a temporary one has no term": (
        [EEN],
        [
            stop("2026-05-01", "2026-05-29", "2026-06-05", TIJDELIJK),
            stop("2026-05-01", "2026-05-29", "2026-09-01"),
        ],
        [],
    ),
    "start and stop": ([EEN], [KLAAR], []),
    "a corrected start is in time by the first": (
        [
            start("2026-05-04", "2026-05-05"),
            start("2026-05-04", "2026-06-01", status_aanlevering="3", bericht_id="weg"),
            start("2026-05-01", "2026-06-01", bericht_id="goed"),
        ],
        [],
        [],
    ),
    "unknown toewijzing": ([EEN | {"toewijzing_sleutel": "404"}], [], ["TR019"]),
    "without a number, taakgericht": ([EEN | {"toewijzing_sleutel": None}], [], []),
    "deleted what never came": ([start("2026-05-01", "2026-05-04", status_aanlevering="3")], [], ["TR063"]),
    "deleted what an extract told": (
        [
            EEN | {"bron": "extract"},
            start("2026-05-01", "2026-05-06", status_aanlevering="3", bericht_id="weg"),
        ],
        [],
        [],
    ),
    "deleted after the stop": (
        [EEN, start("2026-05-01", "2026-06-02", status_aanlevering="3", bericht_id="weg")],
        [KLAAR],
        ["TR071"],
    ),
    "deleted before the stop, and told again": (
        [
            EEN,
            start("2026-05-01", "2026-05-05", status_aanlevering="3", bericht_id="weg"),
            start("2026-05-01", "2026-05-06", bericht_id="nogmaals"),
        ],
        [KLAAR],
        [],
    ),
    "told twice": ([EEN, EEN | {"bericht_id": "nogmaals", "ontvangen_op": "2026-05-05"}], [], ["TR074"]),
    "in an extract and a message": ([EEN, EEN | {"bron": "extract", "bericht_id": "x"}], [], []),
    "a second start while the first goes on": ([EEN, start("2026-06-01", "2026-06-02")], [], ["TR326"]),
    "a second start after a stop": ([EEN, start("2026-06-01", "2026-06-02")], [KLAAR], []),
    "a second start without a number": (
        [r | {"toewijzing_sleutel": None} for r in (EEN, start("2026-06-01", "2026-06-02"))],
        [],
        [],
    ),
    "a stop on another begin": ([EEN], [KLAAR | {"begindatum": "2026-05-02"}], ["TR382"]),
    "two temporary stops": (
        [EEN],
        [
            stop("2026-05-01", "2026-05-15", "2026-05-18", TIJDELIJK),
            stop("2026-05-01", "2026-05-29", "2026-06-01", TIJDELIJK),
        ],
        ["TR413"],
    ),
    "a final stop after a temporary one": (
        [EEN],
        [stop("2026-05-01", "2026-05-15", "2026-05-18", TIJDELIJK), KLAAR],
        [],
    ),
    "a final stop before a temporary one": (
        [EEN],
        [
            stop("2026-05-01", "2026-05-29", "2026-06-01", TIJDELIJK),
            stop("2026-05-01", "2026-05-28", "2026-06-03"),
        ],
        ["TR414"],
    ),
    "two final stops": ([EEN], [KLAAR, stop("2026-05-01", "2026-06-05", "2026-06-08")], ["TR415"]),
}


@pytest.fixture(scope="module")
def gevonden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Rules found per case: all in one lake, each with an aanbieder and a toewijzing of its own."""
    lake: dict[str, list[Row]] = {"toewijzing": [], "start": [], "stop": []}
    for n, (starts, stops, _) in enumerate(GEVALLEN.values()):
        wie = {"aanbieder_agb": f"{n:08d}"}
        op = {"ontvangen_op": starts[0].get("toegewezen", "2026-01-05")}
        lake["toewijzing"].append({**TOEWIJZING, **wie, **op, "toewijzing_sleutel": str(n)})
        for soort, rijen in (("start", starts), ("stop", stops)):
            for rij in rijen:
                eigen = {"toewijzing_sleutel": str(n), **rij, **wie, "bericht_id": f"{n}-{rij['bericht_id']}"}
                eigen.pop("toegewezen", None)
                lake[soort].append(eigen)
    map_ = tmp_path_factory.mktemp("regie")
    build(write_lake(map_ / "lake", lake), map_ / "s.duckdb", date(2026, 10, 31))
    uit: dict[str, list[str]] = {naam: [] for naam in GEVALLEN}
    for agb, regel in Vraag(map_ / "s.duckdb")(
        "SELECT aanbieder_agb, regel FROM mart.declaratiecontrole ORDER BY regel"
    ):
        uit[list(GEVALLEN)[int(agb)]].append(regel)
    return uit


@pytest.mark.parametrize("naam", GEVALLEN)
def test_starts_and_stops_break_these_rules_and_no_other(naam: str, gevonden: dict[str, list[str]]) -> None:
    assert gevonden[naam] == GEVALLEN[naam][2]


def _delivery(gestart: int, aantal: int) -> dict[str, list[Row]]:
    return {
        "toewijzing": [{"toewijzing_sleutel": str(n), "client_id": f"c{n}"} for n in range(aantal)],
        "start": [
            {
                "toewijzing_sleutel": str(n),
                "client_id": f"c{n}",
                "begindatum": "2026-01-01",
                "ontvangen_op": "2026-01-02",
            }
            for n in range(gestart)
        ],
        "declaratieregel": [
            {
                "toewijzing_sleutel": str(n),
                "client_id": f"c{n}",
                "periode_begin": "2026-05-01",
                "bedrag_cent": 500,
                "declaratienummer": f"d{n}",
            }
            for n in range(aantal)
        ],
    }


def test_a_missing_start_is_a_signal_and_never_money(snapshot: Snapshot) -> None:
    """One of two has a start: usual enough for this product, so the other is a signal, with 0 at stake."""
    vraag = snapshot(_delivery(1, 2))
    assert vraag(
        "SELECT regel, soort, toewijzing_sleutel, bedrag_cent, op_het_spel_cent FROM mart.declaratiecontrole"
    ) == [("start_ontbreekt", "eigen signaal", "1", None, 0)]


def test_no_signal_where_starts_are_not_usual(snapshot: Snapshot) -> None:
    assert regels(snapshot(_delivery(1, 3))) == []
    strenger = Options(Settings(start_gewoon_procent=30))
    assert regels(snapshot(_delivery(1, 3), options=strenger)) == ["start_ontbreekt"] * 2


def test_a_message_dated_after_it_came(snapshot: Snapshot) -> None:
    def bericht(id_: str, dag: str) -> Row:
        return {
            "bericht_id": id_,
            "gemeentecode": "0392",
            "wet": "Wmo",
            "soort": "bericht",
            "berichttype": "wmo305",
            "aanbieder_agb": "00000001",
            "afzender": "00000001",
            "identificatie": id_,
            "status": "geladen",
            "naam": id_,
            "ontvangen_op": "2026-05-04",
            "dagtekening": dag,
        }

    lake = {
        "bericht": [bericht("goed", "2026-05-04"), bericht("fout", "2026-05-05")],
        "toewijzing": [TOEWIJZING],
    }
    vraag = snapshot(lake)
    assert vraag("SELECT bericht_id, regel FROM mart.declaratiecontrole") == [("fout", "TR135")]


def test_a_declaration_number_again_puts_the_whole_declaration_at_stake(snapshot: Snapshot) -> None:
    """In an extract a declaration is known by its number and day: two lines of June carry that of May."""
    regel = {"bedrag_cent": 500, "volume": 1, "periode_begin": "2026-05-01", "declaratienummer": "d1"}
    juni = {"periode_begin": "2026-06-01", "ontvangen_op": "2026-07-06"}
    vraag = snapshot(
        {
            "toewijzing": [{"toewijzing_sleutel": "1"}, {"toewijzing_sleutel": "2"}],
            "declaratieregel": [
                regel,
                {**regel, **juni},
                {**regel, **juni, "toewijzing_sleutel": "2", "bedrag_cent": 700},
            ],
        }
    )
    assert vraag(
        "SELECT regel, regel_nr, declaratienummer, bedrag_cent, op_het_spel_cent FROM mart.declaratiecontrole"
    ) == [("TR333", 0, "d1", None, 1200)]
    assert vraag("SELECT bevindingen, regels, op_het_spel_cent FROM mart.controle_oorzaak") == [(1, 0, 1200)]
