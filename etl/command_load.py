"""The command load: from paths, or what comes in, to a lake and a report."""

import argparse
import sys
from pathlib import Path

from etl.containers import Bron, find_files
from etl.contract import contracts_for
from etl.errors import UsageError
from etl.incoming import read_incoming
from etl.key import Sleutel, read_key
from etl.lake import Lake
from etl.load import Lader, Verslag
from etl.progress import Voortgang, VoortgangJson, listener_may_leave
from etl.report import print_report, report_as_json
from etl.settings import Instellingen, read_settings
from etl.stopping import ignore_further

BINNENKOMEND = Path("-")


def run_load(arg: argparse.Namespace) -> int:
    """Loads, prints the report and returns the exit code."""
    lake = Lake(arg.lake)
    instellingen = read_settings()
    # A wrong contract is told before anything is touched.
    contracts_for(instellingen.extracten_map)
    sleutel = read_key(arg.lake)
    sleutel = lake.check_key(sleutel)
    bronnen = _find_sources(arg, instellingen)
    if len(sleutel.waarde) < 16:
        print(
            "LET OP: de sleutel is korter dan 16 tekens; neem een lange, willekeurige sleutel.",
            file=sys.stderr,
        )
    verslag = _load(lake, sleutel, bronnen, arg, instellingen)
    ignore_further()
    with listener_may_leave():
        if arg.json:
            print(report_as_json(verslag, arg.dry_run), flush=True)
        else:
            print_report(verslag, arg.dry_run, sys.stdout)
    return verslag.exit_code


def _find_sources(arg: argparse.Namespace, instellingen: Instellingen) -> list[Bron]:
    paden = [p for p in arg.pad if p != BINNENKOMEND]
    if len(arg.pad) - len(paden) > 1:
        raise UsageError("'-' kan maar één keer: er komt maar één bestand binnen.")
    bronnen = find_files(paden, arg.lake)
    if BINNENKOMEND in arg.pad:
        bronnen += read_incoming(arg.naam, instellingen.invoer_mb)
    return bronnen


def _load(
    lake: Lake, sleutel: Sleutel, bronnen: list[Bron], arg: argparse.Namespace, instellingen: Instellingen
) -> Verslag:
    voortgang: Voortgang | VoortgangJson
    if arg.voortgang == "json":
        voortgang = VoortgangJson(bronnen, sys.stderr)
    else:
        stil = arg.json or sys.stderr.isatty()
        voortgang = Voortgang(len(bronnen), sys.stderr if stil else sys.stdout)
    try:
        if arg.dry_run:
            return Lader(lake, sleutel, True, voortgang, instellingen, arg.werkers).load(bronnen)
        with lake.locked(), lake.taken_back_on_failure():
            lake.prepare(sleutel)
            # Once more, now that nobody else can change it.
            sleutel = lake.check_key(sleutel)
            verslag = Lader(lake, sleutel, False, voortgang, instellingen, arg.werkers).load(bronnen)
            lake.compact()
            return verslag
    finally:
        voortgang.close()
