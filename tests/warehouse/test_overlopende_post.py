"""The law of the accrual, on lines of any leverjaar that are handed in and booked in any later year."""

from collections import Counter
from datetime import date

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.checks import read_checks
from warehouse.graph import read_models

MODELS = {model.name: model.sql for model in read_models()}
CHECK = next(check.sql for check in read_checks() if check.name == "overlopende_post_sluit")
FIRST, LAST = 2020, 2024
Line = tuple[int, int, int | None, int, str]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Leverjaar, year of receipt, boekjaar (None: not booked), cents, taakveld; some care lies ahead."""
    delivered = draw(st.integers(FIRST - 2, LAST + 1))
    received = draw(st.integers(min(delivered, LAST), LAST))
    booked = draw(st.none() | st.integers(max(delivered, received), max(delivered, LAST)))
    cents = draw(st.integers(-500, 500))
    return delivered, received, booked, cents, draw(st.sampled_from(["6.71b", "6.72a"]))


def derive(rows: list[Line], expected: dict[int, int]) -> duckdb.DuckDBPyConnection:
    """A database with both marts out of these lines and what is to come per leverjaar."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA tussen; CREATE SCHEMA kern; CREATE SCHEMA mart; CREATE SCHEMA peil")
    place = "gemeentecode VARCHAR, wet VARCHAR"
    con.execute(
        f"CREATE TABLE tussen.jaarrekening_regel ({place}, taakveld VARCHAR, productgroep VARCHAR,"
        " levermaand DATE, boekjaar BIGINT, ontvangen_jaar BIGINT, realisatie_cent BIGINT);"
        f"CREATE TABLE kern.declaratieregel ({place}, levermaand DATE, realisatie_cent BIGINT);"
        f"CREATE TABLE kern.grootboek ({place}, jaar BIGINT, taakveld VARCHAR, soort VARCHAR,"
        " bedrag_cent BIGINT);"
        f"CREATE TABLE tussen.nagekomen ({place}, productgroep VARCHAR, aanbieder_agb VARCHAR,"
        " levermaand DATE, leeftijd_maanden BIGINT, gerapporteerd_cent BIGINT, ultimate_cent BIGINT,"
        " standaardfout_cent BIGINT);"
        f"CREATE TABLE tussen.bereik AS SELECT DATE '{FIRST}-01-01' AS eerste_levermaand;"
        f"CREATE TABLE peil.bekend AS SELECT DATE '{LAST}-06-30' AS bekend_op;"
        f"CREATE TABLE peil.kalender AS SELECT jaar FROM range({FIRST}, {LAST + 1}) t(jaar)"
    )
    for delivered, received, booked, cents, taakveld in rows:
        month = date(delivered, 5, 1)
        con.execute(
            "INSERT INTO tussen.jaarrekening_regel VALUES ('0392', 'Wmo', ?, 'groep', ?, ?, ?, ?)",
            [taakveld, month, booked, received, cents],
        )
        con.execute("INSERT INTO kern.declaratieregel VALUES ('0392', 'Wmo', ?, ?)", [month, cents])
    for delivered, cents in expected.items():
        con.execute(
            "INSERT INTO tussen.nagekomen VALUES ('0392', 'Wmo', 'groep', NULL, ?, 3, 0, ?, 1)",
            [date(delivered, 5, 1), cents],
        )
    for name in ("tussen.jaarrekening_post", "mart.overlopende_post", "mart.jaarrekening"):
        con.execute(f"CREATE TABLE {name} AS {MODELS[name]}")
    return con


@settings(max_examples=60, deadline=None)
@given(
    st.lists(lines(), min_size=1, max_size=12),
    st.dictionaries(st.integers(FIRST - 1, LAST), st.integers(-300, 300), max_size=4),
)
def test_lasten_of_a_leverjaar_are_its_realisation_and_each_year_opens_as_the_last_closed(
    rows: list[Line], expected: dict[int, int]
) -> None:
    con = derive(rows, expected)
    verloop = con.sql(
        "SELECT leverjaar, boekjaar, sum(begin_cent), sum(eind_cent), sum(lasten_cent)"
        " FROM mart.overlopende_post GROUP BY ALL"
    ).fetchall()
    lasten, opening, closing = Counter[int](), Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for delivered, year, begin, end, cost in verloop:
        lasten[delivered] += cost
        opening[delivered, year] += begin
        closing[delivered, year] += end
    # reckoned line by line: what a line costs, and the years at whose end it is not booked yet
    due, still_open = Counter(expected), Counter[tuple[int, int]]()
    for delivered, _, booked, cents, _ in rows:
        due[delivered] += cents
        for year in range(max(delivered, FIRST), LAST + 1):
            still_open[delivered, year] += cents if booked is None or booked > year else 0
    for delivered, cents in expected.items():
        for year in range(max(delivered, FIRST), LAST + 1):
            still_open[delivered, year] += cents
    # a leverjaar without declared lines has 'onbekend' as its taakveld, but the same cents
    assert {y: c for y, c in lasten.items() if c} == {y: c for y, c in due.items() if c}
    assert {k: c for k, c in closing.items() if c and k[1] <= LAST} == {
        k: c for k, c in still_open.items() if c
    }
    assert {k: c for k, c in opening.items() if c} == {
        (delivered, year + 1): c for (delivered, year), c in still_open.items() if c and year < LAST
    }
    assert con.sql(CHECK).fetchall() == []
