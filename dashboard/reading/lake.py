"""What the lake holds now: the load log and the lines set apart, as the loader's own commands tell them.

The snapshot knows them as well, but only up to its build; who loads wants to see what came of it at once.
Files, positions and reasons: no content and no persons.
"""

import json
import os
import threading
from pathlib import Path

import polars as pl

from dashboard.server.werk import ask

LOG: dict[str, pl.DataType] = {
    "geladen_op": pl.Datetime("us"),
    "naam": pl.Utf8(),
    "sha256": pl.Utf8(),
    "berichttype": pl.Utf8(),
    "standaard": pl.Utf8(),
    "release": pl.Utf8(),
    "status": pl.Utf8(),
    "regels": pl.Int64(),
    "regels_geladen": pl.Int64(),
    "regels_quarantaine": pl.Int64(),
    "bedrag_cent": pl.Int64(),
    "bedrag_geladen_cent": pl.Int64(),
    "bedrag_quarantaine_cent": pl.Int64(),
    "redenen": pl.Utf8(),
    "reden_tekst": pl.Utf8(),
    "toelichting": pl.Utf8(),
}
QUARANTAINE: dict[str, pl.DataType] = {
    "naam": pl.Utf8(),
    "sha256": pl.Utf8(),
    "berichttype": pl.Utf8(),
    "afzender": pl.Utf8(),
    "regel_nr": pl.Int64(),
    "referentienummer": pl.Utf8(),
    "veld": pl.Utf8(),
    "code": pl.Utf8(),
    "omschrijving": pl.Utf8(),
    "advies": pl.Utf8(),
    "bedrag_cent": pl.Int64(),
}
TERUG_TE_NEMEN = ("geladen", "deels", "geweigerd")
Stempel = tuple[str, tuple[int, ...]]

_SLOT = threading.Lock()
_BEWAARD: dict[str, tuple[Stempel, pl.DataFrame]] = {}
"""The last answer of each command, with the state of the lake that it belongs to."""


class LakeError(Exception):
    """The lake could not be asked; the page says so and shows the rest."""


def find_lake() -> Path | None:
    """Folder of the lake that this dashboard loads into (STUURINFO_LAKE); None where that is not set."""
    waarde = os.environ.get("STUURINFO_LAKE", "").strip()
    return Path(waarde).resolve() if waarde else None


def read_lake_log(lake: Path) -> pl.DataFrame:
    """Every attempt to load, newest first; columns LOG. Empty for a lake that is not there yet."""
    return _read(lake, "log", LOG).reverse()


def read_lake_quarantine(lake: Path) -> pl.DataFrame:
    """The lines set apart, most frequent reason first; columns QUARANTAINE."""
    return _read(lake, "quarantine", QUARANTAINE)


def find_files(log: pl.DataFrame, zoek: str) -> pl.DataFrame:
    """Files that are in the lake and can be taken back, newest first: those whose last word is no withdrawal.

    zoek: part of the name, or the beginning of the sha256; empty for all.
    """
    laatste = (
        log.filter(pl.col("status").is_in([*TERUG_TE_NEMEN, "ingetrokken"]))
        .unique("sha256", keep="first", maintain_order=True)
        .filter(pl.col("status").is_in(TERUG_TE_NEMEN) & pl.col("berichttype").is_not_null())
    )
    if not zoek.strip():
        return laatste
    tekst = zoek.strip().lower()
    naam = pl.col("naam").str.to_lowercase().str.contains(tekst, literal=True)
    return laatste.filter(naam | pl.col("sha256").str.starts_with(tekst))


def _read(lake: Path, opdracht: str, kolommen: dict[str, pl.DataType]) -> pl.DataFrame:
    if not (lake / "lake.json").is_file():
        return pl.DataFrame(schema=kolommen)
    stempel = _stamp(lake)
    with _SLOT:
        bewaard = _BEWAARD.get(opdracht)
        if bewaard is not None and bewaard[0] == stempel:
            return bewaard[1]
    uit = ask("etl", opdracht, "--lake", str(lake), "--json")
    if uit is None:
        raise LakeError
    df = _frame(uit, kolommen)
    with _SLOT:
        _BEWAARD[opdracht] = (stempel, df)
    return df


def _frame(uit: bytes, kolommen: dict[str, pl.DataType]) -> pl.DataFrame:
    """The JSON of a command as a frame with these columns."""
    rijen = json.loads(uit)
    tekst = {k: pl.Utf8() if isinstance(t, pl.Datetime) else t for k, t in kolommen.items()}
    df = pl.DataFrame([{k: r.get(k) for k in kolommen} for r in rijen], schema=tekst)
    momenten = [k for k, t in kolommen.items() if isinstance(t, pl.Datetime)]
    return df.with_columns(pl.col(k).str.to_datetime(time_unit="us", strict=False) for k in momenten)


def _stamp(lake: Path) -> Stempel:
    """What changes with every commit to the lake."""
    tijden = []
    for tabel in ("bericht", "quarantaine", "laadlog"):
        try:
            tijden.append((lake / tabel / "_delta_log").stat().st_mtime_ns)
        except OSError:
            tijden.append(0)
    return str(lake), tuple(tijden)
