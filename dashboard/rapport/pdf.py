"""A report as a PDF that anyone can read: tagged, PDF/UA-1, A4.

What people wrote goes to the typesetter as data and is shown as text, never as mark-up.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.numbers import decimals, keep_whole
from dashboard.rapport.inhoud import Alinea, Deel, Lijst, Rapport, Staven, Tabel, make_ticks
from dashboard.rapport.tekens import VERVANGER, make_showable
from dashboard.style import LICHT

WORTEL = Path(__file__).resolve().parents[2]
GEDULD_SECONDEN = 30.0
LOG = logging.getLogger("stuurinfo")
VERVANGEN = f"Tekens die dit document niet kan tonen staan als {VERVANGER}."


class RapportError(Exception):
    """The report could not be made; the text is Dutch and fit to show."""


def make_pdf(rapport: Rapport, gemaakt_op: datetime) -> bytes:
    """The report as PDF; the same report and moment give the same bytes. Raises RapportError."""
    vraag = json.dumps({"inhoud": describe(rapport), "moment": int(gemaakt_op.timestamp())})
    opdracht = [sys.executable, "-m", "dashboard.rapport.zetter"]
    try:
        klaar = subprocess.run(
            opdracht,
            input=vraag.encode(),
            capture_output=True,
            cwd=WORTEL,
            timeout=GEDULD_SECONDEN,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fout:
        LOG.error("zetter: %s", type(fout).__name__)
        raise RapportError("Het maken van de PDF duurde te lang of kon niet beginnen.") from None
    if klaar.returncode != 0 or not klaar.stdout.startswith(b"%PDF"):
        # The message may quote what someone wrote: the log gets to know where it went wrong, not the words.
        regels = klaar.stderr.decode(errors="replace").splitlines()
        soort = regels[-1].partition(":")[0] if regels else ""
        waar = next((r.strip() for r in regels if "rapport.typ:" in r), soort)
        LOG.error("zetter: code %s %s", klaar.returncode, waar)
        raise RapportError("De PDF kon niet worden gemaakt. Meld dit aan functioneel beheer.")
    return klaar.stdout


def describe(rapport: Rapport) -> dict[str, Any]:
    """All that the template draws: texts it can show, fractions of the height or width for what is drawn."""
    heel = {
        "titel": rapport.titel,
        "soort": rapport.soort,
        "voet": rapport.voet,
        "feiten": rapport.feiten,
        "kleuren": asdict(LICHT),
        "hoofdstukken": [
            {"titel": h.titel, "delen": [_describe_part(d) for d in h.delen]} for h in rapport.hoofdstukken
        ],
    }
    schoon: dict[str, Any] = _clean(heel)
    if VERVANGER in json.dumps(schoon, ensure_ascii=False):
        schoon["hoofdstukken"][-1]["delen"].append({"soort": "alinea", "tekst": VERVANGEN})
    return schoon


def _clean(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return make_showable(keep_whole(waarde))
    if isinstance(waarde, Mapping):
        return {k: _clean(v) for k, v in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_clean(v) for v in waarde]
    return waarde


def _describe_part(deel: Deel) -> dict[str, Any]:
    if isinstance(deel, Alinea):
        return {"soort": "alinea", "tekst": deel.tekst}
    if isinstance(deel, Lijst):
        return {"soort": "lijst", "punten": deel.punten}
    if isinstance(deel, Staven):
        return _draw(deel)
    return _write(deel)


def _write(t: Tabel) -> dict[str, Any]:
    return {
        "soort": "tabel",
        "titel": t.titel,
        "onder": t.onder,
        "kolommen": list(t.kolommen),
        "soorten": list(t.kolommen.values()),
        "rijen": t.rijen if t.df.height else [],
        "leeg": t.leeg,
        "noot": t.noot,
    }


def _draw(g: Staven) -> dict[str, Any]:
    if g.is_leeg:
        return {"soort": "alinea", "tekst": ""}
    waarden = [w for s in g.staven for w in (s.waarde, s.vorig) if w is not None]
    laagste, hoogste = min(0.0, *waarden) / g.schaal, max([*waarden, g.lijn[0] if g.lijn else 0.0]) / g.schaal
    # Lying bars have their value beside them instead of an axis.
    streepjes = [laagste, max(hoogste, 0.0)] if g.liggend else make_ticks(laagste, hoogste)
    onder, hoog = streepjes[0], streepjes[-1] - streepjes[0]

    def place(waarde: float | None) -> float | None:
        return None if waarde is None else (waarde / g.schaal - onder) / hoog

    fijn = 0 if all(s == int(s) for s in streepjes) else 1
    return {
        "soort": "liggend" if g.liggend else "staand",
        "alt": g.alt,
        "noot": g.noot,
        "naam": g.naam,
        "nul": place(0.0),
        "streepjes": [{"plek": (s - onder) / hoog, "tekst": decimals(s, fijn)} for s in streepjes],
        "staven": [
            {
                "label": s.label,
                "tekst": s.tekst,
                "waarde": place(s.waarde),
                "vorig": place(s.vorig),
                "voorlopig": s.voorlopig,
            }
            for s in g.staven
        ],
        "lijn": None if g.lijn is None else {"plek": place(g.lijn[0]), "tekst": g.lijn[1]},
        "jong": any(s.voorlopig for s in g.staven),
        "eerder": any(s.vorig is not None for s in g.staven),
        "weg": any(s.waarde is None for s in g.staven),
    }
