"""The jaarprogrammering: with and without wijk and aanbieder, and into a lake from before these columns."""

from pathlib import Path

import polars as pl
from deltalake import DeltaTable, write_deltalake

from tests.etl.conftest import Laad, rows, the_file

KOP = (
    "gemeentecode;jaar;wet;hoofdproduct;productgroep;product;zwaarte;{}klantcontacten;doorverwijzingen;instroom;"
    "clienten;duur_weken;intensiteit;uitnutting;tarief;volume;eenheid;bedrag;vastgesteld_op;bron"
)
REGEL = (
    "0392;2025;Wmo;Begeleiding;Begeleiding;Begeleiding;licht;{};;;"
    "40;31,25;1;0,8;60,00;1000;04;60000,00;{};eigen"
)
VELDEN = ("wijkcode", "aanbieder_agb", "clienten", "duur_weken", "tarief_cent", "volume", "bedrag_cent")


def write(place: Path, extra: str, place_of: str, day: str) -> Path:
    place.write_text(f"{KOP.format(extra)}\n{REGEL.format(place_of, day)}\n", encoding="utf-8")
    return place


def test_wijk_and_aanbieder_may_be_absent_empty_or_filled(tmp_path: Path, laad: Laad, lake: Path) -> None:
    write(tmp_path / "oud.csv", "", "", "10-12-2024")
    write(tmp_path / "leeg.csv", "wijkcode;aanbieder_agb;", ";;", "11-12-2024")
    # a spreadsheet takes the zeros off a code
    write(tmp_path / "vol.csv", "wijkcode;aanbieder_agb;", "WK039201;1656055;", "12-12-2024")
    report = laad(tmp_path / "oud.csv", tmp_path / "leeg.csv", tmp_path / "vol.csv")
    assert {bestand["berichttype"] for bestand in report["files"]} == {"programmering"}
    assert [the_file(report, f"{n}.csv")["regels_geladen"] for n in ("oud", "leeg", "vol")] == [1, 1, 1]
    figures = (40.0, 31.25, 6000, 1000.0, 6000000)
    assert rows(lake, "programmering").sort("vastgesteld_op").select(VELDEN).rows() == [
        (None, None, *figures),
        (None, None, *figures),
        ("WK039201", "01656055", *figures),
    ]


def test_a_lake_from_before_gets_the_columns_with_the_next_rows(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    laad(write(tmp_path / "oud.csv", "", "", "10-12-2024"))
    table = str(lake / "programmering")
    before = pl.from_arrow(DeltaTable(table).to_pyarrow_table())
    assert isinstance(before, pl.DataFrame)
    before = before.drop("wijkcode", "aanbieder_agb")
    write_deltalake(table, before.to_arrow(), mode="overwrite", schema_mode="overwrite")
    report = laad(write(tmp_path / "n.csv", "wijkcode;aanbieder_agb;", "WK039201;;", "12-12-2024"))
    assert report["exit"] == 0
    assert rows(lake, "programmering").sort("vastgesteld_op").select("wijkcode", "clienten").rows() == [
        (None, 40.0),
        ("WK039201", 40.0),
    ]
