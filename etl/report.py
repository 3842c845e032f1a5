"""What a load says at the end: JSON for programs, and a table in plain Dutch with what to do."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from etl.files import TELLINGEN, Bestand
from etl.load import Verslag
from etl.reasons import BEVINDING, advise, describe
from etl.words import AANDACHT, VOLGORDE, enumerate_nl, format_count, format_euros, name_kind

_MAX_REDENEN = 8
_MAX_NAMEN = 5
_MAX_ADVIEZEN = 3


def file_as_json(bestand: Bestand) -> dict[str, Any]:
    """One file as CONTRACT's --json names it. Cents are those of 303 and 323; of an extract they are 0
    here, and under `log` as the load log has them.
    """
    gelogd = bestand.counts()
    tellingen = gelogd
    if bestand.soort != "bericht":
        tellingen = gelogd | {k: 0 for k in gelogd if k.endswith("_cent")}
    return {
        "name": bestand.naam,
        "sha256": bestand.sha256,
        "standaard": bestand.standaard,
        "release": bestand.release,
        "berichttype": bestand.berichttype,
        "status": bestand.status,
        **tellingen,
        "redenen": dict(sorted(bestand.redenen.items())),
        "vorm": bestand.vorm,
        "log": gelogd,
    }


def explain_reasons(redenen: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Each reason in words: sentence, what to do, and whether the line was kept (a finding)."""
    return {
        r: {"omschrijving": describe(r), "advies": advise(r), "bevinding": r.startswith(BEVINDING)}
        for r in sorted(set(redenen))
    }


def report_as_json(verslag: Verslag, proef: bool = False) -> str:
    """The whole report as JSON: files, totals, reasons in words, the closing sentence and warnings."""
    bestanden = [file_as_json(b) for b in verslag.bestanden]
    totaal = {k: sum(b[k] for b in bestanden) for k in TELLINGEN}
    return json.dumps(
        {
            "files": bestanden,
            "totaal": totaal,
            "uitleg": explain_reasons(r for b in verslag.bestanden for r in b.redenen),
            "slot": closing_sentence(verslag.bestanden),
            "waarschuwingen": verslag.waarschuwingen,
            "proef": proef,
        },
        ensure_ascii=False,
    )


def closing_sentence(bestanden: list[Bestand]) -> str:
    """What is left to do, in one or two sentences: which files ask attention, and what to do about them."""
    if not bestanden:
        return "Er was niets om te laden."
    slecht = [b for b in bestanden if b.status in AANDACHT]
    if not slecht:
        return "Alles is gelezen; u hoeft niets te doen."
    woorden = {"deels": "deels geladen"}
    per = Counter(b.status for b in slecht)
    wat = enumerate_nl([f"{format_count(per[s])} {woorden.get(s, s)}" for s in VOLGORDE if per[s]])
    namen = list(dict.fromkeys(b.naam for b in slecht))
    rest = len(namen) - _MAX_NAMEN
    noem = ", ".join(namen[:_MAX_NAMEN]) + (f" en {format_count(rest)} andere" if rest > 0 else "")
    vraagt = "1 bestand vraagt" if len(slecht) == 1 else f"{format_count(len(slecht))} bestanden vragen"
    redenen = _sum_reasons(slecht, bevinding=False)
    adviezen = list(dict.fromkeys(advise(r) for r, _ in _by_number(redenen)))[:_MAX_ADVIEZEN]
    return f"{vraagt} aandacht: {wat} ({noem}). Wat u doet: {' '.join(adviezen)}"


def print_report(verslag: Verslag, proef: bool, uit: TextIO) -> None:
    """The closing table: per kind of file the files by status, lines and euros on both sides; then reasons
    with what to do, findings apart, and what is left to do.
    """
    scherm = Console(file=uit, width=None if uit.isatty() else 140, highlight=False)
    statussen = Counter(b.status for b in verslag.bestanden)
    toon = [s for s in VOLGORDE if statussen[s]]
    tabel = Table(
        title="Proef: er is niets geschreven" if proef else "Verslag van het laden", title_justify="left"
    )
    tabel.add_column("soort")
    for kop in (*toon, "regels geladen", "in quarantaine", "€ geladen", "€ quarantaine"):
        tabel.add_column(kop, justify="right")
    per_soort: dict[str, list[Bestand]] = defaultdict(list)
    for b in verslag.bestanden:
        per_soort[name_kind(b.berichttype)].append(b)
    for soort, groep in sorted(per_soort.items()):
        tabel.add_row(soort, *_row(groep, toon))
    tabel.add_section()
    tabel.add_row("totaal", *_row(verslag.bestanden, toon))
    scherm.print(tabel)
    for kop, bevinding in (
        ("Niet geladen, en wat u eraan kunt doen", False),
        ("Wel geladen, maar opvallend", True),
    ):
        _print_reasons(scherm, kop, _sum_reasons(verslag.bestanden, bevinding))
    for tekst in verslag.waarschuwingen:
        scherm.print(f"\nLET OP: {tekst}", style="bold red")
    scherm.print(f"\n{closing_sentence(verslag.bestanden)}", markup=False)
    if any(b.status in ("deels", "geweigerd") for b in verslag.bestanden) and not proef:
        scherm.print("De regels zelf, ook als lijst voor de afzender: python -m etl quarantine --lake MAP")


def _print_reasons(scherm: Console, kop: str, redenen: Counter[str]) -> None:
    if redenen:
        scherm.print(f"\n{kop}:")
    for reden, n in _by_number(redenen)[:_MAX_REDENEN]:
        scherm.print(f"  {format_count(n):>8}  {describe(reden)} {advise(reden)}", markup=False)
    if len(redenen) > _MAX_REDENEN:
        scherm.print(f"            en nog {len(redenen) - _MAX_REDENEN} andere redenen; zie 'etl log'.")


def _sum_reasons(bestanden: list[Bestand], bevinding: bool) -> Counter[str]:
    uit: Counter[str] = Counter()
    for b in bestanden:
        uit.update({r: n for r, n in b.redenen.items() if r.startswith(BEVINDING) is bevinding})
    return uit


def _by_number(redenen: Counter[str]) -> list[tuple[str, int]]:
    return sorted(redenen.items(), key=lambda r: (-r[1], r[0]))


def _row(groep: list[Bestand], statussen: list[str]) -> list[str]:
    per = Counter(b.status for b in groep)
    return [
        *(format_count(per[s]) if per[s] else "" for s in statussen),
        format_count(sum(b.regels_geladen for b in groep)),
        format_count(sum(b.regels_quarantaine for b in groep)),
        format_euros(sum(b.bedrag_geladen_cent for b in groep)),
        format_euros(sum(b.bedrag_quarantaine_cent for b in groep)),
    ]


def log_as_json(rijen: list[dict[str, Any]]) -> str:
    """The load log as JSON, one object a file; `reden_tekst` is `redenen` in words."""
    extra = ({"geladen_op": r["geladen_op"].isoformat(), "reden_tekst": _in_words(r)} for r in rijen)
    return json.dumps([r | e for r, e in zip(rijen, extra, strict=True)], ensure_ascii=False)


def _in_words(rij: dict[str, Any]) -> str:
    if rij["status"] == "ingetrokken":
        return str(rij["toelichting"] or "")
    redenen = Counter(json.loads(rij["redenen"] or "{}"))
    zinnen = []
    for reden, n in _by_number(redenen)[:_MAX_ADVIEZEN]:
        try:
            zinnen.append(f"{format_count(n)} × {describe(reden)}")
        except KeyError:  # of an older version of this program
            zinnen.append(f"{format_count(n)} × {reden}")
    rest = len(redenen) - len(zinnen)
    return " ".join(zinnen) + (f" En nog {rest} andere redenen." if rest > 0 else "")


def print_log(rijen: list[dict[str, Any]], uit: TextIO) -> None:
    """The load log, newest last."""
    for r in rijen:
        print(
            f"{r['geladen_op']:%Y-%m-%d %H:%M}  {r['status']:<12} {r['naam']}  {r['berichttype'] or ''}  "
            f"{format_count(r['regels_geladen'])} van {format_count(r['regels'])} regels  {r['sha256']}",
            file=uit,
        )
