"""Every mart and the door: what may leave, for whom, and that no small group leaves with it."""

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.access.suppress import NIET_GETOOND, Clienten, Stromen
from dashboard.access.tables import TABELLEN, read_tabel
from tests.conftest import Keten

pytestmark = pytest.mark.xdist_group("keten")

BLIJFT = {
    "client_maand": "the finest cell: clients are counted on it, it is never shown",
    "client_maand_toen": "the same",
    "pq_maand_toen": "what was known then: the comparisons show it",
    "volume_jaar": "goes into reeks_jaar",
}
"""Marts that do not leave as a file, and why."""
MAG = {"budgetplafond_cent", "begroting_cent", "clienten_alle"}
"""Figures beside a suppressed row that are not of its clients: contract, budget, all aanbieders."""
CEL = 10


@pytest.fixture(scope="module")
def snapshot(keten: Keten) -> Iterator[Snapshot]:
    yield Snapshot(keten.snapshot.resolve())


def test_every_mart_may_leave_or_says_why_not(keten: Keten) -> None:
    with duckdb.connect(str(keten.snapshot.resolve()), read_only=True) as con:
        marts = {
            r[0]
            for r in con.sql("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart'").fetchall()
        }
    assert marts == set(TABELLEN) | set(BLIJFT)


@pytest.mark.parametrize("naam", sorted(TABELLEN))
def test_no_small_group_leaves(snapshot: Snapshot, naam: str) -> None:
    """Read for a role with a smallest cell of ten and for one that sees all."""
    tabel = TABELLEN[naam]
    for sql, regel in tabel.reads:
        open_ = Lezer(snapshot, Bereik("alles", 1)).read(sql, regel)
        dicht = Lezer(snapshot, Bereik("proef", CEL)).read(sql, regel)
        assert "client_id" not in dicht.columns and "huishouden_id" not in dicht.columns
        assert dicht.height == open_.height
        if isinstance(regel, Clienten):
            klein = (pl.col(regel.kolom) > 0) & (pl.col(regel.kolom) < CEL)
            assert dicht.filter(klein).height == 0
            leeg = dicht.filter(pl.col(NIET_GETOOND))
            assert all(leeg[k].null_count() == leeg.height for k in (regel.kolom, *regel.hangt_af))
            # every figure that the clients of a row make up must be named as such
            stil = set(dicht.columns) - {regel.kolom, NIET_GETOOND, *regel.hangt_af}
            stil = {k for k in stil - MAG if not k.startswith("doel_")}
            assert not {k for k in stil if k.endswith("_cent") or k.startswith("clienten_")}
        if isinstance(regel, Stromen):
            for k in (*regel.kolommen, *regel.standen):
                assert dicht.filter((pl.col(k) > 0) & (pl.col(k) < CEL)).height == 0


def test_rows_of_aanbieders_are_for_who_may_see_them(snapshot: Snapshot) -> None:
    geen = Lezer(snapshot, Bereik("proef", CEL, ()))
    for naam, tabel in TABELLEN.items():
        if tabel.per_aanbieder:
            assert read_tabel(geen, tabel).height == 0, naam


@pytest.mark.parametrize(
    ("naam", "aantal", "over"),
    [
        ("verwijzer", "beeindigd", "duur_dagen"),
        ("verwijzer", "toewijzingen", "zwaarte_rang"),
        ("duur", "aantal_beeindigd", "gemiddelde_beeindigd_dagen"),
    ],
)
def test_a_mean_over_few_does_not_leave_with_many_clients(
    snapshot: Snapshot, naam: str, aantal: str, over: str
) -> None:
    df = read_tabel(Lezer(snapshot, Bereik("proef", CEL)), TABELLEN[naam])
    assert df.filter(pl.col(aantal) < CEL).height == 0
    assert df.filter(pl.col(aantal).is_null() & pl.col(over).is_not_null()).height == 0
    assert df[over].null_count() < df.height
