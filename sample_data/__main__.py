"""Command line: ``python -m sample_data generate --out DIR``."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from sample_data.genereer import VreemdeMapError, run
from sample_data.instellingen import STANDAARD_CLIENTEN, STANDAARD_ZAAD, Instellingen, lees_maand

EERSTE = 2018 * 12


def _maand(tekst: str) -> int:
    try:
        return lees_maand(tekst)
    except ValueError:
        raise argparse.ArgumentTypeError(f"geen maand als JJJJ-MM: {tekst}") from None


def parse(argv: list[str], vandaag: dt.date) -> Instellingen:
    """Arguments of a run; exits with 2 and a message when they cannot be."""
    p = argparse.ArgumentParser(prog="python -m sample_data", description="Maakt een synthetische gemeente.")
    sub = p.add_subparsers(dest="opdracht", required=True)
    g = sub.add_parser("generate", help="schrijf berichten, extracten en referentietabellen")
    g.add_argument("--out", type=Path, required=True, metavar="DIR")
    g.add_argument(
        "--clients", type=int, default=STANDAARD_CLIENTEN, help="cliënten met zorg in een gemiddeld jaar"
    )
    g.add_argument(
        "--from", dest="van", type=_maand, default=EERSTE, metavar="JJJJ-MM", help="eerste levermaand"
    )
    g.add_argument(
        "--to", dest="tot", type=_maand, default=None, metavar="JJJJ-MM", help="laatste maand van ontvangst"
    )
    g.add_argument("--seed", type=int, default=STANDAARD_ZAAD)
    g.add_argument("--as", dest="wijze", choices=("messages", "extracts", "mixed"), default="mixed")
    a = p.parse_args(argv)
    tot = a.tot if a.tot is not None else vandaag.year * 12 + vandaag.month - 2
    if a.clients < 1 or a.clients > 10 * STANDAARD_CLIENTEN:
        p.error("--clients moet tussen 1 en 138000 liggen")
    if a.van < EERSTE:
        p.error("--from kan niet voor 2018-01 liggen")
    if not a.van <= tot <= 2027 * 12 + 11:
        p.error("--to moet na --from liggen en niet na 2027-12")
    if a.seed < 0:
        p.error("--seed mag niet negatief zijn")
    return Instellingen(a.out, a.clients, a.van, tot, a.seed, a.wijze)


def main(argv: list[str] | None = None) -> int:
    """Run the command; progress goes to stderr, one line a step."""
    inst = parse(sys.argv[1:] if argv is None else argv, dt.date.today())
    try:
        run(inst, lambda tekst: print(tekst, file=sys.stderr, flush=True))
    except VreemdeMapError as fout:
        print(f"{fout}. Kies een andere map.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
