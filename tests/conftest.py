"""What all tests share: the official material when it is there, and one small city through the chain."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parent.parent
CLIENTS = "400"
TOT_EN_MET = "2026-10"


@pytest.fixture(scope="session")
def gedeeld() -> Path:
    """Folder with the official schemas and examples; skips where it is absent."""
    map_ = Path(os.environ.get("STUURINFO_GEDEELD", WORTEL.parent / "shared"))
    if not (map_ / "istandaarden").is_dir():
        pytest.skip("het officiële materiaal (istandaarden) is hier niet aanwezig")
    return map_


@dataclass(frozen=True)
class Keten:
    """A synthetic city, the lake its delivery was loaded into, and the snapshot built from that."""

    voorbeeld: Path
    lake: Path
    snapshot: Path

    @property
    def env(self) -> dict[str, str]:
        """Environment in which a command accepts this city's sample key."""
        return os.environ | {"STUURINFO_KEY_FILE": str(self.voorbeeld / "voorbeeldsleutel.txt")}


def run_command(*woorden: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `python -m …` in the root; an exit other than 0 or 1 fails the test with the command's output."""
    klaar = subprocess.run(
        [sys.executable, "-m", *woorden], cwd=WORTEL, env=env, capture_output=True, text=True
    )
    assert klaar.returncode in (0, 1), (
        f"{' '.join(woorden)}: {klaar.returncode}\n{klaar.stdout}\n{klaar.stderr}"
    )
    return klaar


@pytest.fixture(scope="session")
def keten(tmp_path_factory: pytest.TempPathFactory) -> Keten:
    """One small city through generate, load and build; made once, however many workers ask for it."""
    basis = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        basis = basis.parent
    map_ = basis / "keten"
    gemaakt = Keten(map_ / "voorbeeld", map_ / "lake", map_ / "stuurinfo.duckdb")
    klaar, mislukt = map_ / "klaar", map_ / "mislukt"
    try:
        map_.mkdir()
    except FileExistsError:
        # another worker makes it
        while not klaar.exists():
            assert not mislukt.exists(), "de keten kon niet worden gemaakt; zie de andere proef"
            time.sleep(0.2)
        return gemaakt
    try:
        run_command(
            "sample_data",
            "generate",
            "--out",
            str(gemaakt.voorbeeld),
            "--clients",
            CLIENTS,
            "--to",
            TOT_EN_MET,
        )
        run_command("etl", "load", str(gemaakt.voorbeeld), "--lake", str(gemaakt.lake), env=gemaakt.env)
        run_command("warehouse", "build", "--lake", str(gemaakt.lake), "--out", str(gemaakt.snapshot))
        assert gemaakt.snapshot.exists(), "de bouw eindigde zonder momentopname"
    except BaseException:
        mislukt.touch()
        raise
    klaar.touch()
    return gemaakt
