"""Command line: python -m etl … (CONTRACT, commands). What each command does stands in its own module."""

import argparse
import os
import sys
import traceback
from pathlib import Path

from etl.command_lake import run_compact, run_rekey, run_upgrade
from etl.command_load import run_load
from etl.errors import UsageError
from etl.lake import BEWAAR_UREN, Lake
from etl.progress import listener_may_leave
from etl.quarantine import print_quarantine, quarantine_as_json, read_quarantine, write_csv
from etl.report import log_as_json, print_log
from etl.stopping import Afgebroken, stoppable
from etl.watch import run_watch
from etl.withdraw import run_withdraw


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m etl", description="Laadt berichten en extracten in het lake."
    )
    sub = top.add_subparsers(dest="opdracht", required=True)
    load = sub.add_parser("load", help="laad bestanden, mappen en zips; '-' leest wat binnenkomt")
    load.add_argument("pad", nargs="+", type=Path)
    load.add_argument("--lake", required=True, type=Path)
    load.add_argument("--json", action="store_true", help="verslag als JSON")
    load.add_argument("--werkers", type=int, choices=range(1, 9), help="aantal draden; standaard 2")
    load.add_argument("--dry-run", action="store_true", help="lees en controleer alles, schrijf niets")
    load.add_argument("--naam", default="invoer", help="naam van het ene bestand dat met '-' binnenkomt")
    load.add_argument("--voortgang", choices=("json",), help="voortgang als JSON-regels op stderr")
    load.set_defaults(doe=run_load)
    log = sub.add_parser("log", help="toon het laadlog")
    log.add_argument("--lake", required=True, type=Path)
    log.add_argument("--json", action="store_true")
    log.set_defaults(doe=_log)
    anders = sub.add_parser("rekey", help="geef het lake een andere sleutel (STUURINFO_NEW_KEY of _FILE)")
    anders.add_argument("--lake", required=True, type=Path)
    anders.set_defaults(doe=run_rekey)
    bij = sub.add_parser("upgrade", help="werk een ouder lake bij naar deze versie")
    bij.add_argument("--lake", required=True, type=Path)
    bij.set_defaults(doe=run_upgrade)
    dicht = sub.add_parser("compact", help="voeg kleine bestanden samen en ruim oude op")
    dicht.add_argument("--lake", required=True, type=Path)
    dicht.add_argument("--bewaar-uren", type=int, default=BEWAAR_UREN, help="hoe lang oude bestanden blijven")
    dicht.set_defaults(doe=run_compact)
    apart = sub.add_parser("quarantine", help="toon de regels in quarantaine, of schrijf ze als lijst")
    apart.add_argument("--lake", required=True, type=Path)
    apart.add_argument("--sha256", help="alleen van dit bestand")
    apart.add_argument("--json", action="store_true")
    apart.add_argument("--csv", metavar="BESTAND", help="lijst voor de afzender; '-' is de uitvoer")
    apart.set_defaults(doe=_quarantine)
    terug = sub.add_parser("withdraw", help="neem een bestand terug")
    terug.add_argument("sha256")
    terug.add_argument("--lake", required=True, type=Path)
    terug.add_argument("--why", required=True, help="reden, zonder persoonsgegevens")
    terug.set_defaults(doe=run_withdraw)
    wacht = sub.add_parser("watch", help="laad wat in een map binnenkomt, tot u stopt")
    wacht.add_argument("map", type=Path)
    wacht.add_argument("--lake", required=True, type=Path)
    wacht.add_argument("--then", metavar="OPDRACHT", help="start dit als het stil is en er iets nieuws is")
    wacht.add_argument("--quiet-seconds", type=float, default=10.0, metavar="S", help="zo lang is stil")
    wacht.set_defaults(doe=run_watch)
    return top


def _log(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    lake.check_schema()
    rijen = lake.read("laadlog").sort("geladen_op", maintain_order=True).to_dicts()
    with listener_may_leave():
        if arg.json:
            print(log_as_json(rijen))
        else:
            print_log(rijen, sys.stdout)
    return 0


def _quarantine(arg: argparse.Namespace) -> int:
    regels = read_quarantine(Lake(arg.lake), arg.sha256)
    with listener_may_leave():
        if arg.csv:
            write_csv(regels, arg.csv)
        elif arg.json:
            print(quarantine_as_json(regels))
        else:
            print_quarantine(regels, sys.stdout)
    return 0


def main(argumenten: list[str] | None = None) -> int:
    """Runs one command; returns its exit code: 0, 1 or 2 as CONTRACT says, 128 + signal when told to stop."""
    arg = _parser().parse_args(argumenten)
    try:
        with stoppable():
            code: int = arg.doe(arg)
            return code
    except UsageError as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 2
    except Afgebroken as stop:
        print("Afgebroken. Het lake is zoals het was.", file=sys.stderr)
        return stop.exit_code
    except Exception as fout:
        # Its text may quote what stood in a file, so only its kind and place are told.
        plek = traceback.extract_tb(fout.__traceback__)[-1]
        print(
            f"Fout: dit programma liep vast ({type(fout).__name__}, {Path(plek.filename).name} regel "
            f"{plek.lineno}). Er is niets half bewaard. Meld deze regel aan de beheerder van het programma.",
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    os.umask(0o027)
    sys.exit(main())
