"""The lake on disk: Delta tables, one lock, and a note from which a killed load is taken back.

A row counts only when its bericht is there. Before a batch is written, `laden.json` notes the version of
every table; row tables come first, `bericht` last. A load that finds such a note puts every table back to
the noted version unless `bericht` had moved on, in which case the batch was complete.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from etl.errors import UsageError, WriteError
from etl.key import Sleutel
from etl.stopping import ignore_further
from etl.tables import RIJTABELLEN, TABELLEN, conform

SCHEMA_VERSIE = 2
MAX_BESTANDEN = 32
"""More Parquet files than this in a table are put together after a load."""
BEWAAR_UREN = 24
"""Files that no longer belong to a table stay so long, for who is reading them."""
_NOTITIE = "laden.json"
_WISSEL = "wissel.json"
_NIEUW = ".nieuw"
_SLOT = "laden.slot"


class Lake:
    """The lake in one folder. Made by `open_lake`; written only while `locked`."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad

    # -- reading ---------------------------------------------------------------------------------------------

    def exists(self, tabel: str) -> bool:
        """Whether the table has been written to."""
        return (self.pad / tabel / "_delta_log").is_dir() and DeltaTable.is_deltatable(str(self.pad / tabel))

    def version(self, tabel: str) -> int | None:
        """Version of a table; None where it does not exist."""
        return DeltaTable(str(self.pad / tabel)).version() if self.exists(tabel) else None

    def read(self, tabel: str, kolommen: list[str] | None = None) -> pl.DataFrame:
        """All rows of a table, counted or not; an empty frame where there is no table."""
        namen = kolommen or list(TABELLEN[tabel])
        bestanden = DeltaTable(str(self.pad / tabel)).file_uris() if self.exists(tabel) else []
        if not bestanden:
            return pl.DataFrame(schema={k: TABELLEN[tabel][k] for k in namen})
        return pl.read_parquet(bestanden, columns=namen)

    def read_counted(self, tabel: str, kolommen: list[str]) -> pl.DataFrame:
        """Rows of a table whose bericht is there and was loaded."""
        telt = self.read("bericht", ["bericht_id", "status"]).filter(
            pl.col("status").is_in(["geladen", "deels"])
        )
        namen = [*kolommen, *(k for k in ("bericht_id",) if k not in kolommen)]
        return self.read(tabel, namen).join(telt, on="bericht_id", how="semi").select(kolommen)

    # -- opening ---------------------------------------------------------------------------------------------

    def about(self) -> dict[str, Any]:
        """What lake.json says, or will say once a change of all tables is finished; empty for no lake."""
        for naam in (_WISSEL, "lake.json"):
            pad = self.pad / naam
            if pad.is_file():
                inhoud: dict[str, Any] = json.loads(pad.read_text(encoding="utf-8"))
                return inhoud
        return {}

    def check_key(self, sleutel: Sleutel) -> Sleutel:
        """The key with those it follows; UsageError where the lake has another one or another schema."""
        over = self.about()
        if not over:
            return sleutel
        self.check_schema()
        if over.get("sleutel_vingerafdruk") != sleutel.vingerafdruk:
            raise UsageError(
                "Dit lake is met een andere sleutel gemaakt. Met twee sleutels krijgt dezelfde cliënt twee "
                "pseudoniemen. Gebruik de sleutel van dit lake, of laad in een nieuwe, lege map. Een lake "
                "een andere sleutel geven doet 'etl rekey'."
            )
        return sleutel.unseal(over.get("vorige_sleutels", []))

    def check_schema(self) -> None:
        """UsageError where the lake was made by an older or a newer version of this program."""
        versie = self.about().get("schema_versie")
        if versie == SCHEMA_VERSIE:
            return
        if isinstance(versie, int) and versie < SCHEMA_VERSIE:
            raise UsageError(
                f"Dit lake heeft schemaversie {versie}; dit programma leest versie {SCHEMA_VERSIE}. Werk het "
                f"bij met: python -m etl upgrade --lake {self.pad}"
            )
        raise UsageError(
            f"Dit lake heeft schemaversie {versie}; dit programma leest versie {SCHEMA_VERSIE}. Installeer "
            "de nieuwere versie van dit programma."
        )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the only right to write; UsageError where another load has it, or the folder is not writable.

        The lock is the operating system's, so that a killed process leaves none behind.
        """
        try:
            self.pad.mkdir(parents=True, exist_ok=True)
            slot = (self.pad / _SLOT).open("a+b")
        except OSError as fout:
            raise UsageError(f"De map van het lake is niet te beschrijven: {self.pad}") from fout
        with slot:
            try:
                _lock(slot.fileno())
            except OSError as fout:
                raise UsageError(
                    "Er wordt al iets in dit lake geladen. Wacht tot dat klaar is en probeer het dan opnieuw."
                ) from fout
            yield

    @contextlib.contextmanager
    def taken_back_on_failure(self) -> Iterator[None]:
        """Turns a failure of the disk into a UsageError, and takes the batch back that it broke off.

        Whoever stops the work (Ctrl+C, SIGTERM), or a fault of the program itself, gets every table back as
        it was, batches that were complete included. Where even that fails, the note stays and the next load
        takes it back.
        """
        nieuw = not self.about()
        begin: dict[str, int | None] | None = None
        try:
            self.recover()
            begin = {t: self.version(t) for t in TABELLEN}
            yield
        except (BrokenPipeError, UsageError):
            raise
        except (OSError, DeltaError, WriteError) as fout:
            raise self._recover_unwritable(
                fout, "De afgebroken lading is teruggedraaid; laad na herstel opnieuw."
            ) from fout
        except BaseException:
            ignore_further()
            self.recover()
            if begin is not None:
                self._put_back(begin)
            if nieuw:
                (self.pad / "lake.json").unlink(missing_ok=True)
            raise

    @contextlib.contextmanager
    def finished_on_failure(self) -> Iterator[None]:
        """For a change of all tables: stopped or failed, it is swept, or finished where it was decided on."""
        try:
            yield
        except UsageError:
            raise
        except (OSError, DeltaError) as fout:
            raise self._recover_unwritable(
                fout, "Maak ruimte en geef de opdracht opnieuw; tot dan is er niets veranderd."
            ) from fout
        except BaseException:
            ignore_further()
            self.recover()
            raise

    def _recover_unwritable(self, fout: Exception, vervolg: str) -> UsageError:
        """Sweeps as far as the disk allows, and returns what the reader is told."""
        with contextlib.suppress(OSError, DeltaError, UsageError):
            self.recover()
        soort = type(fout.__cause__ or fout).__name__
        return UsageError(
            f"Het lake is niet te schrijven ({soort}): de schijf is vol of de rechten ontbreken. {vervolg}"
        )

    def prepare(self, sleutel: Sleutel) -> None:
        """Takes back what a killed load left, and signs a new lake with the fingerprint of its key."""
        self.recover()
        if not self.about():
            self._write_json("lake.json", describe_lake(sleutel))

    # -- writing ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Notes where every table stands, before the first row of a batch is written."""
        self._write_json(_NOTITIE, {"versies": {t: self.version(t) for t in TABELLEN}, "weg": []})

    def append(self, tabel: str, frame: pl.DataFrame) -> None:
        """Adds rows to a table in one commit; checked against the table's schema.

        A table that an earlier release made gets the columns that came later, empty in its older rows.
        """
        if frame.height:
            rijen = conform(frame, tabel).to_arrow()
            write_deltalake(str(self.pad / tabel), rijen, mode="append", schema_mode="merge")

    def commit(self, berichten: pl.DataFrame, vervangt: list[str]) -> None:
        """Writes the batch's bericht rows, from which moment its rows count.

        `vervangt`: bericht_ids that an older mapping gave to the same content; they make way in the same
        commit.
        """
        if vervangt:
            self._note_removal(vervangt)
            hashes = berichten.get_column("inhoud_hash").unique().to_list()
            bytes_ = berichten.get_column("sha256").unique().to_list()
            write_deltalake(
                str(self.pad / "bericht"),
                conform(berichten, "bericht").to_arrow(),
                mode="overwrite",
                predicate=f"{_in_list('inhoud_hash', hashes)} OR {_in_list('sha256', bytes_)}",
            )
        else:
            self.append("bericht", berichten)
        self.recover()

    def compact(self, meer_dan: int = MAX_BESTANDEN, bewaar_uren: int = BEWAAR_UREN) -> int:
        """Puts many small files of a table together and removes what no table has had for some hours.

        The rows stay as they are. Returns the number of files that were removed.
        """
        weg = 0
        for tabel in TABELLEN:
            if self.exists(tabel):
                delta = DeltaTable(str(self.pad / tabel))
                if len(delta.file_uris()) > meer_dan:
                    delta.optimize.compact()
                    delta.create_checkpoint()
                    weg += len(delta.vacuum(bewaar_uren, dry_run=False, enforce_retention_duration=False))
                    delta.cleanup_metadata()
        return weg

    def discard(self, bericht_id: str) -> None:
        """Drops rows of a file that turned out unreadable after some had been written; they never counted."""
        for tabel in RIJTABELLEN:
            if self.exists(tabel):
                DeltaTable(str(self.pad / tabel)).delete(_in_list("bericht_id", [bericht_id]))

    def withdraw(self, bericht_ids: list[str]) -> None:
        """Removes files: first their bericht rows, so that nothing of them counts, then their rows."""
        self.begin()
        self._note_removal(bericht_ids)
        DeltaTable(str(self.pad / "bericht")).delete(_in_list("bericht_id", bericht_ids))
        self.recover()

    def recover(self) -> None:
        """Takes back a batch that was not completed, and finishes a removal or a change that was begun."""
        self.finish_change()
        pad = self.pad / _NOTITIE
        if not pad.is_file():
            return
        notitie = json.loads(pad.read_text(encoding="utf-8"))
        versies: dict[str, int | None] = notitie["versies"]
        if notitie.get("terug") or self.version("bericht") == versies["bericht"]:
            # bericht first: what it no longer names does not count, wherever this is broken off
            for tabel in reversed(TABELLEN):
                nu, toen = self.version(tabel), versies[tabel]
                if nu is not None and toen is None:
                    self._sweep(self.pad / tabel)
                elif nu is not None and toen is not None and nu != toen:
                    DeltaTable(str(self.pad / tabel)).restore(toen)
        elif notitie["weg"]:
            for tabel in RIJTABELLEN:
                if self.exists(tabel):
                    DeltaTable(str(self.pad / tabel)).delete(_in_list("bericht_id", notitie["weg"]))
        pad.unlink()

    def _put_back(self, versies: dict[str, int | None]) -> None:
        """Every table as it was at these versions, whatever batches came after."""
        if {t: self.version(t) for t in TABELLEN} != versies:
            self._write_json(_NOTITIE, {"versies": versies, "weg": [], "terug": True})
            self.recover()

    # -- all tables at once ----------------------------------------------------------------------------------

    def write_anew(self, tabel: str, frames: Iterator[pl.DataFrame]) -> None:
        """Writes a table beside the one that is there, block by block; `change_to` puts it in its place."""
        pad = self.pad / _NIEUW / tabel
        for frame in frames:
            write_deltalake(str(pad), conform(frame, tabel).to_arrow(), mode="append")

    def change_to(self, over: dict[str, Any]) -> None:
        """Puts everything of `write_anew` in place of the tables, and `over` in lake.json: all or nothing."""
        self._write_json(_WISSEL, over)
        self.finish_change()

    def finish_change(self) -> None:
        """Finishes a change of all tables that was decided on; sweeps what was not."""
        nieuw, wissel = self.pad / _NIEUW, self.pad / _WISSEL
        if wissel.is_file():
            for tabel in TABELLEN:
                if (nieuw / tabel).is_dir():
                    if (self.pad / tabel).is_dir():
                        self._sweep(self.pad / tabel)
                    (nieuw / tabel).rename(self.pad / tabel)
            wissel.replace(self.pad / "lake.json")
        for pad in (nieuw, *self.pad.glob(".weg-*")):
            if pad.is_dir():
                shutil.rmtree(pad)

    def _sweep(self, pad: Path) -> None:
        weg = pad.rename(self.pad / f".weg-{pad.name}-{os.getpid()}")
        shutil.rmtree(weg)

    def _note_removal(self, bericht_ids: list[str]) -> None:
        notitie = json.loads((self.pad / _NOTITIE).read_text(encoding="utf-8"))
        self._write_json(_NOTITIE, notitie | {"weg": bericht_ids})

    def _write_json(self, naam: str, inhoud: dict[str, Any]) -> None:
        """Writes a small file whole or not at all."""
        tijdelijk = self.pad / f".{naam}.nieuw"
        try:
            with tijdelijk.open("w", encoding="utf-8") as uit:
                json.dump(inhoud, uit)
                uit.flush()
                os.fsync(uit.fileno())
            tijdelijk.replace(self.pad / naam)
        except OSError as fout:
            raise UsageError(f"De map van het lake is niet te beschrijven: {self.pad}") from fout


def describe_lake(sleutel: Sleutel) -> dict[str, Any]:
    """What lake.json says of a lake under this key; the key itself cannot be found from it."""
    return {
        "schema_versie": SCHEMA_VERSIE,
        "sleutel_vingerafdruk": sleutel.vingerafdruk,
        "voorbeeld": sleutel.voorbeeld,
        "vorige_sleutels": sleutel.seal(sleutel.vorige),
    }


def _in_list(kolom: str, waarden: list[str]) -> str:
    """SQL predicate over hashes only; anything that is not a plain hex text is a mistake of ours."""
    if not all(w.isalnum() for w in waarden):
        raise ValueError("alleen hashes")
    return f"{kolom} IN ({', '.join(repr(w) for w in waarden)})"


def _lock(nummer: int) -> None:
    """Takes an exclusive lock without waiting; OSError where it is held."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(nummer, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
