"""The report of a load on the screen: every file with its status, lines, euros, and reasons in words."""

import json
from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard.numbers import GEEN, count, enumerate_nl, euro_cent, plural
from dashboard.ui.card import show_table, show_title

PER_BLAD = 50
AANDACHT = ("geweigerd", "deels", "onbekend")
ZONDER_REDEN = {
    "dubbel": "Stond er al in; telt niet nog eens.",
    "niet van ons": "Hoort niet bij deze gemeente of deze wetten; niet bewaard.",
}
KOLOMMEN = {"Bestand": "tekst", "Soort": "kort", "Status": "kort", "Waarom, en wat u doet": "zin"}
KOLOMMEN |= {"Regels": "getal", "Geladen": "getal", "Quarantaine": "getal"}
KOLOMMEN |= {"Bedrag geladen": "getal", "Bedrag quarantaine": "getal"}
Bestand = Mapping[str, Any]


def read_report(tekst: str) -> dict[str, Any] | None:
    """The loader's report; None where it is not one."""
    try:
        verslag = json.loads(tekst)
    except ValueError:
        return None
    return verslag if isinstance(verslag, dict) and "files" in verslag else None


def describe_counts(bestanden: list[Bestand]) -> tuple[str, str]:
    """Title and the line under it: what asks attention; lines and euros on both sides."""
    per = Counter(b["status"] for b in bestanden)
    slecht = [f"{count(per[s])} {s}" for s in AANDACHT if per[s]]
    alle = plural(len(bestanden), "bestand", "bestanden")
    vragen = sum(per[s] for s in AANDACHT)
    if not bestanden:
        titel = "Er was niets om te laden"
    elif slecht:
        vraagt = "vraagt" if vragen == 1 else "vragen"
        titel = f"{count(vragen)} van {alle} {vraagt} aandacht: {enumerate_nl(slecht)}"
    else:
        titel = f"{alle} gelezen, niets vraagt aandacht"
    som = {k: sum(b["log"][k] for b in bestanden) for k in _SOMMEN}
    geladen = plural(som["regels_geladen"], "regel", "regels")
    return titel, (
        f"{geladen} geladen ({euro_cent(som['bedrag_geladen_cent'])}), "
        f"{count(som['regels_quarantaine'])} in quarantaine ({euro_cent(som['bedrag_quarantaine_cent'])})"
    )


_SOMMEN = (
    "regels",
    "regels_geladen",
    "regels_quarantaine",
    "bedrag_geladen_cent",
    "bedrag_quarantaine_cent",
)


def show_report(verslag: Mapping[str, Any]) -> None:
    """Title with the finding, what to do, a table per file with a total, findings apart, and warnings."""
    bestanden: list[Bestand] = verslag["files"]
    show_title(*describe_counts(bestanden))
    _, _, wat = verslag.get("slot", "").partition("Wat u doet: ")
    if wat:
        st.html(f'<p class="si-doen"><b>Wat u doet:</b> {escape(wat)}</p>')
    for tekst in verslag.get("waarschuwingen", []):
        st.warning(tekst)
    if not bestanden:
        return
    geordend = sorted(bestanden, key=lambda b: b["status"] not in AANDACHT)
    blad = 1
    if len(geordend) > PER_BLAD:
        blad = st.pagination(-(-len(geordend) // PER_BLAD), key="verslag_blad")
    deel = geordend[(blad - 1) * PER_BLAD : blad * PER_BLAD]
    uitleg = verslag["uitleg"]
    rijen = [_row(b, uitleg) for b in deel]
    if len(bestanden) > 1:
        # on top: the table scrolls, and has pages
        totaal = plural(len(bestanden), "bestand", "bestanden")
        rijen.insert(0, ["Totaal", "", "", totaal, *_amounts([b["log"] for b in bestanden])])
    show_table(KOLOMMEN, rijen, "Verslag per bestand")
    _show_findings(bestanden, uitleg)


def _row(b: Bestand, uitleg: Mapping[str, Any]) -> list[str]:
    soort = " ".join(str(x) for x in (b["berichttype"], b["release"]) if x)
    redenen = [
        f"{count(n)} × {uitleg[r]['omschrijving']} {uitleg[r]['advies']}"
        for r, n in sorted(b["redenen"].items(), key=lambda p: -p[1])
        if not uitleg[r]["bevinding"]
    ]
    waarom = " ".join(redenen) or ZONDER_REDEN.get(b["status"], "")
    return [b["name"], soort or GEEN, b["status"], waarom, *_amounts([b["log"]])]


def _amounts(tellingen: list[Mapping[str, int]]) -> list[str]:
    som = {k: sum(t[k] for t in tellingen) for k in _SOMMEN}
    return [
        *(count(som[k]) for k in _SOMMEN[:3]),
        *(euro_cent(som[k] or None) for k in _SOMMEN[3:]),
    ]


def _show_findings(bestanden: list[Bestand], uitleg: Mapping[str, Any]) -> None:
    """What was loaded and yet stands out: apart from what was not loaded."""
    aantal: Counter[str] = Counter()
    for b in bestanden:
        aantal.update({r: n for r, n in b["redenen"].items() if uitleg[r]["bevinding"]})
    if not aantal:
        return
    show_title("Wel geladen, maar opvallend", "deze regels tellen mee", niveau=3)
    rijen = [
        [count(n), uitleg[r]["omschrijving"], uitleg[r]["advies"]] for r, n in aantal.most_common(PER_BLAD)
    ]
    show_table({"Aantal": "getal", "Wat opvalt": "zin", "Wat u doet": "zin"}, rijen, "Bevindingen")
