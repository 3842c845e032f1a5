"""The law of the flows on random histories, against a second implementation that walks through the days."""

from collections import Counter
from datetime import date, timedelta

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.dag_voor_dag import RANK, Levering, Stuk, count_stays, islands, month_table
from warehouse.build import run_step
from warehouse.graph import Step, order_steps, read_analyses, read_models
from warehouse.peil import derive_peil, first_of_month, register_peil
from warehouse.settings import Settings

STEPS = {
    "tussen.stroom_interval", "tussen.zorgperiode", "tussen.stroom_gebeurtenis", "analyse.doorstroom",
    "tussen.stroom_cel", "mart.stroom_maand", "tussen.zorg_gat", "tussen.gat_stroom",
    "mart.stroom_gevoeligheid",
    "mart.huishouden_maand",
}  # fmt: skip
FIRST = date(2023, 1, 1)
BEREIK = date(2023, 7, 1)
KNOWN = date(2025, 5, 31)
HORIZON = (KNOWN - FIRST).days + 1
SETTINGS = Settings(nieuw_jaren=1)
FLOWS = (
    "begin", "instroom", "instroom_nieuw", "bijkomend", "doorstroom_in", "doorstroom_uit", "afgevallen",
    "uitstroom",
    *(f"uitstroom_{reden.replace(' ', '_')}" for reden in RANK), "eind",
)  # fmt: skip
PRODUCTS = {"a": ("licht", "G1"), "b": ("midden", "G1"), "c": ("licht", "G2"), "d": ("zwaar", "G2")}

MONTH_STARTS = [(first_of_month(FIRST, number) - FIRST).days for number in range(29)]
DAYS = st.one_of(
    st.integers(0, HORIZON - 1),
    # where the boundaries are: gaps of exactly 30, 90 and 180 days, and the edges of a month
    st.integers(0, (HORIZON - 1) // 30).map(lambda number: number * 30),
    st.sampled_from(MONTH_STARTS),
)


@st.composite
def delivery(draw: st.DrawFn, client: str = "", begin: int | None = None) -> Levering:
    """A delivery of a random (or the given) client from a random (or the given) day on."""
    begin = draw(DAYS) if begin is None else begin
    until = draw(DAYS)
    # short ones too, so that chains of cells come up often; nothing known ends after the horizon
    last = draw(st.sampled_from([until - 1, begin + 29, begin + 4, None]))
    product = draw(st.sampled_from(list(PRODUCTS)))
    return Levering(
        client or draw(st.sampled_from("pqrs")),
        draw(st.sampled_from(["Wmo", "Wmo", "Jeugdwet"])),
        product,
        *PRODUCTS[product],
        draw(st.sampled_from(["1", "2"])),
        begin,
        None if last is None else min(max(last, begin), HORIZON - 1),
        draw(st.integers(0, 2)),
        draw(st.sampled_from(RANK)),
    )


@st.composite
def chain(draw: st.DrawFn) -> list[Levering]:
    """Deliveries of one client one after the other, with gaps on and beside every boundary."""
    client = draw(st.sampled_from("pqrs"))
    found = [draw(delivery(client))]
    for gap in draw(st.lists(st.sampled_from([0, 1, 30, 31, 89, 90, 91, 180, 181, 365, 366]), max_size=6)):
        begin = (found[-1].last or found[-1].begin) + 1 + gap
        if begin < HORIZON:
            found.append(draw(delivery(client, begin)))
    return found


HISTORY = st.builds(
    lambda loose, chains: [*loose, *(d for own in chains for d in own)],
    st.lists(delivery(), min_size=1, max_size=8),
    st.lists(chain(), min_size=1, max_size=4),
)
MOVES = st.dictionaries(
    st.sampled_from("pqrs"), st.lists(st.integers(1, HORIZON - 1), max_size=3, unique=True)
)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def is_new(former: int, begin: int) -> bool:
    """Whether the year (nieuw_jaren) before `begin` had no care."""
    start = day(begin)
    try:
        back = start.replace(year=start.year - 1)
    except ValueError:
        back = start.replace(year=start.year - 1, day=28)
    return day(former) <= back


def months() -> list[date]:
    last = derive_peil(KNOWN, SETTINGS).laatste_maand
    found = [BEREIK]
    while found[-1] < last:
        found.append(first_of_month(found[-1], 1))
    return found


def derive(
    history: list[Levering], moves: dict[str, list[int]], houses: dict[str, str | None]
) -> duckdb.DuckDBPyConnection:
    """Run the real steps from deliveries to flows on an engine in memory."""
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS tussen")
    con.execute("CREATE SCHEMA kern; CREATE SCHEMA mart")
    register_peil(con, derive_peil(KNOWN, SETTINGS), SETTINGS)
    rows = [
        {
            "gemeentecode": "0392", "wet": d.wet, "client_id": d.client, "client_nr": ord(d.client),
            "aanbieder_agb": d.aanbieder, "productgroep": d.groep, "product": d.product, "zwaarte": d.zwaarte,
            "zwaarte_rang": 1, "begin": day(d.begin),
            "tot": date(9999, 12, 31) if d.last is None else day(d.last + 1), "reden": d.reden,
            "bedrag_cent": d.bedrag,
        }
        for d in history
    ]  # fmt: skip
    periods = []
    for client, days in moves.items():
        edges = [date(1, 1, 1), *(day(number) for number in sorted(days)), date(9999, 12, 31)]
        periods += [
            {
                "gemeentecode": "0392",
                "client_nr": ord(client),
                "wijkcode": f"W{n % 2}",
                "van": edges[n],
                "tot": edges[n + 1],
            }
            for n in range(len(edges) - 1)
        ]
    text = dict.fromkeys(["gemeentecode"], pl.String)
    for name, frame in {
        "tussen.levering_deel": pl.DataFrame(rows),
        "tussen.wijk_periode": pl.DataFrame(
            periods,
            schema={**text, "client_nr": pl.Int64, "wijkcode": pl.String, "van": pl.Date, "tot": pl.Date},
        ),
        "tussen.bereik": pl.DataFrame({"eerste_levermaand": [BEREIK]}),
        "tussen.stroom_stilte": pl.DataFrame(schema={**text, "niveau": pl.String, "cel": pl.String}),
        "kern.client": pl.DataFrame(
            [("0392", client, house) for client, house in houses.items()],
            schema={**text, "client_id": pl.String, "huishouden_id": pl.String},
            orient="row",
        ),
    }.items():
        con.register("rijen", frame)
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM rijen")
        con.unregister("rijen")
    for step in ORDERED:
        run_step(con, step)
    return con


def _with_zwaarte(step: Step) -> Step:
    """The table of flows with the view that it leaves out, which doorstroom is built on."""
    if step.name != "mart.stroom_maand":
        return step
    sql = step.sql.replace("niveau <> 'zwaarte'", "true")
    assert sql != step.sql
    return Step(step.name, step.reads, step.writes, sql, step.header)


ORDERED = [
    _with_zwaarte(step) for step in order_steps([*read_models(), *read_analyses()]) if step.name in STEPS
]


def test_all_steps_are_there() -> None:
    assert {step.name for step in ORDERED} == STEPS


@given(HISTORY, MOVES)
@settings(max_examples=40, deadline=None)
def test_every_view_cell_and_month_is_what_walking_through_the_days_gives(
    history: list[Levering], moves: dict[str, list[int]]
) -> None:
    # a client without a known address has no wijk; here everyone has one
    moves = {client: moves.get(client, []) for client in "pqrs"}
    con = derive(history, moves, {})
    found = con.sql(f"SELECT maand, niveau, cel, {', '.join(FLOWS)} FROM mart.stroom_maand").fetchall()
    con.close()
    calendar = months()
    edges = [((m - FIRST).days, (first_of_month(m, 1) - FIRST).days) for m in calendar]
    expected = month_table(count_stays(history, moves, 90, HORIZON, is_new), edges)
    table = {
        (calendar.index(row[0]), row[1], row[2]): dict(zip(FLOWS, row[3:], strict=True)) for row in found
    }
    assert {key: {name: row[name] for name in FLOWS} for key, row in expected.items()} == table
    doorstroom: Counter[tuple[int, str]] = Counter()
    for (number, niveau, cell), row in table.items():
        assert (
            row["begin"] + row["instroom"] + row["bijkomend"] + row["doorstroom_in"]
            - row["doorstroom_uit"] - row["afgevallen"] - row["uitstroom"]
        ) == row["eind"]  # fmt: skip
        assert row["uitstroom"] == sum(
            row[f"uitstroom_{reden.replace(' ', '_')}"] for reden in RANK if reden != "ander domein"
        )
        doorstroom[number, niveau] += row["doorstroom_in"] - row["doorstroom_uit"]
        if niveau in ("totaal", "wet"):
            assert row["bijkomend"] == row["afgevallen"] == row["doorstroom_in"] == 0
        following = table.get((number + 1, niveau, cell))
        if number + 1 < len(calendar):
            assert row["eind"] == (following["begin"] if following else 0)
    assert not any(doorstroom.values())


HOUSES = st.fixed_dictionaries({client: st.sampled_from(["h1", "h2", None]) for client in "pqr"})


@given(HISTORY, HOUSES)
@settings(max_examples=20, deadline=None)
def test_households_and_other_interruptions_are_what_walking_through_the_days_gives(
    history: list[Levering], houses: dict[str, str | None]
) -> None:
    con = derive(history, {}, houses)
    names = "maand, cel, begin, instroom, uitstroom, eind"
    by_gap = con.sql(f"SELECT onderbreking_dagen, {names} FROM mart.stroom_gevoeligheid").fetchall()
    homes = con.sql(f"SELECT -1, {names} FROM mart.huishouden_maand").fetchall()
    con.close()
    # client s has no row in kern.client at all: a household of its own, as whoever has no address
    key = {d.client: houses.get(d.client) or f"alone {d.client}" for d in history}
    expected = {}
    for gap, days, who in [*((g, g, {}) for g in (30, 90, 180, 365)), (-1, 90, key)]:
        spells = []
        for cell in ("totaal", "Wmo", "Jeugdwet"):
            own = [d for d in history if cell in ("totaal", d.wet)]
            for name in {who.get(d.client, d.client) for d in own}:
                parts = [Stuk(cell, d.begin, d.last, 0) for d in own if who.get(d.client, d.client) == name]
                spells += islands(parts, days, HORIZON)
        for month in months():
            first, following = (month - FIRST).days, (first_of_month(month, 1) - FIRST).days
            for cell in ("totaal", "Wmo", "Jeugdwet"):
                here = [spell for spell in spells if spell.cell == cell]
                expected[gap, month, cell] = (
                    sum(s.begin < first and (s.last is None or s.last >= first) for s in here),
                    sum(first <= s.begin < following for s in here),
                    sum(s.last is not None and first <= s.last < following for s in here),
                    sum(s.begin < following and (s.last is None or s.last >= following) for s in here),
                )
    # before the first care of a cell there is nothing to show
    nothing = (0, 0, 0, 0)
    table = {row[:3]: row[3:] for row in [*by_gap, *homes]}
    assert {key: row for key, row in expected.items() if row != nothing} == {
        key: row for key, row in table.items() if row != nothing
    }
