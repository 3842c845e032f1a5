"""Folders, files, zips and gzips: what is to be loaded, as sources that can be read from the start.

Nothing is ever unpacked to disk, so names inside a zip are labels only and paths in them do nothing.
"""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from etl.errors import RefusedError, UsageError
from etl.files import mask
from etl.recognise import KOPGROOTTE

MAX_ZIP_TOTAAL = 8 * 1024**3
"""Largest sum of what a zip says its members are, unpacked."""
MAX_ZIP_IN_ZIP = 512 * 1024 * 1024
MAX_VERHOUDING = 200
MAX_DIEPTE = 2
"""How many zips or gzips a file may lie in."""
_KLEIN = 1024 * 1024
_VERHOUDING_VANAF = 4 * 1024 * 1024
LEESFOUTEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
ONLEESBAAR: tuple[type[Exception], ...] = (RefusedError, *LEESFOUTEN)
"""What a source can raise while it is read."""


@dataclass
class Bron:
    """One file to load: on disk, or a member of a zip. `zip` names the outer zip, '' for a loose file."""

    naam: str
    grootte: int
    pad: Path | None = None
    zip: str = ""
    lid: zipfile.ZipInfo | None = None
    archief: zipfile.ZipFile | None = None
    ouder: "Bron | None" = None
    """The zip or gzip that this lies in."""
    fout: RefusedError | None = None
    diepte: int = 0
    """0 for a loose file, 1 in a zip, 2 in a zip inside a zip."""
    bewaard: bytes | None = None
    geheugen: bytes | None = None
    """The whole content of a source that has no file."""

    @property
    def plek(self) -> tuple[object, ...]:
        """Where the bytes are, the same for every look at them: the file, and the way to it through zips."""
        buiten = self.ouder.plek if self.ouder is not None else (self.pad or id(self.geheugen),)
        return (*buiten, self.naam, self.lid.header_offset if self.lid is not None else 0)

    @classmethod
    def in_memory(cls, naam: str, data: bytes) -> "Bron":
        """A file that never was on disk: an upload, or the payload of an envelope."""
        return cls(mask(PurePosixPath(naam.replace("\\", "/")).name), len(data), geheugen=data)

    def open(self) -> BinaryIO:
        """The bytes from the start; RefusedError where they cannot be had."""
        if self.fout:
            raise self.fout
        if self.geheugen is not None:
            return io.BytesIO(self.geheugen)
        try:
            if self.archief is not None and self.lid is not None:
                return self.archief.open(self.lid)  # type: ignore[return-value]
            if self.ouder is not None:
                return _Uitgepakt(self.ouder)
            if self.pad is None:
                raise RefusedError("niet_leesbaar")
            return self.pad.open("rb")
        except LEESFOUTEN as fout:
            raise self._unreadable() from fout

    def _unreadable(self) -> RefusedError:
        if self.archief is not None:
            return RefusedError("zip_kapot")
        return RefusedError("gzip_kapot" if self.ouder is not None else "niet_leesbaar")

    def digest(self) -> str:
        """sha256 of the bytes, as far as they can be read."""
        som = hashlib.sha256()
        try:
            with self.open() as stroom:
                while stuk := stroom.read(1 << 20):
                    som.update(stuk)
        except ONLEESBAAR:
            som.update(b"onleesbaar")
        return som.hexdigest()

    def read(self, hoogstens: int) -> bytes:
        """All bytes; RefusedError('te_groot') above `hoogstens`, whatever the zip says its size is.

        A small file is kept, because it is looked at before it is read.
        """
        if self.bewaard is not None:
            return self.bewaard
        try:
            with self.open() as bron:
                data = bron.read(hoogstens + 1)
        except LEESFOUTEN as fout:
            raise self._unreadable() from fout
        if len(data) > hoogstens:
            raise RefusedError("te_groot")
        if len(data) <= _KLEIN:
            self.bewaard = data
        return data

    def peek(self) -> bytes:
        """The first bytes, enough to tell what it is."""
        if 0 < self.grootte <= _KLEIN:
            return self.read(_KLEIN)[:KOPGROOTTE]
        try:
            with self.open() as bron:
                return bron.read(KOPGROOTTE)
        except LEESFOUTEN as fout:
            raise self._unreadable() from fout


class _Uitgepakt(io.BufferedReader):
    """The content of a gzip, read to its end only as far as is believable."""

    def __init__(self, bron: Bron) -> None:
        self._stroom = bron.open()
        self._grens = max(_VERHOUDING_VANAF, MAX_VERHOUDING * bron.grootte)
        self._gelezen = 0
        super().__init__(gzip.GzipFile(fileobj=self._stroom, mode="rb"), 1 << 20)

    def read(self, size: int | None = -1) -> bytes:
        """As of any stream; RefusedError('zip_bom') where more comes out than its size makes believable."""
        data = super().read(size if size is not None and size >= 0 else self._grens + 1)
        self._gelezen += len(data)
        if self._gelezen > self._grens:
            raise RefusedError("zip_bom")
        return data

    def close(self) -> None:
        """Closes the gzip and what it lies in."""
        super().close()
        self._stroom.close()


def unpack(bron: Bron) -> Bron:
    """The file inside a gzip, named without '.gz'; RefusedError('zip_diep') where it lies too deep."""
    if bron.diepte >= MAX_DIEPTE:
        raise RefusedError("zip_diep")
    naam = bron.naam.removesuffix(".gz").removesuffix(".GZ")
    return Bron(naam, 0, zip=bron.zip or bron.naam, ouder=bron, diepte=bron.diepte + 1)


def find_files(paden: Iterable[Path], lake: Path) -> list[Bron]:
    """Loose files under the given paths in a fixed order, the lake itself aside; UsageError for a missing
    path.
    """
    gevonden: dict[Path, Bron] = {}
    for pad in paden:
        if not pad.exists():
            raise UsageError(f"Dit pad bestaat niet: {mask(str(pad))}")
        for bestand in sorted(pad.rglob("*")) if pad.is_dir() else [pad]:
            echt = bestand.resolve()
            if not bestand.is_file() or (pad.is_dir() and echt.is_relative_to(lake.resolve())):
                continue
            try:
                grootte = bestand.stat().st_size
            except OSError:
                grootte = 0
            gevonden.setdefault(echt, Bron(mask(bestand.name), grootte, pad=bestand))
    return list(gevonden.values())


def members(bron: Bron) -> Iterator[Bron]:
    """The files inside a zip; what cannot be read carries its reason in `fout`.

    Raises RefusedError where the zip as a whole cannot be read, or says it unpacks to more than is
    believable.
    """
    if bron.diepte >= MAX_DIEPTE:
        raise RefusedError("zip_diep")
    in_geheugen = bron.ouder is not None
    try:
        stroom = io.BytesIO(bron.read(MAX_ZIP_IN_ZIP)) if in_geheugen else bron.open()
        archief = zipfile.ZipFile(stroom)
        leden = [lid for lid in archief.infolist() if not lid.is_dir()]
    except LEESFOUTEN as fout:
        raise RefusedError("zip_kapot") from fout
    if sum(lid.file_size for lid in leden) > MAX_ZIP_TOTAAL:
        raise RefusedError("zip_bom")
    for lid in leden:
        yield Bron(
            naam=mask(PurePosixPath(lid.filename.replace("\\", "/")).name),
            grootte=lid.file_size,
            zip=bron.zip or bron.naam,
            lid=lid,
            archief=archief,
            ouder=bron,
            fout=_member_fault(lid),
            diepte=bron.diepte + 1,
        )


def _member_fault(lid: zipfile.ZipInfo) -> RefusedError | None:
    if lid.flag_bits & 0x1:
        return RefusedError("zip_versleuteld")
    if lid.file_size > _VERHOUDING_VANAF and lid.file_size > MAX_VERHOUDING * max(lid.compress_size, 1):
        return RefusedError("zip_bom")
    return None
