"""Build only what the peer of bench.warehouse builds too: what given tables need, without the checks.

Run: python -m bench.samen LAKE OUT GEHEUGEN TABEL [TABEL ...]
"""

import sys
from pathlib import Path

from warehouse import build as bouwer
from warehouse.build import Options
from warehouse.graph import Step, order_steps, read_analyses, read_models


def closure(doelen: tuple[str, ...]) -> set[str]:
    """Names of the steps that the tables `doelen` need, their own included."""
    stappen = order_steps([*read_models(), *read_analyses()])
    maker = {tabel: stap for stap in stappen for tabel in stap.writes}
    gezien: set[str] = set()
    open_ = list(doelen)
    while open_:
        stap = maker.get(open_.pop())
        if stap is not None and stap.name not in gezien:
            gezien.add(stap.name)
            open_ += stap.reads
    return gezien


def only_for(namen: tuple[str, ...]) -> set[str]:
    """The steps `namen`, and every unpublished step whose tables nobody else reads."""
    stappen = [*read_models(), *read_analyses()]
    found = set(namen)
    while True:
        meer = {
            stap.name
            for stap in stappen
            if all(tabel.startswith("tussen.") for tabel in stap.writes)
            and (lezers := {s.name for s in stappen for tabel in stap.writes if tabel in s.reads})
            and lezers <= found
        }
        if meer <= found:
            return found
        found |= meer


def _keep(doelen: set[str], stappen: list[Step]) -> list[Step]:
    return [stap for stap in stappen if stap.name in doelen]


def main(lake: str, uit: str, geheugen: str, *doelen: str) -> None:
    """Build the tables `doelen` and what they need into the snapshot `uit`."""
    nodig = closure(doelen)
    modellen, analyses = _keep(nodig, read_models()), _keep(nodig, read_analyses())
    bouwer.read_models = lambda: modellen
    bouwer.read_analyses = lambda: analyses
    bouwer.read_checks = list
    bouwer.build(Path(lake), Path(uit), None, Options(keep=1, memory_limit=geheugen))


if __name__ == "__main__":
    main(*sys.argv[1:])
