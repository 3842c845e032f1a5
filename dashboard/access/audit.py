"""The access log: who looked at what, as lines that can only be added to. Never holds client data."""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

_SLOT = threading.Lock()
BEGIN = "0" * 64


class LogboekError(Exception):
    """The log cannot be written; a role that must be logged then sees nothing."""


@contextmanager
def _locked(bestand: IO[bytes]) -> Iterator[None]:
    """Hold the file for this process alone where the system can do that."""
    try:
        import fcntl
    except ImportError:  # Windows: one process serves the dashboard there
        yield
        return
    fcntl.flock(bestand, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(bestand, fcntl.LOCK_UN)


def hash_line(vorige: str, regel: Mapping[str, Any]) -> str:
    """Chain a line to the one before it, so that a changed or removed line shows."""
    inhoud = json.dumps(dict(regel), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{vorige}{inhoud}".encode()).hexdigest()


def _last_hash(bestand: IO[bytes]) -> str:
    einde = bestand.seek(0, os.SEEK_END)
    if einde == 0:
        return BEGIN
    bestand.seek(max(0, einde - 16384))
    regels = bestand.read().splitlines()
    return str(json.loads(regels[-1])["hash"])


def write_line(map_: Path, gebeurtenis: Mapping[str, Any]) -> None:
    """Add one line to `inzage.jsonl` under `map_`; raises LogboekError when that cannot be done."""
    regel = {"tijd": datetime.now(UTC).isoformat(timespec="seconds"), **gebeurtenis}
    try:
        map_.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _SLOT, (map_ / "inzage.jsonl").open("a+b") as bestand, _locked(bestand):
            regel["hash"] = hash_line(_last_hash(bestand), regel)
            bestand.write(json.dumps(regel, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    except (OSError, ValueError, KeyError) as fout:
        raise LogboekError("het inzagelog kan niet worden geschreven") from fout


def find_break(bestand: Path) -> int | None:
    """Return the number of the first line that does not follow from the one before it, or None."""
    vorige = BEGIN
    for nummer, tekst in enumerate(bestand.read_text(encoding="utf-8").splitlines(), 1):
        regel = json.loads(tekst)
        gezegd = regel.pop("hash", "")
        if hash_line(vorige, regel) != gezegd:
            return nummer
        vorige = gezegd
    return None
