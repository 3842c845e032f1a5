"""Coverage-guided fuzzing with atheris: python -m tests.fuzz bericht|tabel [libFuzzer options].

atheris (Apache-2.0) has wheels for Linux only, so it is no part of the test environment: pip install atheris.
Stops at the first input that breaks a target and leaves it as crash-*; name it, put it in `vondsten`, mend.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["etl"]):
    from tests.fuzz.doel import DOELEN, KOPPEN

from tests.etl import maken

BERICHTEN = [
    maken.declaratie(maken.client(maken.BSN_1, maken.prestatie("R1"), maken.prestatie("R2")), totaal=10000),
    maken.toewijzing(maken.BSN_1, 7, 8),
    maken.start(maken.BSN_1, 7),
    maken.stop(maken.BSN_1, 7),
    maken.antwoord(("0001",)),
]


def main() -> None:
    """Runs the chosen target over seeds of its kind."""
    soort, *opties = sys.argv[1:] or ["bericht"]
    zaden = [b.encode() for b in BERICHTEN]
    if soort == "tabel":
        zaden = [maken.csv(kop, ";".join("1" for _ in kop.split(";"))) for kop in KOPPEN]
        zaden.append(maken.csv(maken.DECLARATIEKOP, maken.declaratieregel("R1"), maken.declaratieregel("R2")))
    with tempfile.TemporaryDirectory() as map_:
        for n, zaad in enumerate(zaden):
            (Path(map_) / str(n)).write_bytes(zaad)
        atheris.Setup([sys.argv[0], map_, *opties], lambda data: DOELEN[soort](bytes(data)) and None)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
