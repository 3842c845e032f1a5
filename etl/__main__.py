"""Command line: python -m etl load | log | withdraw (CONTRACT, commands)."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from etl.containers import find_files
from etl.contract import contracts_for
from etl.errors import UsageError
from etl.files import mask
from etl.key import read_key
from etl.lake import BEWAAR_UREN, Lake
from etl.load import Lader
from etl.report import (
    Voortgang,
    format_count,
    listener_may_leave,
    print_log,
    print_report,
    report_as_json,
)
from etl.rewrite import rekey, upgrade
from etl.settings import read_settings
from etl.tables import TABELLEN


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m etl", description="Laadt berichten en extracten in het lake."
    )
    sub = top.add_subparsers(dest="opdracht", required=True)
    load = sub.add_parser("load", help="laad bestanden, mappen en zips")
    load.add_argument("pad", nargs="+", type=Path)
    load.add_argument("--lake", required=True, type=Path)
    load.add_argument("--json", action="store_true", help="verslag als JSON")
    load.add_argument("--werkers", type=int, choices=range(1, 9), help="draden; standaard 2")
    load.add_argument("--dry-run", action="store_true", help="lees en controleer alles, schrijf niets")
    log = sub.add_parser("log", help="toon het laadlog")
    log.add_argument("--lake", required=True, type=Path)
    log.add_argument("--json", action="store_true")
    anders = sub.add_parser("rekey", help="geef het lake een andere sleutel (STUURINFO_NEW_KEY of _FILE)")
    anders.add_argument("--lake", required=True, type=Path)
    bij = sub.add_parser("upgrade", help="werk een ouder lake bij naar deze versie")
    bij.add_argument("--lake", required=True, type=Path)
    dicht = sub.add_parser("compact", help="voeg kleine bestanden samen en ruim oude op")
    dicht.add_argument("--lake", required=True, type=Path)
    dicht.add_argument("--bewaar-uren", type=int, default=BEWAAR_UREN, help="hoe lang oude bestanden blijven")
    terug = sub.add_parser("withdraw", help="neem een bestand terug")
    terug.add_argument("sha256")
    terug.add_argument("--lake", required=True, type=Path)
    terug.add_argument("--why", required=True, help="reden, zonder persoonsgegevens")
    return top


def _load(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    sleutel, instellingen = read_key(arg.lake), read_settings()
    contracts_for(instellingen.extracten_map)
    bronnen = find_files(arg.pad, arg.lake)
    sleutel = lake.check_key(sleutel)
    if len(sleutel.waarde) < 16:
        print(
            "LET OP: de sleutel is korter dan 16 tekens; neem een lange, willekeurige sleutel.",
            file=sys.stderr,
        )
    voortgang = Voortgang(len(bronnen), sys.stderr if arg.json or sys.stderr.isatty() else sys.stdout)
    try:
        if arg.dry_run:
            verslag = Lader(lake, sleutel, True, voortgang, instellingen, arg.werkers).load(bronnen)
        else:
            with lake.locked(), lake.taken_back_on_failure():
                lake.prepare(sleutel)
                # Once more, now that nobody else can change it.
                sleutel = lake.check_key(sleutel)
                verslag = Lader(lake, sleutel, False, voortgang, instellingen, arg.werkers).load(bronnen)
                lake.compact()
    finally:
        voortgang.close()
    with listener_may_leave():
        if arg.json:
            print(report_as_json(verslag), flush=True)
        else:
            print_report(verslag, arg.dry_run, sys.stdout)
    return verslag.exit_code


def _log(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    lake.check_schema()
    with listener_may_leave():
        print_log(lake.read("laadlog").sort("geladen_op", maintain_order=True).to_dicts(), arg.json)
    return 0


def _withdraw(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    with lake.locked(), lake.taken_back_on_failure():
        lake.recover()
        lake.check_schema()
        rijen = lake.read("bericht").filter(pl.col("sha256") == arg.sha256.lower())
        if rijen.is_empty():
            raise UsageError("Geen geladen bestand heeft deze sha256. 'etl log' toont welke er zijn.")
        lake.withdraw(rijen.get_column("bericht_id").to_list())
        nu = datetime.now(UTC).replace(tzinfo=None)
        log = rijen.select(k for k in TABELLEN["laadlog"] if k in rijen.columns).with_columns(
            pl.lit("ingetrokken").alias("status"),
            pl.lit(nu, dtype=pl.Datetime("us")).alias("geladen_op"),
            pl.lit("{}").alias("redenen"),
            pl.lit(mask(arg.why)).alias("toelichting"),
        )
        lake.append("laadlog", log)
    naam = rijen.get_column("naam")[0]
    print(f"Ingetrokken: {naam}. De regels tellen niet meer; het bestand kan opnieuw worden geladen.")
    return 0


def _rekey(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    oud, nieuw = read_key(arg.lake), read_key(arg.lake, "STUURINFO_NEW_KEY")
    with lake.locked(), lake.taken_back_on_failure():
        rijen = rekey(lake, oud, nieuw)
    print(
        f"Het lake heeft een andere sleutel: {format_count(rijen)} rijen omgezet. Laad voortaan met de "
        "nieuwe sleutel en bouw de momentopname opnieuw. Reservekopieën van voor deze wissel hebben de oude "
        "nog."
    )
    return 0


def _upgrade(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    with lake.locked(), lake.taken_back_on_failure():
        rijen = upgrade(lake)
    print(f"Het lake is bijgewerkt: {format_count(rijen)} rijen." if rijen else "Het lake was al bij.")
    return 0


def _compact(arg: argparse.Namespace) -> int:
    lake = Lake(arg.lake)
    if not lake.about():
        raise UsageError(f"Hier is geen lake: {arg.lake}")
    if arg.bewaar_uren < 0:
        raise UsageError("--bewaar-uren is een aantal uren van 0 of meer.")
    with lake.locked(), lake.taken_back_on_failure():
        lake.recover()
        lake.check_schema()
        weg = lake.compact(1, arg.bewaar_uren)
    print(f"Samengevoegd; {format_count(weg)} oude bestanden opgeruimd.")
    return 0


def main(argumenten: list[str] | None = None) -> int:
    """Runs one command; returns its exit code (0, 1 or 2 as CONTRACT says)."""
    arg = _parser().parse_args(argumenten)
    try:
        opdrachten = {"load": _load, "log": _log, "withdraw": _withdraw, "rekey": _rekey}
        return (opdrachten | {"upgrade": _upgrade, "compact": _compact})[arg.opdracht](arg)
    except UsageError as fout:
        print(f"Fout: {fout}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    os.umask(0o027)
    sys.exit(main())
