"""Loading against its floor and its peer, in one run: seconds, memory peaks, ratios.

Floor: unzip and the bare parser (xml2arrow with the same paths), message by message, nothing checked, keyed
or kept, by as many workers. Peer: what a developer would write today: lxml's iterparse into a pandas frame,
no checks, to Parquet. Ours: recognise, hash, check, pseudonymise, quarantine, log, Parquet in a Delta lake.
Run: python -m bench.etl [--regels N] [--klein N] [--map DIR] [--snel]
"""

import argparse
import os
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.berichtenberg import write_declarations, write_starts
from bench.meting import Meting, measure

PY = sys.executable
SLEUTEL = "voorbeeldsleutel-van-de-meting"


def _floor_zip(pad: str) -> int:
    """Unzip one zip and run each message through the bare parser; returns the rows that came out."""
    import zipfile

    from etl.mapping import read_mappings

    rijen = 0
    with zipfile.ZipFile(pad) as z:
        soort = "wmo323" if "declaraties" in pad else "wmo305"
        mapping = read_mappings()[("iwmo", "3.2", soort)]
        for naam in z.namelist():
            tabellen = mapping.parser_alone.parse(z.read(naam))
            rijen += sum(tabellen[n].num_rows for n in mapping.eenheden)
    return rijen


def run_floor(map_: Path, werkers: int) -> None:
    """The floor over all zips of a folder, by as many processes; prints the rows."""
    paden = sorted(str(p) for p in map_.glob("*.zip"))
    if werkers == 1:
        print(sum(map(_floor_zip, paden)))
        return
    with ProcessPoolExecutor(werkers) as pool:
        print(sum(pool.map(_floor_zip, paden)))


def run_peer(map_: Path, uit: Path) -> None:
    """The peer over all zips of a folder; prints the rows."""
    import io
    import zipfile

    import pandas as pd
    from lxml import etree

    b = "{http://www.istandaarden.nl/iwmo/3_2/basisschema/schema}"
    w = "{http://www.istandaarden.nl/iwmo/3_2/wmo323/schema}"
    totaal = 0
    uit.mkdir(parents=True, exist_ok=True)
    for pad in sorted(map_.glob("*.zip")):
        rijen = []
        with zipfile.ZipFile(pad) as z:
            for naam in z.namelist():
                bsn = None
                for _, el in etree.iterparse(
                    io.BytesIO(z.read(naam)), events=("end",), tag=(f"{w}Bsn", f"{w}Prestatie")
                ):
                    if el.tag == f"{w}Bsn":
                        bsn = el.text
                        continue
                    rijen.append(
                        {
                            "bestand": naam,
                            "bsn": bsn,
                            "referentie": el.findtext(f"{w}ProductReferentie/{b}ReferentieNummer"),
                            "vorig": el.findtext(f"{w}ProductReferentie/{b}VorigReferentieNummer"),
                            "toewijzing": el.findtext(f"{w}ToewijzingNummer"),
                            "categorie": el.findtext(f"{w}ProductCategorie"),
                            "code": el.findtext(f"{w}ProductCode"),
                            "begin": el.findtext(f"{w}ProductPeriode/{b}Begindatum"),
                            "eind": el.findtext(f"{w}ProductPeriode/{b}Einddatum"),
                            "volume": el.findtext(f"{w}GeleverdVolume"),
                            "eenheid": el.findtext(f"{w}Eenheid"),
                            "tarief": el.findtext(f"{w}ProductTarief"),
                            "bedrag": el.findtext(f"{w}IngediendBedrag/{b}Bedrag"),
                            "teken": el.findtext(f"{w}IngediendBedrag/{b}DebetCredit"),
                        }
                    )
                    el.clear()
        frame = pd.DataFrame(rijen)
        for kolom in ("volume", "tarief", "bedrag", "toewijzing"):
            frame[kolom] = pd.to_numeric(frame[kolom])
        for kolom in ("begin", "eind"):
            frame[kolom] = pd.to_datetime(frame[kolom])
        frame.to_parquet(uit / f"{pad.stem}.parquet")
        totaal += len(frame)
    print(totaal)


def _load(naam: str, map_: Path, lake: Path, werkers: int, env: dict[str, str]) -> Meting:
    shutil.rmtree(lake, ignore_errors=True)
    opdracht = [PY, "-m", "etl", "load", str(map_), "--lake", str(lake), "--werkers", str(werkers)]
    return measure(naam, opdracht, env)


def _floor(naam: str, map_: Path, werkers: int) -> Meting:
    return measure(naam, [PY, "-m", "bench.etl", "--vloer", str(map_), "--werkers", str(werkers)])


def _count_files(lake: Path) -> str:
    from deltalake import DeltaTable

    tabellen = [p for p in lake.iterdir() if (p / "_delta_log").is_dir()]
    bestanden = sum(len(DeltaTable(str(t)).file_uris()) for t in tabellen)
    commits = sum(DeltaTable(str(t)).version() + 1 for t in tabellen)
    return f"{commits} commits en {bestanden} Parquet-bestanden over {len(tabellen)} tabellen"


def main() -> None:
    """Measure and print; the large, a tenth of it, and the many small."""
    vraag = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    vraag.add_argument("--regels", type=int, default=2_000_000)
    vraag.add_argument("--klein", type=int, default=50_000)
    vraag.add_argument("--map", type=Path, help="where to work; default a temporary folder that is removed")
    vraag.add_argument("--snel", action="store_true", help="without the peer, which takes minutes")
    vraag.add_argument("--vloer", type=Path, help=argparse.SUPPRESS)
    vraag.add_argument("--maat", type=Path, help=argparse.SUPPRESS)
    vraag.add_argument("--werkers", type=int, default=1, help=argparse.SUPPRESS)
    gekozen = vraag.parse_args()
    if gekozen.vloer:
        return run_floor(gekozen.vloer, gekozen.werkers)
    if gekozen.maat:
        return run_peer(gekozen.maat, gekozen.maat.parent / "maat")
    map_ = gekozen.map or Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        _measure_all(map_, gekozen.regels, gekozen.klein, gekozen.snel)
    finally:
        if not gekozen.map:
            shutil.rmtree(map_, ignore_errors=True)


def _measure_all(map_: Path, regels: int, klein: int, snel: bool) -> None:
    groot, tiende, vele, lake = (map_ / n for n in ("groot", "tiende", "vele", "lake"))
    if not groot.exists():
        berichten, omvang = write_declarations(groot, regels)
        write_declarations(tiende, regels // 10)
        write_starts(vele, klein)
        print(f"{berichten} declaraties, {regels:,} prestaties, {omvang / 1e9:.2f} GB; {klein:,} starts\n")
    env = os.environ | {"STUURINFO_KEY": SLEUTEL}
    env.pop("STUURINFO_KEY_FILE", None)
    metingen: list[tuple[Meting, Meting | None]] = []
    for werkers in (1, 2):
        vloer = _floor(f"vloer, {werkers} werker(s)", groot, werkers)
        metingen += [(vloer, None), (_load(f"laden, {werkers} werker(s)", groot, lake, werkers, env), vloer)]
    groot_lake = _count_files(lake)
    klein_tiende = _load("laden, een tiende", tiende, lake, 2, env)
    metingen.append((klein_tiende, None))
    vloer = _floor("vloer, vele kleine", vele, 2)
    metingen += [(vloer, None), (_load("laden, vele kleine", vele, lake, 2, env), vloer)]
    klein_lake = _count_files(lake)
    if not snel:
        metingen.append(
            (measure("maat: lxml en pandas", [PY, "-m", "bench.etl", "--maat", str(groot)]), None)
        )
    print(f"{'stap':<26}{'seconden':>10}{'piek MB':>10}{'x vloer':>10}")
    for meting, basis in metingen:
        keer = f"{meting.seconden / basis.seconden:.2f}" if basis else ""
        print(f"{meting.naam:<26}{meting.seconden:>10.1f}{meting.piek_mb:>10.0f}{keer:>10}")
    per = {m.naam: m.seconden for m, _ in metingen}
    beste = per["laden, 2 werker(s)"]
    print(f"\ntien keer de invoer: {beste / klein_tiende.seconden:.1f} keer de tijd")
    print(f"kleine berichten per seconde: {klein / per['laden, vele kleine']:,.0f} ({klein_lake})")
    print(f"grote lading: {groot_lake}")
    if not snel:
        print(f"sneller dan de maat: {per['maat: lxml en pandas'] / beste:.1f} keer")


if __name__ == "__main__":
    main()
