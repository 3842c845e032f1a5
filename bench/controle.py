"""How well the declaratiecontrole finds the deliberate faults of a synthetic city, per rule.

Run: ``python -m bench.controle SNAPSHOT VERWACHT.json [-v]``. What the data cannot decide is left out of what
was listed: a wrong header total or declaratieperiode in an extract (it does not carry those), and a missing
start of care of which nothing was declared yet.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

Sleutel = tuple[str | None, ...]
VAN_REGIE = tuple(
    ["OP271", "OP272", "TR019", "TR063", "TR071", "TR074", "TR326", "TR382", "TR413", "TR414", "TR415"]
)


@dataclass(frozen=True)
class Uitkomst:
    """What one rule should have found and did find, as multisets of keys."""

    regel: str
    bedoeld: Counter[Sleutel]
    gevonden: Counter[Sleutel]

    @property
    def goed(self) -> int:
        """Findings that are deliberate faults."""
        return (self.bedoeld & self.gevonden).total()

    @property
    def precisie(self) -> float:
        """Share of the findings that are deliberate; 1 where nothing was found."""
        return self.goed / self.gevonden.total() if self.gevonden else 1.0

    @property
    def bereik(self) -> float:
        """Share of the deliberate faults that was found (recall); 1 where there were none."""
        return self.goed / self.bedoeld.total() if self.bedoeld else 1.0


def listed(fouten: dict[str, Any]) -> dict[str, Counter[Sleutel]]:
    """Deliberate faults per rule, as the generator names them."""
    uit: dict[str, Counter[Sleutel]] = {}

    def add(regel: str, *sleutel: object) -> None:
        uit.setdefault(regel, Counter())[tuple(None if k is None else str(k) for k in sleutel)] += 1

    for r in fouten["regels"]:
        if r["regel"] != "TR319" or r["als"] == "bericht":
            add(r["regel"], r["wet"], r["aanbieder"], r["referentienummer"])
    for k in fouten["koppen"]:
        if k["regel"] != "TR358" or k["als"] == "bericht":
            add(k["regel"], k["wet"], k["aanbieder"], k["declaratienummer"])
    for b in fouten["bijzonder"]:
        if "regel" in b:
            nummers = ("referentienummer", "declaratienummer", "toewijzingnummer")
            add(b["regel"], b["wet"], b["aanbieder"], next((b[n] for n in nummers if n in b), None))
    for r in [*fouten["regie"], *({**s, "regel": "TR382"} for s in fouten["stops"])]:
        add(r["regel"], r["wet"], r["aanbieder"], r["toewijzingnummer"])
    for s in fouten["starts_ontbreken"]:
        if s["geleverd"]:
            add("start_ontbreekt", s["wet"], s["toewijzingnummer"])
    for r in fouten["laat_gedeclareerd"]:
        add("declaratie_te_laat", r["wet"], r["aanbieder"], r["referentienummer"])
    return uit


def found(snapshot: Path) -> dict[str, Counter[Sleutel]]:
    """Findings per rule under the same keys."""
    uit: dict[str, Counter[Sleutel]] = {}
    with duckdb.connect(str(snapshot.resolve()), read_only=True) as con:
        rijen = con.execute(
            """SELECT regel, wet, aanbieder_agb, referentienummer, declaratienummer, toewijzing_sleutel
               FROM mart.declaratiecontrole"""
        ).fetchall()
    for regel, wet, agb, referentie, declaratie, toewijzing in rijen:
        sleutel: Sleutel
        if regel == "start_ontbreekt":
            sleutel = (wet, toewijzing)
        elif regel in VAN_REGIE:
            sleutel = (wet, agb, toewijzing)
        elif regel == "TR056":
            sleutel = (wet, agb, None)
        else:
            sleutel = (wet, agb, referentie or declaratie)
        uit.setdefault(regel, Counter())[sleutel] += 1
    return uit


def compare(snapshot: Path, verwacht: Path) -> list[Uitkomst]:
    """One outcome per rule that was listed or found, in order of name."""
    bedoeld = listed(json.loads(verwacht.read_text(encoding="utf-8"))["fouten"])
    gevonden = found(snapshot)
    return [
        Uitkomst(regel, bedoeld.get(regel, Counter()), gevonden.get(regel, Counter()))
        for regel in sorted(set(bedoeld) | set(gevonden))
    ]


def total(uitkomsten: list[Uitkomst]) -> Uitkomst:
    """All rules together; the rule is part of the key."""
    bedoeld: Counter[Sleutel] = Counter()
    gevonden: Counter[Sleutel] = Counter()
    for u in uitkomsten:
        bedoeld.update({(u.regel, *k): n for k, n in u.bedoeld.items()})
        gevonden.update({(u.regel, *k): n for k, n in u.gevonden.items()})
    return Uitkomst("alle regels", bedoeld, gevonden)


def main() -> None:
    """Print the table; exit 1 when anything was missed or found in excess."""
    snapshot, verwacht = (Path(a) for a in sys.argv[1:3])
    uitkomsten = compare(snapshot, verwacht)
    som = total(uitkomsten)
    print(f"{'regel':20} {'bedoeld':>8} {'gevonden':>8} {'precisie':>9} {'bereik':>9}")
    for u in [*uitkomsten, som]:
        print(f"{u.regel:20} {u.bedoeld.total():8} {u.gevonden.total():8} {u.precisie:9.4f} {u.bereik:9.4f}")
        if "-v" in sys.argv:
            for naam, rest in (("gemist", u.bedoeld - u.gevonden), ("te veel", u.gevonden - u.bedoeld)):
                for sleutel in sorted(rest, key=str)[:5]:
                    print(f"    {naam}: {' '.join(str(k) for k in sleutel)}")
    sys.exit(0 if som.goed == som.bedoeld.total() == som.gevonden.total() else 1)


if __name__ == "__main__":
    main()
