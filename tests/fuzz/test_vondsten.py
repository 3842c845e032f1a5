"""What fuzzing found before, and a short run of it on every test run."""

import random
from pathlib import Path

import pytest

from tests.etl.maken import BSN_1, DECLARATIEKOP, client, csv, declaratie, declaratieregel, prestatie
from tests.fuzz.doel import DOELEN, try_message, try_table

VONDSTEN = sorted((Path(__file__).parent / "vondsten").glob("*_*"))
GOED = declaratie(client(BSN_1, prestatie("R1"), prestatie("R2")), totaal=10000).encode()
TABEL = csv(DECLARATIEKOP, *(declaratieregel(f"R{n}") for n in range(4)))


@pytest.mark.parametrize("pad", VONDSTEN, ids=lambda p: p.name)
def test_what_was_found_stays_mended(pad: Path) -> None:
    assert DOELEN[pad.name.partition("_")[0]](pad.read_bytes())


def mutate(data: bytes, kans: random.Random) -> bytes:
    """The bytes with a few of them changed, cut, doubled or moved, tags more often than not."""
    stuk = bytearray(data)
    for _ in range(kans.randrange(1, 4)):
        a, b = sorted(kans.randrange(len(stuk) + 1) for _ in range(2))
        b = min(b, a + kans.choice((1, 4, 30, 400)))
        doe = kans.randrange(5)
        if doe == 0:
            del stuk[a:b]
        elif doe == 1:
            stuk[a:a] = stuk[a:b]
        elif doe == 2:
            stuk[a:b] = kans.randbytes(kans.randrange(4))
        elif doe == 3:
            stuk[a:a] = kans.choice(
                (b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b'"', b";", b"\r\n", b"\0", b"<m:Prestatie/>")
            )
        else:
            deel = stuk[a:b]
            del stuk[a:b]
            plek = kans.randrange(len(stuk) + 1)
            stuk[plek:plek] = deel
    return bytes(stuk)


@pytest.mark.parametrize("zaad", range(4))
def test_damaged_messages_are_read_whole_or_refused(zaad: int) -> None:
    kans = random.Random(zaad)
    uitkomsten = {try_message(mutate(GOED, kans)) for _ in range(250)}
    assert {"geladen", "xml"} <= uitkomsten


@pytest.mark.parametrize("zaad", range(2))
def test_damaged_tables_close(zaad: int) -> None:
    kans = random.Random(zaad)
    uitkomsten = {try_table(mutate(TABEL, kans)) for _ in range(120)}
    assert "deels" in uitkomsten
