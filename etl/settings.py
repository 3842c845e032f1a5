"""Settings of loading: what a municipality chooses, read from one TOML file; the defaults need none."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UsageError


@dataclass(frozen=True)
class Instellingen:
    """Choices for loading.

    `gemeentecodes`: own codes; messages of other municipalities are then 'niet van ons'; empty takes all.
    `xsd_map`: folder with the official schemas, each message is then validated too; None validates nothing.
    `extracten_map`: folder with a municipality's own contracts of extracts, besides or instead of ours.
    `bericht_mb`: a message larger than this is refused (the standard allows 25 MB, OP179).
    `invoer_mb`: what comes in through the standard input (an upload) may be this large; it is held in memory.
    """

    gemeentecodes: frozenset[str] = frozenset()
    xsd_map: Path | None = None
    extracten_map: Path | None = None
    bericht_mb: int = 64
    invoer_mb: int = 512


def read_settings(pad: Path | None = None) -> Instellingen:
    """Settings of the file that `pad` or STUURINFO_INSTELLINGEN names, table [laden]; the defaults without.

    Paths in the file are relative to the file. Raises UsageError for a file that cannot be read, an unknown
    name or a value of the wrong kind.
    """
    omgeving = os.environ.get("STUURINFO_INSTELLINGEN", "").strip()
    pad = pad or (Path(omgeving) if omgeving else None)
    if pad is None:
        return Instellingen()
    try:
        gelezen = tomllib.loads(pad.read_text(encoding="utf-8-sig")).get("laden", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fout:
        raise UsageError(f"Het bestand met instellingen is niet te lezen als TOML: {pad}") from fout
    vreemd = sorted(set(gelezen) - {"gemeentecodes", "xsd_map", "extracten_map", "bericht_mb", "invoer_mb"})
    if vreemd:
        raise UsageError(f"Onbekende instelling in [laden] van {pad}: {vreemd[0]}")
    codes = gelezen.get("gemeentecodes", [])
    if not isinstance(codes, list) or not all(
        isinstance(c, str) and len(c) == 4 and c.isdigit() for c in codes
    ):
        raise UsageError(f"gemeentecodes in {pad} moet een lijst zijn van codes van vier cijfers: ['0392']")
    return Instellingen(
        gemeentecodes=frozenset(codes),
        xsd_map=_folder(gelezen.get("xsd_map"), "xsd_map", pad),
        extracten_map=_folder(gelezen.get("extracten_map"), "extracten_map", pad),
        bericht_mb=_megabytes(gelezen, "bericht_mb", 64, 1024, pad),
        invoer_mb=_megabytes(gelezen, "invoer_mb", 512, 8192, pad),
    )


def _megabytes(gelezen: dict[str, object], naam: str, anders: int, hoogstens: int, bestand: Path) -> int:
    mb = gelezen.get(naam, anders)
    if not isinstance(mb, int) or isinstance(mb, bool) or not 1 <= mb <= hoogstens:
        raise UsageError(f"{naam} in {bestand} moet een geheel getal van 1 tot en met {hoogstens} zijn")
    return mb


def _folder(waarde: object, naam: str, bestand: Path) -> Path | None:
    if waarde is None:
        return None
    if not isinstance(waarde, str) or not (map_ := bestand.parent / waarde).is_dir():
        raise UsageError(f"{naam} in {bestand} wijst geen bestaande map aan")
    return map_
