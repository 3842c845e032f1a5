"""The same explicit arguments give the same bytes; another seed gives another city."""

import hashlib
from pathlib import Path

import pytest

from tests.sample_data.conftest import make

pytestmark = pytest.mark.xdist_group("sample_data")


def _vingerafdruk(map_: Path) -> dict[str, str]:
    return {
        str(p.relative_to(map_)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(map_.rglob("*"))
        if p.is_file()
    }


@pytest.mark.parametrize("wijze", ["mixed", "messages", "extracts"])
def test_same_arguments_same_bytes(tmp_path: Path, wijze: str) -> None:
    for naam in ("een", "twee"):
        make(tmp_path / naam, 150, "2022-10", "2023-09", wijze)  # type: ignore[arg-type]
    een, twee = _vingerafdruk(tmp_path / "een"), _vingerafdruk(tmp_path / "twee")
    assert een == twee
    assert len(een) > 25


def test_another_seed_another_city(tmp_path: Path) -> None:
    make(tmp_path / "een", 100, "2023-01", "2023-09", "mixed", zaad=1)
    make(tmp_path / "twee", 100, "2023-01", "2023-09", "mixed", zaad=2)
    een, twee = _vingerafdruk(tmp_path / "een"), _vingerafdruk(tmp_path / "twee")
    assert een["extracten/clienten.csv"] != twee["extracten/clienten.csv"]
    assert een["extracten/cpi.csv"] == twee["extracten/cpi.csv"]


def test_a_second_run_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    make(tmp_path, 100, "2022-01", "2023-09", "messages")
    make(tmp_path, 100, "2023-01", "2023-09", "extracts")
    assert not (tmp_path / "berichten").exists()
    assert not (tmp_path / "extracten" / "declaratieregels_2022.csv").exists()
    # what started before --from and still runs is told with the year before
    assert {p.stem[-4:] for p in (tmp_path / "extracten").glob("starts_*.csv")} == {"2022", "2023"}
