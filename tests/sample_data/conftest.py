"""Three synthetic cities for the tests of the generator.

One by messages, one mixed, one large enough to calibrate.
"""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from sample_data.genereer import run
from sample_data.instellingen import Instellingen, Wijze, lees_maand

ZAAD = 20
ENVELOP = b"envelopHeenbericht"


@dataclass(frozen=True)
class Stad:
    """What one run wrote, and what it says that it wrote."""

    map: Path
    verwacht: dict[str, Any]

    def csv(self, patroon: str) -> pl.DataFrame:
        """All extracts of one kind below each other, every column as text."""
        delen = [
            pl.read_csv(p, separator=";", infer_schema=False)
            for p in sorted((self.map / "extracten").glob(patroon))
        ]
        return pl.concat(delen)

    def bestanden(self) -> Iterator[tuple[str, str, bytes]]:
        """(zip, name, content) of every file, envelopes as they are."""
        for pad in sorted((self.map / "berichten").glob("*.zip")):
            with zipfile.ZipFile(pad) as z:
                for naam in z.namelist():
                    yield pad.stem, naam, z.read(naam)

    def berichten(self) -> Iterator[tuple[str, str, bytes]]:
        """(zip, name, content) of every message, out of its envelope if it has one."""
        for pad, naam, inhoud in self.bestanden():
            bestand = etree.fromstring(inhoud).find(".//{*}xmlBestand") if ENVELOP in inhoud[:200] else None
            yield pad, naam, inhoud if bestand is None else base64.b64decode(bestand.text or "")

    def bomen(self, soort: str) -> Iterator[tuple[str, etree._Element]]:
        """(name, root) of the messages whose name holds ``soort``, namespaces taken off.

        Byte copies left out.
        """
        for _, naam, inhoud in self.berichten():
            if soort in naam and not naam.startswith("nogmaals_"):
                wortel = etree.fromstring(inhoud)
                for e in wortel.iter():
                    e.tag = etree.QName(e).localname
                yield naam, wortel


def make(map_: Path, clienten: int, van: str, tot: str, wijze: Wijze, zaad: int = ZAAD) -> Stad:
    """Run the generator in this process."""
    inst = Instellingen(map_, clienten, lees_maand(van), lees_maand(tot), zaad, wijze)
    return Stad(map_, run(inst, lambda _: None))


@pytest.fixture(scope="session")
def op_papier(tmp_path_factory: pytest.TempPathFactory) -> Stad:
    """All by messages, over the switch of release: 2.3 until December 2020, 3.2 from then on."""
    return make(tmp_path_factory.mktemp("papier"), 900, "2020-07", "2021-05", "messages")


@pytest.fixture(scope="session")
def gemengd(tmp_path_factory: pytest.TempPathFactory) -> Stad:
    """History as extracts, the last six months as messages."""
    return make(tmp_path_factory.mktemp("gemengd"), 900, "2023-01", "2024-12", "mixed")


@pytest.fixture(scope="session")
def ijkstad(tmp_path_factory: pytest.TempPathFactory) -> Stad:
    """A fifth of the city, by extracts: large enough for shares and averages."""
    return make(tmp_path_factory.mktemp("ijk"), 2760, "2018-01", "2024-12", "extracts")
