"""Publishes a snapshot: a new generation beside the old ones, then one link re-pointed.

Readers never wait: who has the old file open keeps it, who opens ``FILE.duckdb`` after the switch gets the
new one.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import UsageError


def new_generation() -> str:
    """Name of a new generation: the moment in UTC, so that names sort by age."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")


def generation_path(out: Path, generation: str) -> Path:
    """``map/stuurinfo.duckdb`` and a generation give ``map/stuurinfo.<generation>.duckdb``."""
    return out.with_name(f"{out.stem}.{generation}{out.suffix}")


def scratch_path(out: Path, generation: str) -> Path:
    """File that is built before it has a name readers could meet."""
    return out.with_name(f".{out.stem}.{generation}.bouw")


def generations(out: Path) -> list[Path]:
    """All generations beside `out`, oldest first."""
    return sorted(out.parent.glob(f"{out.stem}.[0-9]*T[0-9]*{out.suffix}"))


def check_target(out: Path) -> None:
    """Refuse a target that is not ours to replace; raises UsageError."""
    if out.suffix != ".duckdb":
        raise UsageError(f"De snapshot moet op .duckdb eindigen: {out}")
    if out.is_dir():
        raise UsageError(f"{out} is een map.")
    if out.exists() and not out.is_symlink():
        raise UsageError(
            f"{out} bestaat al als gewoon bestand en is geen koppeling naar een generatie;"
            " verplaats het eerst."
        )


def publish(built: Path, out: Path, generation: str, keep: int) -> Path:
    """Give `built` its generation name, re-point `out` to it in one step and drop all but the newest `keep`.

    A generation that a reader still has open stays readable for that reader: on POSIX the file lives until
    it is closed. Where links cannot be made (Windows without the right), the generation name itself is the
    publication.
    """
    target = generation_path(out, generation)
    built.rename(target)
    link = out.with_name(f".{out.stem}.{generation}.koppeling")
    try:
        link.symlink_to(target.name)
        os.replace(link, out)  # noqa: PTH105 - Path.replace does the same; os.replace names the atomic call
    except OSError:
        link.unlink(missing_ok=True)
        if os.name != "nt":
            target.unlink(missing_ok=True)
            raise
    for old in generations(out)[: -max(keep, 1)]:
        old.unlink(missing_ok=True)
    return target


def sweep(out: Path) -> None:
    """Remove what a killed build left behind; a running build holds a lock on its file and is spared."""
    for link in out.parent.glob(f".{out.stem}.*.koppeling"):
        link.unlink(missing_ok=True)
    for stale in sorted(out.parent.glob(f".{out.stem}.*.bouw*")):
        # log and spill files share the fate of the database file they belong to
        owner = stale.with_name(stale.name[: stale.name.index(".bouw") + len(".bouw")])
        if _is_open_elsewhere(owner):
            continue
        if stale.is_dir():
            shutil.rmtree(stale, ignore_errors=True)
        else:
            stale.unlink(missing_ok=True)


def _is_open_elsewhere(path: Path) -> bool:
    """Whether another process holds DuckDB's write lock on `path`."""
    if os.name == "nt":  # an open file cannot be removed there anyway
        return False
    import fcntl

    if not path.is_file():
        return False
    with path.open("rb+") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
