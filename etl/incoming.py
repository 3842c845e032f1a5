"""What comes in through the standard input: one zip or one file, in memory, never on disk."""

import sys
from dataclasses import replace
from typing import BinaryIO

from etl.containers import Bron, members
from etl.errors import RefusedError, UsageError
from etl.recognise import is_zip

_BLAD = "[Content_Types].xml"
"""In every XLSX, and in no zip with messages: an XLSX is a zip too, but one file to us."""


def read_incoming(naam: str, hoogstens_mb: int, invoer: BinaryIO | None = None) -> list[Bron]:
    """The files of a zip as if they lay loose, or the one file that came in, under `naam`.

    Raises UsageError where nothing comes in, or more than `hoogstens_mb` megabytes.
    """
    invoer = invoer or sys.stdin.buffer
    if invoer.isatty():
        raise UsageError(
            "Met '-' wordt gelezen wat binnenkomt, maar er komt niets. Geef een bestand: … < b.zip"
        )
    grens = hoogstens_mb * 1024 * 1024
    # At once: put together from pieces it would be in memory twice.
    data = invoer.read(grens + 1)
    if len(data) > grens:
        raise UsageError(
            f"Wat binnenkomt is groter dan {hoogstens_mb} MB en wordt niet gelezen. Deel het op, of zet "
            "invoer_mb hoger in het bestand met instellingen."
        )
    if not data:
        raise UsageError("Er kwam niets binnen om te laden.")
    geheel = Bron.in_memory(naam, data)
    del data
    if not is_zip(geheel.geheugen or b""):
        return [geheel]
    try:
        leden = list(members(geheel))
    except RefusedError:
        return [geheel]  # refused again by the load, which reports it with its reason
    if any(lid.lid is not None and lid.lid.filename == _BLAD for lid in leden):
        return [geheel]
    return [replace(lid, zip="", diepte=0) for lid in leden] or [geheel]
