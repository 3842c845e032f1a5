"""What a table is, by the names of its columns: which contract of etl/extracten it fits."""

from dataclasses import dataclass

from etl.containers import Bron
from etl.contract import Contract, read_contracts
from etl.errors import RefusedError
from etl.recognise import Onbekend
from etl.settings import Instellingen


@dataclass(frozen=True)
class Extract:
    """An extract whose columns fit a contract; `fout` says why it cannot be read all the same."""

    contract: Contract
    fout: RefusedError | None = None


def recognise_table(bron: Bron, instellingen: Instellingen) -> Extract | Onbekend:
    """The extract that this source is: the contract whose columns are most alike.

    With most but not all columns it is refused rather than unknown, because it says what it is. With all of
    them among many others it is read, and the others are left out.
    """
    begin = bron.peek()
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Onbekend()
    regels = begin.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()
    eerste = regels[0] if regels else ""
    if is_own_note(begin):
        return Onbekend(stil=True)
    gevonden = [k.strip().strip('"') for k in eerste.split(";")]
    if len(gevonden) < 2:
        return Onbekend()
    beste = max(read_contracts(), key=lambda c: c.likeness(gevonden))
    if beste.likeness(gevonden) < 0.6:
        heel = [c for c in read_contracts() if set(c.nodig) <= set(gevonden) and c.likeness(gevonden) > 0.3]
        if not heel:
            return Onbekend()
        beste = max(heel, key=lambda c: len(c.nodig))
    if len(set(gevonden)) != len(gevonden):
        return Extract(beste, RefusedError("kolom_dubbel"))
    mist = [k for k in beste.nodig if k not in gevonden]
    if mist:
        return Extract(beste, RefusedError("kolom_ontbreekt", mist[0]))
    return Extract(beste)


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
