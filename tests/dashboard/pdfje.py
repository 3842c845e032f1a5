"""What a PDF says, read with another library than the one that made it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject


@dataclass(frozen=True)
class Tak:
    """One node of the tags: its name, its alternative text and its attributes."""

    naam: str
    alt: str
    kenmerken: dict[str, Any]


class Pdf:
    """A PDF as its reader sees it."""

    def __init__(self, inhoud: bytes) -> None:
        self.lezer = pypdf.PdfReader(io.BytesIO(inhoud), strict=True)
        self.wortel = self.lezer.trailer["/Root"]

    @cached_property
    def bladen(self) -> list[str]:
        """Text of each page, with plain spaces and without the places where a long word may break."""
        teksten = (p.extract_text().replace("\xa0", " ").replace("\u200b", "") for p in self.lezer.pages)
        return [" ".join(t.split()) for t in teksten]

    @cached_property
    def tekst(self) -> str:
        """Text of all pages."""
        return " ".join(self.bladen)

    @property
    def xmp(self) -> str:
        """The metadata as XML."""
        return str(self.wortel["/Metadata"].get_data().decode())

    def tags(self) -> Iterator[Tak]:
        """All tags, in reading order."""
        yield from _walk(self.wortel["/StructTreeRoot"]["/K"])

    @cached_property
    def alts(self) -> str:
        """All alternative texts."""
        return " ".join(t.alt for t in self.tags() if t.alt).replace("\xa0", " ")


def _walk(knoop: Any) -> Iterator[Tak]:
    knoop = knoop.get_object()
    if isinstance(knoop, ArrayObject):
        for k in knoop:
            yield from _walk(k)
    elif isinstance(knoop, DictionaryObject) and "/S" in knoop:
        eigen = knoop["/A"] if "/A" in knoop else ArrayObject()
        eigen = eigen if isinstance(eigen, ArrayObject) else [eigen]
        kenmerken = {k: v for a in eigen for k, v in a.get_object().items()}
        yield Tak(str(knoop["/S"]), str(knoop.get("/Alt", "")), kenmerken)
        if "/K" in knoop:
            yield from _walk(knoop["/K"])
