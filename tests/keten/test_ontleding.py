"""Two periods of one's own choice give what the build published for the same two, to the cent."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl
import pytest

from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.access.suppress import Clienten
from dashboard.filters import Filters, make_periodes
from dashboard.reading.boom import WAARDEN, read_boom
from dashboard.reading.ontleding import EIGEN, find_vergelijkingen, read_delen
from tests.conftest import Keten

pytestmark = pytest.mark.xdist_group("keten")


GROOTSTE = """
SELECT aanbieder_agb, count(DISTINCT client_id) AS clienten FROM eigen.client_maand
GROUP BY ALL ORDER BY clienten DESC LIMIT 1
"""
REALISATIE = """
SELECT sum(realisatie_cent)::BIGINT AS cent, 99 AS clienten FROM stad.pq_maand
WHERE levermaand >= $van AND levermaand < $tot
"""


@pytest.fixture(scope="module")
def lezer(keten: Keten) -> Iterator[Lezer]:
    yield Lezer(Snapshot(keten.snapshot.resolve()), Bereik("alles", 1))


@pytest.mark.parametrize("per", ["wijk", "aanbieder"])
def test_own_periods_are_the_published_ones(lezer: Lezer, per: str) -> None:
    gezien = set()
    agb = lezer.read(GROOTSTE, Clienten())["aanbieder_agb"][0]
    for periode in make_periodes(lezer.meta).values():
        f = Filters(periode, aanbieder=agb if per == "aanbieder" else None)
        for v in find_vergelijkingen(lezer, f):
            if v.peil_0 != "nu":
                continue
            zelf = replace(v, naam=EIGEN)
            for deel in ("hoofdproduct", "zwaarte"):
                gebouwd, eigen = (read_delen(lezer, f, w, deel) for w in (v, zelf))
                assert gebouwd.height > 0
                assert eigen.drop("clienten").equals(gebouwd.drop("clienten"))
            boom, echt = (read_boom(lezer, f, x) for x in (zelf, v))
            assert echt["duur_0"] is not None
            for naam in WAARDEN:
                # the build keeps volumes to four decimals
                assert boom[naam] == (None if echt[naam] is None else pytest.approx(echt[naam], rel=1e-6))
            gezien.add((v.naam, v.is_geschat))
    assert {geschat for _, geschat in gezien} == {True, False}, gezien


def test_effects_of_any_periods_add_up(lezer: Lezer) -> None:
    """Every part of every pair of periods; the parts add up to the whole."""
    perioden = list(make_periodes(lezer.meta).values())
    for eerst in perioden[:3]:
        for daarna in perioden[:3]:
            f = Filters(daarna)
            v = replace(find_vergelijkingen(lezer, f)[0], naam=EIGEN, peil_0="nu", eerst=eerst, daarna=daarna)
            delen = read_delen(lezer, f, v, "productgroep")
            effecten = [k for k in delen.columns if k.startswith("effect_")]
            som = delen.select(pl.sum_horizontal(effecten)).to_series().to_list()
            assert som == delen["verschil_cent"].to_list()
            nu, toen = (
                lezer.read(REALISATIE, Clienten(), {"van": p.van, "tot": p.tot})["cent"][0]
                for p in (daarna, eerst)
            )
            assert v.is_geschat or delen["verschil_cent"].sum() == nu - toen
