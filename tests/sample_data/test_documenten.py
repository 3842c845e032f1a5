"""Published figures stand in the extracts as they were printed.

Their sums agree with the printed totals.
"""

from pathlib import Path

import polars as pl
import pytest

from sample_data import documenten as doc
from sample_data.begroting import make_begroting
from sample_data.instellingen import Instellingen, lees_maand
from tests.sample_data.conftest import Stad
from tests.sample_data.hulp import cent

pytestmark = pytest.mark.xdist_group("sample_data")


def _begroting(clienten: int) -> pl.DataFrame:
    inst = Instellingen(Path(), clienten, lees_maand("2018-01"), lees_maand("2026-10"), 1, "mixed")
    return make_begroting(inst).with_columns(cent("bedrag"))


@pytest.mark.parametrize(
    ("jaar", "totaal"), [(2021, 36_449), (2022, 31_223), (2023, 31_112), (2024, 30_664), (2025, 30_664)]
)
def test_wmo_budget_adds_up_to_the_printed_total(jaar: int, totaal: int) -> None:
    df = _begroting(13_800).filter((pl.col("jaar") == jaar) & (pl.col("wet") == "Wmo"))
    df = df.filter(pl.col("soort").is_in(["product", "taakstelling"]))
    assert df["bron"].unique().to_list() == ["document"]
    assert df["bedrag"].sum() == totaal * 100_000
    assert df.height == 8


def test_one_printed_cell() -> None:
    df = _begroting(13_800).filter(
        (pl.col("jaar") == 2023)
        & (pl.col("hoofdproduct") == "Huishoudelijke ondersteuning")
        & (pl.col("soort") == "product")
    )
    assert df["bedrag"].to_list() == [1_440_800_000]


@pytest.mark.parametrize(("jaar", "totaal"), [(2016, 116_610), (2017, 117_424), (2018, 120_860)])
def test_rijksbudget_adds_up(jaar: int, totaal: int) -> None:
    df = _begroting(13_800).filter((pl.col("jaar") == jaar) & (pl.col("soort") == "rijksbudget"))
    assert df["bedrag"].sum() == totaal * 100_000
    assert df.height == 5


def test_saldo_hek_turns_negative_in_2018() -> None:
    df = _begroting(13_800).filter(pl.col("soort") == "saldo hek").sort("jaar")
    assert df["bedrag"].to_list() == [x * 100_000 for x in (15_063, 12_160, 1_076, -2_511)]


def test_parts_of_the_meerjarenbeeld_stand_as_printed() -> None:
    df = _begroting(13_800).filter((pl.col("jaar") == 2023) & (pl.col("soort") != "product"))
    parts = dict(df.filter(pl.col("wet") == "").select("soort", pl.col("bedrag") // 100_000).rows())
    assert parts == {
        "tekort begroting": 5642,
        "landelijke ontwikkeling": -4123,
        "meevaller": -1210,
        "tegenvaller": 1120,
        "ombuiging": -1290,
        "reserve 31 december": -3300,
    }
    assert df.filter(pl.col("wet") == "")["bron"].unique().to_list() == ["document"]


def test_year_figures_per_product_are_the_ledger_of_2015_2017() -> None:
    from sample_data.grootboek import _oude_jaren
    from sample_data.programma import make_volumes_jaar

    inst = Instellingen(Path(), 800, lees_maand("2018-01"), lees_maand("2026-10"), 1, "mixed")
    per = ["jaar", "wet", "hoofdproduct"]
    volumes = make_volumes_jaar(inst).with_columns(cent("bedrag"))
    found = dict(((*row[:3],), row[3]) for row in volumes.group_by(per).agg(pl.col("bedrag").sum()).rows())
    assert found == {(*row[:3],): row[3] for row in _oude_jaren(inst).select(*per, "bedrag").rows()}
    assert volumes["bedrag"].min() >= 0
    in_euro = volumes.filter(pl.col("eenheid") == "83")
    assert in_euro["volume"].to_list() == in_euro["bedrag"].to_list()


def test_printed_totals_of_the_module_itself() -> None:
    for i, totaal in enumerate(doc.BUDGET_TOTAAL):
        assert sum(reeks[i] for reeks in doc.BUDGET.values()) + doc.TAAKSTELLING[i] == totaal


def test_another_size_scales_and_says_so() -> None:
    half, heel = _begroting(6_900), _begroting(13_800)
    assert half["bron"].unique().to_list() == ["synthetisch"]
    assert abs(half["bedrag"].sum() - heel["bedrag"].sum() / 2) <= half.height


def test_dagbesteding_in_the_ledger_of_the_whole_city(tmp_path: Path) -> None:
    from sample_data.grootboek import _oude_jaren

    inst = Instellingen(tmp_path, 13_800, lees_maand("2018-01"), lees_maand("2026-10"), 1, "mixed")
    df = _oude_jaren(inst).filter(pl.col("hoofdproduct") == "Dagbesteding").sort("jaar")
    assert df["bedrag"].to_list() == [531_500_000, 484_700_000, 554_400_000]
    assert df["bron"].unique().to_list() == ["document"]


def test_every_other_row_is_marked_synthetic(gemengd: Stad) -> None:
    for naam in ("begroting", "grootboek", "programmering", "bevolking", "volumes_jaar", "klantcontacten"):
        assert gemengd.csv(f"{naam}.csv")["bron"].unique().to_list() == ["synthetisch"], naam
