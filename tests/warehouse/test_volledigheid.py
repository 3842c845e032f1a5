"""Which months of an aanbieder are there, and which codes nobody knows; and out of what a table comes."""

from tests.warehouse.conftest import Snapshot
from warehouse.graph import Step, order_steps, read_analyses, read_models
from warehouse.herkomst import derive_herkomst

ZORG = {"toewijzing": [{"ingangsdatum": "2025-06-01"}], "start": [{"begindatum": "2025-06-01"}]}


def _lines(maanden: list[str], aantal: int = 4, **anders: object) -> list[dict[str, object]]:
    return [
        {"periode_begin": f"{m}-01", "bedrag_cent": 1000, "ontvangen_op": f"{m}-28", **anders}
        for m in maanden
        for _ in range(aantal)
    ]


def _stand(vraag: object, **filter_: str) -> dict[str, str]:
    waar = "".join(f" AND {k} = '{v}'" for k, v in filter_.items())
    rijen = vraag(f"SELECT strftime(levermaand, '%Y-%m'), stand FROM mart.volledigheid WHERE true{waar}")  # type: ignore[operator]
    return dict(rijen)


def test_a_month_is_expected_after_six_of_twelve_and_only_while_care_runs(snapshot: Snapshot) -> None:
    vijf = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert _stand(snapshot(ZORG | {"declaratieregel": _lines(vijf)}))["2026-06"] == "niet verwacht"
    zes = ["2025-12", *vijf]
    stand = _stand(snapshot(ZORG | {"declaratieregel": _lines(zes)}))
    assert stand["2025-12"] == stand["2026-05"] == "geleverd"
    # without a word about an end the care runs on, and every next month is missed
    assert [stand[f"2026-0{m}"] for m in (6, 7, 8, 9)] == ["ontbreekt"] * 4
    stop = {"stop": [{"begindatum": "2025-06-01", "einddatum": "2026-05-31", "reden_beeindiging": "19"}]}
    assert _stand(snapshot(ZORG | stop | {"declaratieregel": _lines(zes)}))["2026-06"] == "niet verwacht"


def test_few_is_less_than_half_of_what_was_usual_where_that_says_something(snapshot: Snapshot) -> None:
    zes = [f"2026-0{m}" for m in range(1, 7)]
    for gewoon, aantal, bedoeld in (
        (10, 4, "weinig"),
        (10, 5, "geleverd"),
        (10, 30, "geleverd"),
        (9, 1, "geleverd"),
    ):
        regels = _lines(zes, gewoon) + _lines(["2026-07"], aantal)
        assert _stand(snapshot(ZORG | {"declaratieregel": regels}))["2026-07"] == bedoeld, (gewoon, aantal)


def test_lines_and_declarations_are_counted_and_credits_are_not(snapshot: Snapshot) -> None:
    basis = {"periode_begin": "2025-01-01", "bedrag_cent": 100, "ontvangen_op": "2025-02-10"}
    terug = {"bedrag_cent": -100, "ontvangen_op": "2025-03-10", "vorig_referentienummer": "r1"}
    regels = [
        basis | {"declaratienummer": "a"},
        basis | {"declaratienummer": "b"},
        basis | {"declaratienummer": "b"},
        basis | terug | {"declaratienummer": "c"},
    ]
    vraag = snapshot({"declaratieregel": regels})
    tel = "SELECT declaraties, regels FROM mart.volledigheid WHERE levermaand = DATE '2025-01-01'"
    assert vraag(tel) == [(2, 3)]


def test_young_months_are_said_to_be_provisional(snapshot: Snapshot) -> None:
    vraag = snapshot({"declaratieregel": _lines(["2026-05"])})
    jong = vraag("SELECT min(levermaand), max(levermaand) FROM mart.volledigheid WHERE voorlopig")
    assert jong == vraag("SELECT voorlopig_vanaf, laatste_levermaand FROM meta.snapshot")


def test_codes_that_nobody_knows_are_named_with_their_lines(snapshot: Snapshot) -> None:
    regels = _lines(["2026-05"], 3) + _lines(["2026-06"], 2, productcode="99Z99", aanbieder_agb="00000009")
    vraag = snapshot(
        {
            "product": [{"productcode": "02A01", "product": "Begeleiding"}],
            "aanbieder": [{"gemeentecode": "0392", "aanbieder_agb": "00000001", "naam": "Zorg"}],
            "declaratieregel": regels,
        }
    )
    rijen = vraag("SELECT soort, code, regels, CAST(eerste_maand AS VARCHAR) FROM mart.onbekende_code")
    assert rijen == [("aanbieder", "00000009", 2, "2026-06-01"), ("product", "02 99Z99", 2, "2026-06-01")]
    assert vraag("SELECT sum(regels) FROM mart.pq_maand WHERE product = 'onbekend'") == [(2,)]


def test_lineage_goes_through_helpers_and_analyses_to_what_is_published() -> None:
    stappen = [
        Step("kern.a", frozenset({"lake.bericht", "peil.bekend"}), ("kern.a",)),
        Step("tussen.b", frozenset({"kern.a", "lake.start", "vorige.x"}), ("tussen.b",)),
        Step("analyse.c", frozenset({"tussen.b", "lake.telling"}), ("tussen.c",)),
        Step("mart.d", frozenset({"tussen.c", "peil.maand"}), ("mart.d",)),
    ]
    assert derive_herkomst(stappen) == [
        ("kern.a", "lake.bericht", "lake"),
        ("mart.d", "kern.a", "kern"),
        ("mart.d", "lake.start", "lake"),
    ]


def test_every_published_table_comes_out_of_the_lake_in_the_end() -> None:
    rijen = derive_herkomst(order_steps([*read_models(), *read_analyses()]))
    uit = {t: {w for t2, w, _ in rijen if t2 == t} for t, _, _ in rijen}

    def reach(tabel: str) -> bool:
        return any(w.startswith("lake.") or reach(w) for w in uit.get(tabel, ()))

    alle = {s.name for s in read_models() if s.name.startswith(("kern.", "mart."))}
    # what compares with the snapshot before reads that one as well, and the lake through the marts
    assert {t for t in alle if not reach(t)} == set()


def test_snapshot_says_which_messages_fed_a_table(snapshot: Snapshot) -> None:
    vraag = snapshot({"declaratieregel": _lines(["2026-05"], 1)})
    assert vraag("SELECT leest_uit, soort FROM meta.herkomst WHERE tabel = 'lake.declaratieregel'") == [
        ("declaratieregel", "extract")
    ]
    assert vraag("SELECT count(*) FROM meta.herkomst WHERE tabel = 'lake.stop'") == [(0,)]
