"""Command line: ``python -m warehouse build``, ``template`` and ``docs``."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from warehouse.begrippen import render_docs
from warehouse.build import Options, Result, build
from warehouse.errors import CheckError, UsageError, WarehouseError
from warehouse.template import write_template

DOCS = Path(__file__).resolve().parent.parent / "docs" / "begrippen.md"


def _date(text: str) -> date:
    """Read JJJJ-MM-DD; argparse turns a ValueError into a usage message."""
    return date.fromisoformat(text)


def _parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse", description="Maakt de snapshot uit het lake."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("build", help="snapshot afleiden, controleren en publiceren")
    make.add_argument("--lake", type=Path, required=True, metavar="DIR")
    make.add_argument("--out", type=Path, required=True, metavar="FILE.duckdb")
    make.add_argument("--bekend-op", type=_date, default=None, metavar="JJJJ-MM-DD")
    make.add_argument("--generaties", type=int, default=3, metavar="N", help="aantal te bewaren generaties")
    make.add_argument("--threads", type=int, default=None, metavar="N")
    make.add_argument("--memory", default="3GB", metavar="GROOTTE", help="geheugen voor de engine")
    make.add_argument("--json", action="store_true", help="uitkomst als JSON")
    make.add_argument("-v", "--verbose", action="store_true", help="een regel per stap")
    blank = commands.add_parser("template", help="invulblad voor de jaarprogrammering schrijven")
    blank.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    blank.add_argument("--jaar", type=int, default=None, metavar="N", help="jaar van de programmering")
    blank.add_argument(
        "--snapshot",
        type=Path,
        default=None,
        metavar="FILE.duckdb",
        help="vult de regels met het laatste jaar",
    )
    docs = commands.add_parser("docs", help="docs/begrippen.md schrijven")
    docs.add_argument("--out", type=Path, default=DOCS, metavar="FILE.md")
    return parser


def _show(name: str, seconds: float, rows: int | None) -> None:
    """One line a step, on stderr so that --json stays clean."""
    print(
        f"  {name:<28} {seconds:7.2f} s {rows if rows is not None else '':>12}", file=sys.stderr, flush=True
    )


def _as_json(result: Result) -> str:
    """The outcome of a build for programs."""
    return json.dumps(
        {
            "bestand": str(result.path),
            "generatie": result.generation,
            "bekend_op": result.bekend_op.isoformat(),
            "seconden": {name: round(seconds, 3) for name, seconds in result.seconds.items()},
            "rijen": result.rows,
            "controles": {finding.check.name: finding.count for finding in result.findings},
        }
    )


def _template(out: Path, jaar: int | None, snapshot: Path | None) -> int:
    """Write the workbook for the jaarprogrammering; 0 done, 2 usage."""
    try:
        rows = write_template(out, jaar, snapshot)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"{out} geschreven: {rows} ingevulde regels. Vul in en laad met: python -m etl load {out} --lake DIR"
    )
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 done, 1 a check failed and the old snapshot stands, 2 usage."""
    options = _parser().parse_args(arguments)
    if options.command == "docs":
        options.out.write_text(render_docs(), encoding="utf-8")
        return 0
    if options.command == "template":
        return _template(options.out, options.jaar, options.snapshot)
    loud = options.verbose or sys.stderr.isatty()
    settings = Options(keep=options.generaties, threads=options.threads, memory_limit=options.memory)
    try:
        if loud:
            result = build(options.lake, options.out, options.bekend_op, settings, _show)
        else:
            result = build(options.lake, options.out, options.bekend_op, settings)
    except CheckError as error:
        print(f"{error}\nDe vorige snapshot blijft staan.", file=sys.stderr)
        return 1
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except WarehouseError as error:
        print(f"De bouw is afgebroken: {error}\nDe vorige snapshot blijft staan.", file=sys.stderr)
        return 1
    if options.json:
        print(_as_json(result))
    else:
        total = sum(result.seconds.values())
        print(
            f"{options.out} wijst naar {result.path.name}: bekend op {result.bekend_op:%d-%m-%Y},"
            f" {len(result.findings)} controles goed, {total:.1f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
