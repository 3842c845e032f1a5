"""The declaratiecontrole against what the generator spoiled: nothing missed, nothing found in excess."""

import pytest

from bench.controle import Uitkomst, compare, total
from tests.conftest import Keten

pytestmark = pytest.mark.xdist_group("keten")

REGELS = [
    "CS339",
    "OP271",
    "OP272",
    "TR019",
    "TR056",
    "TR063",
    "TR071",
    "TR074",
    "TR135",
    "TR304",
    "TR307",
    "TR308",
    "TR314",
    "TR315",
    "TR316",
    "TR319",
    "TR321",
    "TR322",
    "TR323",
    "TR326",
    "TR333",
    "TR335",
    "TR338",
    "TR339",
    "TR340",
    "TR341",
    "TR342",
    "TR346",
    "TR358",
    "TR369",
    "TR382",
    "TR384",
    "TR387",
    "TR388",
    "TR389",
    "TR390",
    "TR413",
    "TR414",
    "TR415",
    "TR416",
    "TR418",
    "andere_aanbieder",
    "declaratie_te_laat",
    "start_ontbreekt",
]


@pytest.fixture(scope="module")
def uitkomsten(keten: Keten) -> dict[str, Uitkomst]:
    return {u.regel: u for u in compare(keten.snapshot, keten.voorbeeld / "verwacht.json")}


@pytest.mark.parametrize("regel", REGELS)
def test_each_rule_finds_its_faults_and_no_other(regel: str, uitkomsten: dict[str, Uitkomst]) -> None:
    """A rule without deliberate faults would prove nothing."""
    uitkomst = uitkomsten[regel]
    assert uitkomst.bedoeld
    assert not uitkomst.bedoeld - uitkomst.gevonden
    assert not uitkomst.gevonden - uitkomst.bedoeld
    assert (uitkomst.precisie, uitkomst.bereik) == (1.0, 1.0)


def test_all_rules_together(uitkomsten: dict[str, Uitkomst]) -> None:
    som = total(list(uitkomsten.values()))
    assert som.bedoeld.total() > 500
    assert (som.precisie, som.bereik) == (1.0, 1.0)
