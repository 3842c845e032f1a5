"""The command: arguments, refusals and what it leaves behind."""

import datetime as dt
import json
from pathlib import Path

import pytest

from sample_data.__main__ import main, parse
from sample_data.instellingen import schrijf_maand

pytestmark = pytest.mark.xdist_group("sample_data")
VANDAAG = dt.date(2026, 11, 22)


def test_defaults_are_the_whole_city_up_to_the_last_full_month(tmp_path: Path) -> None:
    inst = parse(["generate", "--out", str(tmp_path)], VANDAAG)
    assert inst.clienten == 13_800 and inst.hele_stad and inst.schaal == 1.0
    assert schrijf_maand(inst.van) == "2018-01"
    assert schrijf_maand(inst.tot) == "2026-10"
    assert inst.wijze == "mixed"
    assert schrijf_maand(inst.berichten_van) == "2026-05"


def test_first_of_january_looks_back_into_the_old_year(tmp_path: Path) -> None:
    inst = parse(["generate", "--out", str(tmp_path)], dt.date(2027, 1, 1))
    assert schrijf_maand(inst.tot) == "2026-12"


@pytest.mark.parametrize(
    "woorden",
    [
        ["--clients", "0"],
        ["--clients", "veel"],
        ["--from", "2017-12"],
        ["--from", "januari"],
        ["--from", "2024-01", "--to", "2023-12"],
        ["--seed", "-1"],
        ["--as", "post"],
        [],
    ],
)
def test_refusals_exit_with_2(tmp_path: Path, woorden: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    uit = ["--out", str(tmp_path / "uit")] if woorden else []
    with pytest.raises(SystemExit) as fout:
        main(["generate", *uit, *woorden])
    assert fout.value.code == 2
    assert not (tmp_path / "uit").exists()
    assert capsys.readouterr().err


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "extracten").mkdir()
    (tmp_path / "extracten" / "echt.csv").write_text("bewaar mij")
    woorden = ["generate", "--out", str(tmp_path), "--clients", "60", "--from", "2024-01", "--to", "2024-03"]
    assert main(woorden) == 2
    assert [p.name for p in tmp_path.rglob("*.*")] == ["echt.csv"]
    assert "extracten" in capsys.readouterr().err


def test_root_files_are_marked(tmp_path: Path) -> None:
    assert (
        main(["generate", "--out", str(tmp_path), "--clients", "60", "--from", "2024-01", "--to", "2024-08"])
        == 0
    )
    assert (tmp_path / "voorbeeldsleutel.txt").read_text().startswith("voorbeeldsleutel-")
    assert (tmp_path / "LEESMIJ.txt").read_text().startswith("Synthetische gemeente\n")
    assert json.loads((tmp_path / "verwacht.json").read_text())["stuurinformatie_verwacht"] == 1
    assert sorted(p.stem for p in (tmp_path / "berichten").iterdir()) == [
        f"2024-{m:02d}" for m in range(3, 9)
    ]


def test_nothing_is_received_after_the_last_month(tmp_path: Path) -> None:
    main(
        [
            "generate",
            "--out",
            str(tmp_path),
            "--clients",
            "80",
            "--from",
            "2024-01",
            "--to",
            "2024-06",
            "--as",
            "extracts",
        ]
    )
    for pad in (tmp_path / "extracten").glob("*_20*.csv"):
        for regel in pad.read_text(encoding="utf-8-sig").splitlines()[1:]:
            for veld in regel.split(";"):
                if pad.name.startswith("declaratie") and len(veld) == 10 and veld[2] == veld[5] == "-":
                    assert veld[6:] + veld[3:5] <= "202406", (pad.name, regel)
