"""What a table is, by the names of its columns: which contract of etl/extracten it fits."""

from collections.abc import Iterable
from dataclasses import dataclass

from etl.containers import Bron
from etl.contract import OPZOEK, Contract, contracts_for, plain
from etl.csv_read import MAX_KOLOMMEN
from etl.csv_tabel import CsvTabel
from etl.errors import RefusedError
from etl.opmaak import read_layouts
from etl.recognise import Onbekend
from etl.settings import Instellingen
from etl.tabel import Tabel
from etl.tabel_parquet import ParquetTabel, is_parquet
from etl.tabel_xlsx import is_old_office, is_workbook, read_sheets


@dataclass(frozen=True)
class Extract:
    """An extract whose columns fit a contract; `fout` says why it cannot be read all the same.

    `tabel`: the table that fits; None where it is looked for again (a contract alone).
    """

    contract: Contract
    fout: RefusedError | None = None
    tabel: Tabel | None = None


def recognise_table(bron: Bron, instellingen: Instellingen) -> Extract | Onbekend:
    """The extract that this source is: the contract whose columns are most alike.

    With most but not all columns it is refused rather than unknown, because it says what it is. With all of
    them among many others it is read, and the others are left out. Of a workbook the first sheet that fits
    counts. Raises RefusedError for a file of a known kind that cannot be looked into.
    """
    begin = bron.peek()
    if is_own_note(begin):
        return Onbekend(stil=True)
    contracten = contracts_for(instellingen.extracten_map)
    gevonden: Extract | None = None
    for tabel in _open_tables(bron, begin):
        kandidaat = _fit(tabel, contracten)
        if kandidaat is None:
            continue
        if kandidaat.fout is None:
            gevonden = kandidaat
            break
        gevonden = gevonden or kandidaat
    if gevonden is None:
        return Onbekend()
    heel = gevonden.contract.filled(instellingen.gemeentecodes)
    if heel is None:
        return Extract(gevonden.contract, gevonden.fout or RefusedError("gemeente_eigen"), gevonden.tabel)
    return Extract(heel, gevonden.fout, gevonden.tabel)


def _open_tables(bron: Bron, begin: bytes) -> Iterable[Tabel]:
    """The tables that the bytes of a source may be read as, the likeliest first."""
    if is_parquet(begin):
        return [ParquetTabel(bron)]
    if is_old_office(begin):
        raise RefusedError("excel_oud")
    if is_workbook(bron, begin):
        return read_sheets(bron)
    return [CsvTabel(bron, opmaak) for opmaak in read_layouts(begin)]


def _fit(tabel: Tabel, contracten: tuple[Contract, ...]) -> Extract | None:
    """The contract that a table fits best, if any."""
    namen = [plain(k) for k in tabel.kolommen]
    gevonden = {naam: n for n, naam in reversed(list(enumerate(namen))) if naam}
    if len(gevonden) < 2:
        return None
    beste = max(contracten, key=lambda c: (c.likeness(gevonden), c.eigen))
    if beste.likeness(gevonden) < 0.6:
        # A lookup takes three columns out of a wide table of persons, and nothing of the rest.
        heel = [
            c
            for c in contracten
            if not c.missing(gevonden)
            and (c.likeness(gevonden) > 0.3 or c.tabel == OPZOEK or len(namen) > MAX_KOLOMMEN)
        ]
        if not heel:
            return None
        beste = max(heel, key=lambda c: (len(c.nodig), c.eigen))
    if len(namen) > MAX_KOLOMMEN:
        return Extract(beste, RefusedError("kolommen_veel"))
    eigen = {plain(n) for k in beste.kolommen for n in k.namen}
    if any(namen.count(n) > 1 for n in eigen):
        return Extract(beste, RefusedError("kolom_dubbel"))
    if mist := beste.missing(gevonden):
        return Extract(beste, RefusedError("kolom_ontbreekt", mist[0]))
    return Extract(beste, None, tabel)


def is_own_note(begin: bytes) -> bool:
    """Whether this is one of the three notes that the generator lays beside its data: key, expectations,
    readme.
    """
    kop = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        (kop.startswith(b"voorbeeldsleutel-") and kop.strip().count(b"\n") == 0)
        or (kop.startswith(b"{") and b'"stuurinformatie_verwacht"' in kop)
        or kop.startswith(b"Synthetische gemeente")
    )
