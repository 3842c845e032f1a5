"""In-, door- and uitstroom: cases by hand, and the laws that must hold for any deliveries."""

from datetime import date, timedelta
from itertools import product as pairs

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Snapshot
from warehouse.analyse.doorstroom import CLIENT, match_doorstroom
from warehouse.build import Options
from warehouse.settings import Settings

PRODUCT = [
    {"productcode": code, "product": name, "zwaarte": name, "zwaarte_rang": rank}
    for code, name, rank in [("02A01", "licht", 1), ("02A02", "midden", 2), ("02A03", "zwaar", 4)]
]
CODE = {"licht": "02A01", "midden": "02A02", "zwaar": "02A03"}


def leveringen(*rijen: tuple[str, str, str, str | None]) -> dict[str, list[dict[str, object]]]:
    """Start and stop rows out of (client, product, first day, last day)."""
    starts: list[dict[str, object]] = []
    stops: list[dict[str, object]] = []
    for number, (client, name, begin, last) in enumerate(rijen):
        row: dict[str, object] = {
            "client_id": client,
            "productcode": CODE[name],
            "toewijzing_sleutel": str(number),
            "begindatum": begin,
        }
        starts.append(row)
        if last:
            stops.append({**row, "einddatum": last, "reden_beeindiging": "19"})
    first = {
        "client_id": "bereik",
        "periode_begin": "2026-01-01",
        "bedrag_cent": 1,
        "toewijzing_sleutel": "x",
    }
    return {"product": list(PRODUCT), "start": starts, "stop": stops, "declaratieregel": [first]}


def maand(vraag: object, niveau: str, month: str) -> dict[str, tuple[int, ...]]:
    """Per cell: begin, instroom, bijkomend, door in, door uit, afgevallen, uitstroom, eind."""
    found = vraag(  # type: ignore[operator]
        "SELECT cel, begin, instroom, bijkomend, doorstroom_in, doorstroom_uit, afgevallen, uitstroom, eind"
        f" FROM mart.stroom_maand WHERE niveau = '{niveau}' AND maand = DATE '{month}'"
    )
    return {row[0]: row[1:] for row in found}


def test_day_of_the_count(snapshot: Snapshot) -> None:
    # 00:00 on the 1st: who begins that day is instroom of the month; who had the last day before is gone
    vraag = snapshot(
        leveringen(
            ("begint de eerste", "licht", "2026-03-01", None),
            ("laatste dag voor de eerste", "licht", "2026-02-10", "2026-02-28"),
            ("laatste dag op de eerste", "licht", "2026-02-10", "2026-03-01"),
            ("een dag", "licht", "2026-03-07", "2026-03-07"),
        )
    )
    assert maand(vraag, "totaal", "2026-02-01")["totaal"] == (0, 2, 0, 0, 0, 0, 1, 1)
    assert maand(vraag, "totaal", "2026-03-01")["totaal"] == (1, 2, 0, 0, 0, 0, 2, 1)


@pytest.mark.parametrize(("gap", "spells"), [(0, 1), (89, 1), (90, 1), (91, 2)])
def test_interruption_of_at_most_90_days_is_no_end(snapshot: Snapshot, gap: int, spells: int) -> None:
    # the first delivery has its last day on 10 January; the gap is the number of days without care
    again = date(2026, 1, 11) + timedelta(days=gap)
    vraag = snapshot(
        leveringen(("a", "licht", "2026-01-05", "2026-01-10"), ("a", "licht", again.isoformat(), None))
    )
    assert vraag("SELECT sum(instroom) FROM mart.stroom_maand WHERE niveau = 'totaal'") == [(spells,)]


def test_other_window_is_a_setting(snapshot: Snapshot) -> None:
    rows = leveringen(("a", "licht", "2026-01-05", "2026-01-10"), ("a", "licht", "2026-03-01", None))
    short = snapshot(rows, options=Options(settings=Settings(onderbreking_dagen=30)))
    assert short("SELECT sum(instroom) FROM mart.stroom_maand WHERE niveau = 'totaal'") == [(2,)]
    assert short("SELECT waarde FROM meta.instelling WHERE naam = 'onderbreking_dagen'") == [(30,)]


def test_two_ends_and_one_start_make_one_doorstroom(snapshot: Snapshot) -> None:
    # licht ends 31 March, midden 10 April, zwaar begins 20 April: the earliest end is matched, the other not
    vraag = snapshot(
        leveringen(
            ("a", "licht", "2026-01-05", "2026-03-31"),
            ("a", "midden", "2026-01-05", "2026-04-10"),
            ("a", "zwaar", "2026-04-20", None),
        )
    )
    assert maand(vraag, "product", "2026-04-01") == {
        "Wmo|licht": (1, 0, 0, 0, 1, 0, 0, 0),
        "Wmo|midden": (1, 0, 0, 0, 0, 1, 0, 0),
        "Wmo|zwaar": (0, 0, 0, 1, 0, 0, 0, 1),
    }
    assert vraag("SELECT maand::VARCHAR, van, naar, paren, op_of_af FROM mart.doorstroom") == [
        ("2026-04-01", "licht / licht", "zwaar / zwaar", 1, "opschalen")
    ]


def test_overlap_is_bijkomend_and_afgevallen(snapshot: Snapshot) -> None:
    # zwaar begins on 1 April while licht lasts until 20 April: no end before the start, so no doorstroom
    vraag = snapshot(
        leveringen(("a", "licht", "2026-01-05", "2026-04-20"), ("a", "zwaar", "2026-04-01", None))
    )
    assert maand(vraag, "product", "2026-04-01") == {
        "Wmo|licht": (1, 0, 0, 0, 0, 1, 0, 0),
        "Wmo|zwaar": (0, 0, 1, 0, 0, 0, 0, 1),
    }


def test_equal_days_are_settled_by_the_larger_euros(snapshot: Snapshot) -> None:
    rows = leveringen(
        ("a", "licht", "2026-01-05", "2026-03-31"),
        ("a", "midden", "2026-01-05", "2026-03-31"),
        ("a", "zwaar", "2026-04-01", None),
    )
    rows["declaratieregel"] += [
        {"client_id": "a", "toewijzing_sleutel": "0", "periode_begin": "2026-02-01", "bedrag_cent": 100},
        {"client_id": "a", "toewijzing_sleutel": "1", "periode_begin": "2026-02-01", "bedrag_cent": 900},
    ]
    assert snapshot(rows)("SELECT van_product, naar_product FROM mart.doorstroom") == [("midden", "zwaar")]


def test_moving_house_is_doorstroom_between_wijken(snapshot: Snapshot) -> None:
    rows = leveringen(("a", "licht", "2026-01-05", None))
    rows["client"] = [
        {"client_id": "a", "wijkcode": "A", "adres_van": "2020-01-01", "adres_tot": "2026-04-14"},
        {"client_id": "a", "wijkcode": "B", "adres_van": "2026-04-15"},
    ]
    vraag = snapshot(rows)
    assert maand(vraag, "wijk", "2026-04-01") == {"A": (1, 0, 0, 0, 0, 0, 0, 1)}
    assert maand(vraag, "wijk", "2026-05-01") == {
        "A": (1, 0, 0, 0, 1, 0, 0, 0),
        "B": (0, 0, 0, 1, 0, 0, 0, 1),
    }
    assert maand(vraag, "totaal", "2026-05-01") == {"totaal": (1, 0, 0, 0, 0, 0, 0, 1)}


def test_from_jeugd_to_wmo_is_no_uitstroom_of_the_whole(snapshot: Snapshot) -> None:
    rows = leveringen(("a", "licht", "2026-01-05", "2026-03-31"), ("a", "zwaar", "2026-04-10", None))
    for row in [rows["start"][0], rows["stop"][0]]:
        row["wet"] = "Jeugdwet"
    vraag = snapshot(rows)
    assert maand(vraag, "totaal", "2026-03-01")["totaal"] == (1, 0, 0, 0, 0, 0, 0, 1)
    assert maand(vraag, "wet", "2026-03-01")["Jeugdwet"] == (1, 0, 0, 0, 0, 0, 1, 0)
    assert maand(vraag, "wet", "2026-04-01")["Wmo"] == (0, 1, 0, 0, 0, 0, 0, 1)


def test_edges_are_marked(snapshot: Snapshot) -> None:
    # September is the last full levermaand and two more are too young: what is delivered is known until July.
    # Who stopped in April (30 April + 90 days = 29 July) is gone; from May on a return is still possible
    vraag = snapshot(leveringen(("a", "licht", "2026-01-05", None)))
    marks = vraag(
        "SELECT month(maand), voorlopig, begin_onzeker FROM mart.stroom_maand"
        " WHERE niveau = 'totaal' ORDER BY 1"
    )
    assert [row[0] for row in marks if row[1]] == [5, 6, 7, 8, 9, 10]
    assert all(row[2] for row in marks)


DAYS = st.integers(0, 300)
DELIVERY = st.tuples(
    st.sampled_from("abc"), st.sampled_from(list(CODE)), DAYS, st.one_of(st.none(), st.integers(0, 150))
)


@given(st.lists(DELIVERY, min_size=1, max_size=9))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_flows_balance_for_any_deliveries(
    snapshot: Snapshot, given_rows: list[tuple[str, str, int, int | None]]
) -> None:
    """The build's own checks balance every cell; here the stock is counted from the deliveries themselves."""
    first = date(2026, 1, 1)
    rows = []
    for client, name, begin, length in given_rows:
        start = first + timedelta(days=begin)
        rows.append(
            (
                client,
                name,
                start.isoformat(),
                (start + timedelta(days=length)).isoformat() if length is not None else None,
            )
        )
    vraag = snapshot(leveringen(*rows))
    found = dict(vraag("SELECT month(maand), eind FROM mart.stroom_maand WHERE niveau = 'totaal'"))
    horizon = date(2026, 10, 31)
    for month in range(1, 11):
        day = date(2026, month, 1) if month < 11 else horizon
        day = date(2026 + (month == 12), month % 12 + 1, 1)
        in_care = set()
        for client in "abc":
            spans = sorted(
                (
                    date.fromisoformat(begin),
                    date.fromisoformat(last) if last and date.fromisoformat(last) <= horizon else date.max,
                )
                for who, _, begin, last in rows
                if who == client and date.fromisoformat(begin) <= horizon
            )
            merged: list[tuple[date, date]] = []
            for begin, last in spans:
                if merged and (merged[-1][1] == date.max or (begin - merged[-1][1]).days - 1 <= 90):
                    merged[-1] = (merged[-1][0], max(merged[-1][1], last))
                else:
                    merged.append((begin, last))
            if any(begin < day <= last for begin, last in merged):
                in_care.add(client)
        assert found.get(month, 0) == len(in_care), (month, rows)


EVENT = st.tuples(st.sampled_from("ab"), st.sampled_from("PQRS"), st.integers(0, 120), st.integers(0, 3))


def frame(events: list[tuple[str, str, int, int]], day: str) -> pl.DataFrame:
    first = date(2026, 1, 1)
    return pl.DataFrame(
        [
            {
                "gemeentecode": "0392",
                "niveau": "product",
                "ouder": "Wmo",
                "client_id": client,
                "cel": cell,
                day: first + timedelta(days=days),
                "bedrag_cent": cents,
                "zwaarte_rang": 0,
            }
            for client, cell, days, cents in events
        ],
        schema={
            **dict.fromkeys(CLIENT, pl.String),
            "cel": pl.String,
            day: pl.Date,
            "bedrag_cent": pl.Int64,
            "zwaarte_rang": pl.Int64,
        },
    )


@given(
    st.lists(EVENT, max_size=8, unique_by=lambda event: event[:3]),
    st.lists(EVENT, max_size=8, unique_by=lambda event: event[:3]),
    st.randoms(),
)
@settings(max_examples=150, deadline=None)
def test_matching_is_one_to_one_complete_and_independent_of_order(
    ends: list[tuple[str, str, int, int]], starts: list[tuple[str, str, int, int]], random: object
) -> None:
    found = match_doorstroom(frame(ends, "tot"), frame(starts, "begin"), 90)
    matched = [
        (row["client_id"], row["van_cel"], row["van_tot"], row["naar_cel"], row["naar_begin"])
        for row in found.to_dicts()
    ]
    left = [(client, cell, day) for client, cell, day, _, _ in matched]
    right = [(client, cell, day) for client, _, _, cell, day in matched]
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)
    first = date(2026, 1, 1)
    for client, van, tot, naar, begin in matched:
        assert van != naar
        assert 0 <= (begin - tot).days <= 90
        assert client in "ab"
    # nothing that could still be matched is left over
    for end, begin in pairs(ends, starts):
        free = (end[0], end[1], first + timedelta(days=end[2])) not in left
        free &= (begin[0], begin[1], first + timedelta(days=begin[2])) not in right
        assert not (free and end[0] == begin[0] and end[1] != begin[1] and 0 <= begin[2] - end[2] <= 90)
    # the same as choosing one by one: the earliest start takes the earliest end that fits
    greedy = set()
    taken: set[int] = set()
    for begin in sorted(starts, key=lambda event: (event[0], event[2], -event[3], event[1])):
        fits = [
            (end[2], -end[3], end[1], number)
            for number, end in enumerate(ends)
            if number not in taken
            and end[0] == begin[0]
            and end[1] != begin[1]
            and 0 <= begin[2] - end[2] <= 90
        ]
        if fits:
            number = min(fits)[3]
            taken.add(number)
            end = ends[number]
            greedy.add(
                (end[0], end[1], first + timedelta(days=end[2]), begin[1], first + timedelta(days=begin[2]))
            )
    assert set(matched) == greedy
    random.shuffle(ends)  # type: ignore[attr-defined]
    random.shuffle(starts)  # type: ignore[attr-defined]
    again = match_doorstroom(frame(ends, "tot"), frame(starts, "begin"), 90)
    assert sorted(again.rows()) == sorted(found.rows())
