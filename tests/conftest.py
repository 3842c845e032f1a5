"""What all tests share: where the official material lies, when it is there."""

import os
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def gedeeld() -> Path:
    """Folder with the official schemas and examples; skips where it is absent."""
    map_ = Path(os.environ.get("STUURINFO_GEDEELD", WORTEL.parent / "shared"))
    if not (map_ / "istandaarden").is_dir():
        pytest.skip("het officiële materiaal (istandaarden) is hier niet aanwezig")
    return map_
