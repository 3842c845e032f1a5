"""The commands on a lake as a whole: rekey, upgrade and compact."""

import argparse
from pathlib import Path

from etl.errors import UsageError
from etl.key import read_key
from etl.lake import Lake
from etl.rewrite import rekey, upgrade
from etl.words import format_count


def _open(pad: Path) -> Lake:
    lake = Lake(pad)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {pad}")
    return lake


def run_rekey(arg: argparse.Namespace) -> int:
    """Lays the key of STUURINFO_NEW_KEY over the lake of STUURINFO_KEY."""
    lake = _open(arg.lake)
    oud, nieuw = read_key(arg.lake), read_key(arg.lake, "STUURINFO_NEW_KEY")
    with lake.locked(), lake.finished_on_failure():
        rijen = rekey(lake, oud, nieuw)
    print(
        f"Het lake heeft een andere sleutel: {format_count(rijen)} rijen omgezet. Laad voortaan met de "
        "nieuwe sleutel en bouw de momentopname opnieuw. Reservekopieën van voor deze wissel hebben de oude "
        "nog."
    )
    return 0


def run_upgrade(arg: argparse.Namespace) -> int:
    """Gives an older lake the columns of this version."""
    lake = _open(arg.lake)
    with lake.locked(), lake.finished_on_failure():
        rijen = upgrade(lake)
    print(f"Het lake is bijgewerkt: {format_count(rijen)} rijen." if rijen else "Het lake was al bij.")
    return 0


def run_compact(arg: argparse.Namespace) -> int:
    """Puts small files together and removes those that no table has had for some hours."""
    lake = _open(arg.lake)
    if arg.bewaar_uren < 0:
        raise UsageError("--bewaar-uren is een aantal uren van 0 of meer.")
    with lake.locked(), lake.finished_on_failure():
        lake.recover()
        lake.check_schema()
        weg = lake.compact(1, arg.bewaar_uren)
    print(f"Samengevoegd; {format_count(weg)} oude bestanden opgeruimd.")
    return 0
