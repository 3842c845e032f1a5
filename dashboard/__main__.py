"""`python -m dashboard`: a mart as a file under the rules of a role, and notes kept and put back."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from dashboard.access.audit import LogboekError, write_line
from dashboard.access.reader import Lezer
from dashboard.access.roles import Regels, ToegangError, load_regels
from dashboard.access.snapshot import Bron, SnapshotError, SnapshotOntbreektError
from dashboard.access.tables import TABELLEN, read_tabel
from dashboard.export import make_csv, make_parquet, make_xlsx, to_euros
from dashboard.notities.opslag import NotitieError
from dashboard.notities.uitvoer import export_notities, restore_notities
from dashboard.numbers import day, enumerate_nl

WORTEL = Path(__file__).resolve().parents[1]
MAX_XLSX = 1_048_575


class GebruikError(Exception):
    """The command asks for something that cannot or may not be done; nothing was written."""


def make_parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Cijfers als bestand.")
    opdrachten = parser.add_subparsers(dest="opdracht", required=True)
    export = opdrachten.add_parser("export", help="een mart als bestand")
    export.add_argument("--snapshot", type=Path, required=True, help="FILE.duckdb")
    export.add_argument("--table", required=True, help="naam van de mart, zoals pq_maand")
    export.add_argument("--format", choices=("csv", "xlsx", "parquet"), required=True)
    export.add_argument("--out", type=Path, required=True)
    export.add_argument("--role", required=True, help="rol uit toegang.toml")
    export.add_argument(
        "--aanbieder", action="append", default=[], help="eigen aanbieder van de rol (AGB), vaker te noemen"
    )
    notities = opdrachten.add_parser("notities", help="notities bewaren als bestand, of terugzetten")
    wat = notities.add_subparsers(dest="wat", required=True)
    bewaren = wat.add_parser("export", help="alle notities als JSON")
    terug = wat.add_parser("restore", help="notities terugzetten in een leeg bestand")
    for deel in (bewaren, terug):
        deel.add_argument("--notities", type=Path, required=True, help="FILE.notities.sqlite")
    bewaren.add_argument("--out", type=Path, required=True)
    terug.add_argument("--in", dest="in_", type=Path, required=True)
    return parser


def run_notities(args: argparse.Namespace) -> str:
    """Keep or put back the notes; returns what was done. Raises NotitieError or OSError, then nothing."""
    if args.wat == "export":
        if not args.notities.is_file():
            raise NotitieError(f"er is geen bestand met notities op {args.notities}")
        _write_atomic(args.out, export_notities(args.notities).encode())
        return f"notities geschreven naar {args.out}"
    aantal = restore_notities(args.notities, args.in_.read_text(encoding="utf-8"))
    return f"{aantal} aantekeningen teruggezet in {args.notities}"


def run_export(args: argparse.Namespace, regels: Regels) -> int:
    """Write the file; returns the number of rows. Raises GebruikError when role or table do not allow it."""
    rol = regels.rollen.get(args.role)
    if rol is None:
        raise GebruikError(
            f"rol {args.role} staat niet in toegang.toml; bekend: {enumerate_nl(list(regels.rollen))}"
        )
    naam = str(args.table).removeprefix("mart.")
    tabel = TABELLEN.get(naam)
    if tabel is None:
        raise GebruikError(f"{args.table} is niet uit te voeren; wel: {enumerate_nl(sorted(TABELLEN))}")
    if not any(rol.may_open(n) for n in tabel.niveaus):
        wie = [r for n in tabel.niveaus for r in regels.rollen_met(n)]
        raise GebruikError(f"{naam} hoort bij de rol {', '.join(dict.fromkeys(wie))}")
    if rol.eigen_aanbieders and tabel.per_aanbieder and not args.aanbieder:
        raise GebruikError(f"de rol {rol.naam} ziet eigen aanbieders: noem ze met --aanbieder")
    lezer = Lezer(Bron(args.snapshot).current(), regels.make_bereik(rol, tuple(args.aanbieder)))
    df = read_tabel(lezer, tabel)
    if args.format == "xlsx" and df.height > MAX_XLSX:
        raise GebruikError(f"{df.height} rijen passen niet in XLSX; kies csv of parquet")
    if rol.inzagelog:
        _log(lezer, rol.naam, naam, args.format, df.height)
    uitleg = {
        "inhoud": f"mart.{naam}",
        "bekend op": day(lezer.meta.bekend_op),
        "versie": lezer.meta.generatie,
        "rol": rol.naam,
        "kleine aantallen": lezer.niet_getoond,
    }
    maak: dict[str, Callable[[pl.DataFrame], bytes]] = {
        "csv": lambda d: make_csv(to_euros(d)),
        "xlsx": lambda d: make_xlsx(to_euros(d), uitleg),
        "parquet": make_parquet,
    }
    _write_atomic(args.out, maak[args.format](df))
    return df.height


def _log(lezer: Lezer, rol: str, tabel: str, soort: str, rijen: int) -> None:
    map_ = Path(os.environ.get("STUURINFO_LOG") or WORTEL / "data" / "log")
    wat = {"gebeurtenis": "export", "gebruiker": "opdrachtregel", "rol": rol, "tabel": tabel, "soort": soort}
    write_line(map_, wat | {"rijen": rijen, "momentopname": lezer.meta.generatie})


def _write_atomic(pad: Path, inhoud: bytes) -> None:
    """Write beside and move, so that a half file is never mistaken for a whole one."""
    with tempfile.NamedTemporaryFile(dir=pad.parent, prefix=f".{pad.name}.", delete=False) as tijdelijk:
        tijdelijk.write(inhoud)
    Path(tijdelijk.name).replace(pad)


def main(argumenten: Sequence[str] | None = None) -> int:
    """Run the command; 0 written, 2 usage or no right (nothing written)."""
    args = make_parser().parse_args(argumenten)
    if args.opdracht == "notities":
        try:
            print(run_notities(args))
        except (NotitieError, OSError, UnicodeDecodeError) as fout:
            print(f"notities: {fout}", file=sys.stderr)
            return 2
        return 0
    try:
        regels = load_regels(Path(os.environ.get("STUURINFO_TOEGANG") or WORTEL / "toegang.toml"))
        rijen = run_export(args, regels)
    except SnapshotOntbreektError as fout:
        print(f"export: er is geen momentopname op {fout}", file=sys.stderr)
        return 2
    except (GebruikError, ToegangError, SnapshotError, LogboekError, TimeoutError) as fout:
        print(f"export: {fout}", file=sys.stderr)
        return 2
    except OSError as fout:
        print(f"export: kan {args.out} niet schrijven ({fout.strerror})", file=sys.stderr)
        return 2
    print(f"{rijen} rijen naar {args.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
