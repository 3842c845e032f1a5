"""Cursors that are used again: never for another reach, never after an error, never longer than allowed."""

import threading
import time
from pathlib import Path

import duckdb
import pytest

from dashboard.access.cursors import Cursors
from dashboard.access.reader import Lezer, NietToegestaanError, check_rule
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.access.suppress import Clienten, Geen

ZWAAR = "SELECT count(*) FROM range(10_000_000) a, range(10_000_000) b WHERE a.range % 7 = b.range % 11"
ZIET = "SELECT DISTINCT aanbieder_agb FROM eigen.pq_maand ORDER BY 1"


@pytest.fixture
def vers(stad: Path) -> Snapshot:
    return Snapshot(stad)


def _ask(cursors: Cursors, aanbieders: tuple[str, ...] | None, sql: str = ZIET) -> list[object]:
    with cursors.lend(aanbieders) as cursor:
        return [rij[0] for rij in cursor.execute(sql).fetchall()]


def test_a_cursor_is_used_again_by_the_same_reach_alone(vers: Snapshot) -> None:
    with vers.cursors.lend(("A1",)) as eerste:
        pass
    with vers.cursors.lend(("A2",)) as ander:
        assert ander is not eerste
    with vers.cursors.lend(()) as niemand:
        assert niemand not in (eerste, ander)
    with vers.cursors.lend(("A1",)) as weer:
        assert weer is eerste


def test_every_reach_sees_its_own_rows_whatever_came_before(vers: Snapshot) -> None:
    alles = _ask(vers.cursors, None)
    assert {"A1", "A2"} < set(alles)
    for _ in range(3):
        assert _ask(vers.cursors, ("A1",)) == ["A1"]
        assert _ask(vers.cursors, ()) == []
        assert _ask(vers.cursors, ("A2", "A1")) == ["A1", "A2"]
        assert _ask(vers.cursors, None) == alles


def test_many_at_once_keep_to_their_reach(vers: Snapshot) -> None:
    fout: list[object] = []

    def visit(agb: str) -> None:
        for _ in range(40):
            if _ask(vers.cursors, (agb,)) != [agb]:
                fout.append(agb)

    draden = [threading.Thread(target=visit, args=(agb,)) for agb in ("A1", "A2", "A3", "A4") * 2]
    for d in draden:
        d.start()
    for d in draden:
        d.join()
    assert fout == []


def test_after_an_error_a_cursor_is_thrown_away(vers: Snapshot) -> None:
    with pytest.raises(duckdb.Error), vers.cursors.lend(None) as stuk:
        stuk.execute("SELECT bestaat_niet FROM stad.pq_maand")
    with vers.cursors.lend(None) as nieuw:
        assert nieuw is not stuk
    with pytest.raises(duckdb.Error):
        stuk.execute("SELECT 1")


def test_what_takes_too_long_is_interrupted_and_the_next_is_not(stad: Path) -> None:
    cursors = Cursors(Snapshot(stad).basis, seconden=0.3)
    begin = time.monotonic()
    with pytest.raises(duckdb.InterruptException), cursors.lend(None) as cursor:
        cursor.execute(ZWAAR).fetchall()
    assert time.monotonic() - begin < 10
    assert _ask(cursors, None, "SELECT 1") == [1]


def test_a_cursor_that_was_interrupted_when_done_does_not_come_back(stad: Path) -> None:
    cursors = Cursors(Snapshot(stad).basis, seconden=0.1)
    with cursors.lend(None) as traag:
        traag.execute("SELECT 1").fetchall()
        time.sleep(1)
    with cursors.lend(None) as nieuw:
        assert nieuw is not traag


def test_no_more_are_kept_than_allowed(stad: Path) -> None:
    cursors = Cursors(Snapshot(stad).basis, hoogstens=2)
    gezien = []
    for agb in ("A1", "A2", "A3"):
        with cursors.lend((agb,)) as cursor:
            gezien.append(cursor)
    with pytest.raises(duckdb.Error):
        gezien[0].execute("SELECT 1")
    assert _ask(cursors, ("A1",)) == ["A1"]


def test_a_reader_says_it_in_words_when_a_query_takes_too_long(stad: Path) -> None:
    snapshot = Snapshot(stad)
    snapshot.cursors.seconden = 0.3
    with pytest.raises(TimeoutError):
        Lezer(snapshot, Bereik("proef", 10)).read(ZWAAR.replace("count(*)", "count(*) AS n"), Geen("proef"))


@pytest.mark.parametrize(
    "sql",
    [
        "SET VARIABLE alle = true",
        "SELECT 1 AS clienten; SET VARIABLE alle = true",
        "PREPARE x AS SELECT 1",
        "CALL pragma_version()",
    ],
)
def test_a_read_is_one_question_and_no_command(sql: str) -> None:
    with pytest.raises(NietToegestaanError):
        check_rule(sql, Clienten())


def test_a_semicolon_between_quotes_ends_no_question() -> None:
    check_rule("SELECT string_agg(naam, '; ') AS namen FROM vrij.wijk", Geen("proef"))
