"""Notes as a file: everything ever written, to keep beside the lake and to put back."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.notities.opslag import Aantekening, NotitieError, read_all, restore

VERSIE = 1
_TEKST = ("soort", "onderwerp", "kenmerk", "wie")


def export_notities(pad: Path) -> str:
    """Every row as JSON text, in the order written; the same notes always give the same text."""
    rijen = [
        {k: getattr(a, k) for k in (*_TEKST, "inhoud", "vervallen_door")}
        | {k: _iso(getattr(a, k)) for k in ("vastgelegd_op", "vervallen_op")}
        for a in read_all(pad)
    ]
    return json.dumps(
        {"versie": VERSIE, "aantekeningen": rijen}, ensure_ascii=False, indent=1, sort_keys=True
    )


def _iso(op: datetime | None) -> str | None:
    return None if op is None else op.isoformat()


def _read_row(rij: Any, nummer: int) -> Aantekening:
    try:
        if not all(isinstance(rij[k], str) for k in _TEKST) or not isinstance(rij["inhoud"], dict):
            raise TypeError
        return Aantekening(
            **{k: rij[k] for k in _TEKST},
            inhoud=rij["inhoud"],
            vastgelegd_op=datetime.fromisoformat(rij["vastgelegd_op"]),
            vervallen_op=datetime.fromisoformat(rij["vervallen_op"]) if rij["vervallen_op"] else None,
            vervallen_door=rij["vervallen_door"],
        )
    except (KeyError, TypeError, ValueError) as fout:
        raise NotitieError(
            f"Aantekening {nummer} in dit bestand is niet te lezen. Er is niets teruggezet."
        ) from fout


def restore_notities(pad: Path, tekst: str) -> int:
    """Put back what `export_notities` wrote; returns how many rows. Raises NotitieError, then nothing."""
    try:
        inhoud = json.loads(tekst)
        rijen, versie = inhoud["aantekeningen"], inhoud["versie"]
    except (ValueError, KeyError, TypeError) as fout:
        raise NotitieError("Dit is geen bestand met notities van dit dashboard.") from fout
    if versie != VERSIE or not isinstance(rijen, list):
        raise NotitieError(f"Dit bestand is van een andere versie ({versie}); verwacht: {VERSIE}.")
    alle = [_read_row(rij, nr) for nr, rij in enumerate(rijen, start=1)]
    restore(pad, alle)
    return len(alle)
