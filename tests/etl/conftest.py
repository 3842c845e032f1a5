"""Running the loader as a user does, and comparing lakes."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.__main__ import main
from etl.lake import Lake
from etl.tables import TABELLEN

WORTEL = Path(__file__).resolve().parents[2]
SLEUTEL = "een-geheime-sleutel-voor-de-proeven"
VOORBEELD = "voorbeeldsleutel-van-de-proeven"


def omgeving(sleutel: str | None = SLEUTEL) -> dict[str, str]:
    """Environment with this key, or with none."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("STUURINFO_")}
    return env | ({"STUURINFO_KEY": sleutel} if sleutel else {})


def opdracht(*woorden: object, sleutel: str | None = SLEUTEL) -> subprocess.CompletedProcess[str]:
    """`python -m etl …` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, woorden)],
        cwd=WORTEL,
        env=omgeving(sleutel),
        capture_output=True,
        text=True,
        timeout=120,
    )


Laad = Callable[..., dict[str, Any]]


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Folder of a lake that does not exist yet."""
    return tmp_path / "lake"


@pytest.fixture
def laad(lake: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Laad:
    """Loads paths into the lake through the command; the report as --json gives it, with its exit code.

    In this process, for speed; `opdracht` is the real thing where a process of its own matters.
    """

    def doe(
        *paden: object, naar: Path = lake, sleutel: str = SLEUTEL, extra: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        monkeypatch.delenv("STUURINFO_KEY_FILE", raising=False)
        monkeypatch.setenv("STUURINFO_KEY", sleutel)
        capsys.readouterr()
        code = main(["load", *map(str, paden), "--lake", str(naar), "--json", *extra])
        uit = capsys.readouterr()
        assert code in (0, 1), uit.err
        verslag: dict[str, Any] = json.loads(uit.out)
        return verslag | {"exit": code, "stderr": uit.err}

    return doe


def rows(lake: Path, tabel: str) -> pl.DataFrame:
    """Rows of a table in a fixed order."""
    frame = Lake(lake).read(tabel)
    return frame.sort(frame.columns) if frame.height else frame


def lake_hash(lake: Path) -> str:
    """Hash of the sorted rows of all tables but the log of attempts."""
    som = hashlib.sha256()
    for tabel in TABELLEN:
        if tabel != "laadlog":
            som.update(tabel.encode() + rows(lake, tabel).write_csv().encode())
    return som.hexdigest()


def the_file(verslag: dict[str, Any], naam: str) -> dict[str, Any]:
    """The one file with this name in a report."""
    (bestand,) = [b for b in verslag["files"] if b["name"] == naam]
    gevonden: dict[str, Any] = bestand
    return gevonden
