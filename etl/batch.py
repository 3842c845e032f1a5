"""A batch: rows of many files on their way to the lake, written in few commits, `bericht` last."""

import contextlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import polars as pl

from etl.errors import UsageError, WriteError
from etl.files import Bestand
from etl.lake import Lake
from etl.messages import Rijen
from etl.reasons import describe
from etl.tables import RIJTABELLEN, TABELLEN

MAX_RIJEN = 250_000
"""Rows are written out, uncounted as yet, when so many wait."""
MAX_BATCH_RIJEN = 4_000_000
MAX_BATCH_BESTANDEN = 100_000
"""A batch counts at once, with one commit; larger ones would hold too much and lose too much when killed."""
_BEKEND = ["bericht_id", "sha256", "inhoud_hash", "mapping_versie", "status", "regels", "bedrag_cent"]
_IDENTITEIT = ["wet", "berichttype", "afzender", "identificatie"]


class Known:
    """Which messages and files the lake holds and which came by in this load: by their bytes, and by what
    names them.
    """

    def __init__(self, lake: Lake) -> None:
        self._frame = lake.read("bericht", [*_BEKEND, *_IDENTITEIT, "regels_hash"])
        self._lake: dict[str, dict[str, Any]] = {}
        self._nu: dict[str, Bestand] = {}
        self._berichten: dict[tuple[Any, ...], set[str]] = {}

    def look_up(self, bestanden: Iterable[Bestand]) -> None:
        """Finds what the lake has of these files' bytes; after this `in_lake` answers for them."""
        hashes = {h for b in bestanden for h in (b.sha256, b.inhoud_hash)}
        if self._frame.height:
            zoek = pl.Series("h", sorted(hashes), dtype=pl.Utf8).implode()
            gevonden = self._frame.filter(pl.col("sha256").is_in(zoek) | pl.col("inhoud_hash").is_in(zoek))
            for rij in gevonden.iter_rows(named=True):
                self._lake[rij["sha256"]] = self._lake[rij["inhoud_hash"]] = rij

    def in_lake(self, bestand: Bestand) -> dict[str, Any] | None:
        """The bericht row of the same bytes, in this or another wrapping."""
        return self._lake.get(bestand.inhoud_hash) or self._lake.get(bestand.sha256)

    def in_load(self, bestand: Bestand) -> Bestand | None:
        """The file of this load with the same bytes."""
        return self._nu.get(bestand.inhoud_hash) or self._nu.get(bestand.sha256)

    def add(self, bestand: Bestand) -> None:
        """Remembers a file of this load, before it has been written."""
        self._nu[bestand.sha256] = self._nu[bestand.inhoud_hash] = bestand

    def find_repeats(self, bestanden: list[Bestand]) -> set[int]:
        """Places in `bestanden` of messages that another one with other bytes told already, word for word.

        Same identity and same content in another wrapping (CONTRACT): re-encoded, or laid out otherwise. An
        identity can have several contents; a repeat of any of them is one.
        """
        ids = [b.identiteit for b in bestanden]
        eerder = self._in_lake(ids) if self._frame.height else {}
        uit = set()
        for f, (b, wie) in enumerate(zip(bestanden, ids, strict=True)):
            if b.status in ("geladen", "deels"):
                nu = self._berichten.setdefault(wie, set())
                if b.regels_hash in nu or b.regels_hash in eerder.get(wie, ()):
                    uit.add(f)
                else:
                    nu.add(b.regels_hash)
        return uit

    def _in_lake(self, ids: list[tuple[Any, ...]]) -> dict[tuple[Any, ...], set[str]]:
        vraag = pl.DataFrame(ids, schema=dict.fromkeys(_IDENTITEIT, pl.Utf8), orient="row").unique()
        telt = self._frame.filter(pl.col("status").is_in(["geladen", "deels"]))
        gevonden = telt.join(vraag, on=_IDENTITEIT, how="semi", nulls_equal=True)
        uit: dict[tuple[Any, ...], set[str]] = {}
        for *wie, som in gevonden.select(*_IDENTITEIT, "regels_hash").iter_rows():
            uit.setdefault(tuple(wie), set()).add(som)
        return uit


class Batch:
    """Rows and files that are written together; `lake` None for a trial run.

    Rows go to disk on a thread of their own while the next ones are read; the commit waits for them.
    """

    def __init__(self, lake: Lake | None) -> None:
        self.lake = lake
        self.schrijver = ThreadPoolExecutor(1)
        self.bezig: Future[None] | None = None
        self.rijen: Rijen = {}
        self.berichten: list[pl.DataFrame] = []
        self.vervangt: list[str] = []
        self.aantal = self.geschreven = self.aantal_bestanden = 0
        self.begonnen = False

    @property
    def is_full(self) -> bool:
        """Whether it is time to make the batch count."""
        return (
            self.aantal + self.geschreven >= MAX_BATCH_RIJEN or self.aantal_bestanden >= MAX_BATCH_BESTANDEN
        )

    def add_rows(self, rijen: Rijen) -> None:
        """Takes rows per table; writes them out, uncounted as yet, when there are many."""
        for tabel, frames in rijen.items():
            kolommen = TABELLEN[tabel]
            for frame in frames:
                # Only what the lake keeps: the received texts must not stay in memory for a whole batch.
                smal = frame.select(
                    (pl.col(k).cast(t) if k in frame.columns else pl.lit(None, dtype=t)).alias(k)
                    for k, t in kolommen.items()
                )
                self.rijen.setdefault(tabel, []).append(smal)
                self.aantal += smal.height
        if self.aantal >= MAX_RIJEN:
            with _writing():
                self._write_rows()

    def add_files(self, bestanden: list[Bestand]) -> None:
        """Takes files that are finished; their headers are let go of."""
        if not bestanden:
            return
        self.berichten.append(
            pl.DataFrame([b.row_of_bericht() for b in bestanden], schema=TABELLEN["bericht"])
        )
        self.aantal_bestanden += len(bestanden)
        for bestand in bestanden:
            bestand.kop = {}

    def drop_rows(self, bestand: Bestand) -> None:
        """Forgets the rows of a file that turned out to be unreadable."""
        for tabel, frames in self.rijen.items():
            self.rijen[tabel] = [f.filter(pl.col("bericht_id") != bestand.bericht_id) for f in frames]
        with _writing():
            self._wait()
            if self.begonnen and self.lake is not None:
                self.lake.discard(bestand.bericht_id)

    def _write_rows(self) -> None:
        if self.lake is not None and any(f.height for frames in self.rijen.values() for f in frames):
            if not self.begonnen:
                self.lake.begin()
                self.begonnen = True
            self._wait()
            self.bezig = self.schrijver.submit(_append_all, self.lake, self.rijen)
        self.geschreven += self.aantal
        self.rijen, self.aantal = {}, 0

    def _wait(self) -> None:
        """Waits for the rows that are being written; raises what went wrong with them."""
        bezig, self.bezig = self.bezig, None
        if bezig is not None:
            bezig.result()

    def close(self) -> None:
        """Lets what is being written end, so that nothing writes to the lake any more."""
        self.schrijver.shutdown(wait=True)

    def write(self, log: Iterable[Bestand]) -> None:
        """Writes rows, log and files, and makes the batch count with the last commit."""
        self._write_rows()
        self._wait()
        logregels = log_rows(log)
        if self.lake is not None:
            if self.berichten and not self.begonnen:
                self.lake.begin()
            self.lake.append("laadlog", logregels)
            if self.berichten:
                self.lake.commit(pl.concat(self.berichten), self.vervangt)
        self.berichten, self.vervangt, self.begonnen = [], [], False
        self.geschreven = self.aantal_bestanden = 0


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Tells a fault of writing from one of the file that was read meanwhile."""
    try:
        yield
    except (UsageError, WriteError):
        raise
    except Exception as fout:
        raise WriteError from fout


def _append_all(lake: Lake, rijen: Rijen) -> None:
    for tabel in RIJTABELLEN:
        if tabel in rijen:
            lake.append(tabel, pl.concat(rijen[tabel]))


def log_rows(bestanden: Iterable[Bestand]) -> pl.DataFrame:
    """Rows of lake table `laadlog`: one a file, what was tried and what came of it."""
    nu = datetime.now(UTC).replace(tzinfo=None)
    rijen = [b.row_of_log(nu, json.dumps(dict(sorted(b.redenen.items())))) for b in bestanden]
    return pl.DataFrame(rijen, schema=TABELLEN["laadlog"])


def refusal_row(bestand: Bestand) -> pl.DataFrame:
    """The quarantine row of a whole file that was refused: position 0, because no line of it can be told."""
    reden = next(iter(bestand.redenen))
    code, _, veld = reden.partition(":")
    rij = {
        "bericht_id": bestand.bericht_id,
        "sha256": bestand.sha256,
        "naam": bestand.naam,
        "berichttype": bestand.berichttype,
        "regel_nr": 0,
        "veld": veld or None,
        "code": code,
        "omschrijving": describe(reden),
    }
    return pl.DataFrame([rij], schema=TABELLEN["quarantaine"])
