"""No BSN, name, postcode, birth date or phone number of the input is found in any byte that was written."""

import hashlib
import hmac
import itertools
import random
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.berichtenberg import declaration, make_bsns
from etl.key import Sleutel
from etl.pseudonym import bsn_passes, pseudonymise
from tests.etl.conftest import SLEUTEL, VOORBEELD, WORTEL, Laad, omgeving, opdracht, rows, the_file
from tests.etl.maken import (
    BSN_1,
    BSN_2,
    DECLARATIEKOP,
    POSTCODES,
    client,
    csv,
    declaratie,
    declaratieregel,
    prestatie,
    toewijzing,
    zip_of,
)


def every_byte_under(*mappen: Path) -> dict[Path, bytes]:
    """Content of every file, column by column where it is Parquet (its pages are compressed)."""
    uit: dict[Path, bytes] = {}
    for map_ in mappen:
        for pad in map_.rglob("*"):
            if pad.is_file():
                uit[pad] = pad.read_bytes()
                if pad.suffix == ".parquet":
                    uit[pad] += pl.read_parquet(pad).write_csv().encode()
    return uit


def test_nothing_of_a_person_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    invoer, tijdelijk, lake = tmp_path / "in", tmp_path / "tijdelijk", tmp_path / "lake"
    invoer.mkdir()
    tijdelijk.mkdir()
    kapot_bsn, geen_bsn = "123456789", "99990000X"
    leden = {
        f"{BSN_1}_301.xml": toewijzing(BSN_1, 7, geboren="1967-08-13", naam="Ganzeveer"),
        "buiten.xml": toewijzing(
            BSN_2, 8, geboren="1981-11-23", postcode="9876ZX", nummer="T2", naam="Kwikstaart"
        ),
        # A BSN inside a reference number, a wrong BSN, a name where a date belongs, a BSN that stands twice.
        "ref.xml": declaratie(client(BSN_1, prestatie(f"X{BSN_1}A")), totaal=5000),
        "fout.xml": declaratie(
            client(kapot_bsn, prestatie(f"Y{kapot_bsn}")),
            client(geen_bsn, prestatie("Z1")),
            totaal=10000,
            nummer="B2",
        ),
        "datum.xml": declaratie(client(BSN_2, prestatie("Z2", begin="Ganzeveer")), totaal=5000, nummer="B3"),
        "twee.xml": toewijzing(BSN_1, 9).replace("</m:Bsn>", f"</m:Bsn><m:Bsn>{BSN_2}</m:Bsn>"),
        "vreemd.xml": f"<a xmlns='urn:x'>{BSN_1} Ganzeveer</a>",
    }
    for naam, tekst in leden.items():
        (invoer / naam).write_text(tekst)
    (invoer / f"zip 9999.00.018 {BSN_2}.zip").write_bytes(
        zip_of([(f"map/{BSN_2}.xml", leden["ref.xml"].encode())])
    )
    (invoer / "p.csv").write_bytes(POSTCODES)
    kop = (
        "gemeentecode;bsn;geboortedatum;geslacht;postcode;huisnummer;huisletter;toevoeging;soort_adres;adres_van;"
        "adres_tot;overleden_op;peildatum"
    )
    (invoer / "k.csv").write_bytes(
        csv(
            kop,
            f"0392;{BSN_1};13-08-1967;1;2011AA;10;;;woonadres;01-01-2020;;;01-06-2024",
            f"0392;{BSN_2};Kwikstaart;1;9876 zx;10;;;woonadres;01-01-2020;;;01-06-2024",
            f"0392;{BSN_2};te;weinig",
        )
    )
    (invoer / "d.csv").write_bytes(
        csv(DECLARATIEKOP, declaratieregel(f"R{BSN_2}"), declaratieregel("R2", bsn=geen_bsn))
    )
    monkeypatch.setenv("TMPDIR", str(tijdelijk))
    eerste = opdracht("load", invoer, "--lake", lake)
    assert eerste.returncode == 1, eerste.stderr
    als_json = opdracht("load", invoer, "--lake", lake, "--json")
    terug = opdracht("withdraw", "onzin", "--lake", lake, "--why", BSN_1)
    log = opdracht("log", "--lake", lake)
    weg = opdracht("load", tmp_path / f"weg_{BSN_1}", "--lake", lake)
    teksten = {
        Path(f"uitvoer{n}"): (k.stdout + k.stderr).encode()
        for n, k in enumerate((eerste, als_json, terug, log, weg))
    }
    verboden = [
        BSN_1,
        BSN_2,
        kapot_bsn,
        geen_bsn,
        "Ganzeveer",
        "Kwikstaart",
        "9876ZX",
        "9876 zx",
        "2011AA",
        "2011 AA",
    ]
    verboden += ["1967-08-13", "13-08-1967", "1981-11-23", "9999.00.018"]
    gevonden = [
        (pad.name, woord)
        for (pad, data), woord in itertools.product(
            (every_byte_under(lake, tijdelijk) | teksten).items(), verboden
        )
        if woord.encode() in data
    ]
    assert gevonden == []
    assert SLEUTEL.encode() not in b"".join(every_byte_under(lake).values())
    assert rows(lake, "client").height >= 4, "the scan is worth nothing when nothing was loaded"
    assert rows(lake, "declaratieregel").height >= 2


def test_a_small_city_leaves_no_bsn_behind(tmp_path: Path) -> None:
    """Thirty clients made by the sample generator's rules, scanned for every BSN that was in them."""
    kans = random.Random(5)
    bsns: list[str] = []
    while len(bsns) < 30:
        kandidaat = f"99{kans.randrange(10**7):07d}"
        if pl.DataFrame({"b": [kandidaat]}).select(bsn_passes(pl.col("b"))).item():
            bsns.append(kandidaat)
    regels = [declaratieregel(f"R{n}", bsn=b) for n, b in enumerate(bsns)]
    (tmp_path / "d.csv").write_bytes(csv(DECLARATIEKOP, *regels))
    assert (
        opdracht("load", tmp_path / "d.csv", "--lake", tmp_path / "lake", sleutel=VOORBEELD).returncode == 0
    )
    alles = b"".join(every_byte_under(tmp_path / "lake").values())
    assert [b for b in bsns if b.encode() in alles] == []


def test_a_load_of_a_hundred_thousand_clients_leaves_none_behind(tmp_path: Path) -> None:
    """Messages and an extract, in zips and loose; every byte of lake, log and temp folder is scanned."""
    bsns = make_bsns(100_000)
    invoer, tijdelijk, lake = tmp_path / "in", tmp_path / "tijdelijk", tmp_path / "lake"
    invoer.mkdir()
    tijdelijk.mkdir()
    delen = [bsns[n : n + 20_000] for n in range(0, 80_000, 20_000)]
    (invoer / "d.zip").write_bytes(
        zip_of((f"{deel[0]}.xml", declaration(n, len(deel), deel, 1)) for n, deel in enumerate(delen))
    )
    regels = [declaratieregel(f"R{n}", bsn=b) for n, b in enumerate(bsns[80_000:])]
    (invoer / "d.csv").write_bytes(csv(DECLARATIEKOP, *regels))
    klaar = subprocess.run(
        [sys.executable, "-m", "etl", "load", str(invoer), "--lake", str(lake)],
        cwd=WORTEL,
        env=omgeving() | {"TMPDIR": str(tijdelijk)},
        capture_output=True,
    )
    assert klaar.returncode == 0, klaar.stderr
    bytes_ = [klaar.stdout + klaar.stderr]
    for pad in (p for map_ in (lake, tijdelijk) for p in map_.rglob("*") if p.is_file()):
        if pad.suffix == ".parquet":
            bytes_ += [
                pl.read_parquet(pad).write_csv().encode(),
                str(pq.read_metadata(pad).to_dict()).encode(),
            ]
        else:
            bytes_.append(pad.read_bytes())
    # Nine digits in a row happen by chance within a hash of 64 signs (and in the scraps of one that
    # compression leaves), so hashes are set aside, and Parquet is scanned unpacked.
    zonder = (re.sub(rb"[0-9a-f]{19,64}", b"#", data) for data in bytes_)
    verdacht = {m for data in zonder for m in re.findall(rb"(?=(99[0-9]{7}))", data)}
    assert not verdacht & {b.encode() for b in bsns}
    assert rows(lake, "declaratieregel")["client_id"].n_unique() == 100_000


@given(st.lists(st.text(max_size=20), max_size=20), st.text(min_size=1, max_size=40), st.sampled_from("abc"))
def test_pseudonym_is_the_hmac_of_the_standard_library(waarden: list[str], sleutel: str, doel: str) -> None:
    gevonden = pseudonymise(
        pl.DataFrame({"w": [*waarden, None]}, schema={"w": pl.Utf8}), "w", doel, "p", Sleutel(sleutel)
    )
    per_doel = hmac.new(sleutel.encode(), doel.encode(), hashlib.sha256).hexdigest()
    verwacht = [hmac.new(per_doel.encode(), w.encode(), hashlib.sha256).hexdigest()[:32] for w in waarden]
    assert gevonden["p"].to_list() == [*verwacht, None]


def test_purposes_and_keys_give_different_pseudonyms() -> None:
    frame = pl.DataFrame({"w": [BSN_1]})
    uit = {
        pseudonymise(frame, "w", doel, "p", Sleutel(sleutel))["p"][0]
        for doel in ("client", "huishouden")
        for sleutel in ("een", "twee")
    }
    assert len(uit) == 4


@given(st.integers(0, 999_999_999))
def test_elfproef_is_that_of_the_standard(getal: int) -> None:
    """9a+8b+7c+6d+5e+4f+3g+2h-i divisible by 11, worked out digit by digit."""
    tekst = f"{getal:09d}"
    som = sum(int(c) * g for c, g in zip(tekst[:8], range(9, 1, -1), strict=True)) - int(tekst[8])
    assert pl.DataFrame({"b": [tekst]}).select(bsn_passes(pl.col("b"))).item() == (som % 11 == 0)


def test_sample_key_takes_sample_numbers_only(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """111222333 passes the 11-proef but is not of the sample; 999900007 is, but does not pass."""
    bsns = ("111222333", BSN_1, "999900007")
    klanten = [client(b, prestatie(f"R{n}")) for n, b in enumerate(bsns, 1)]
    tekst = declaratie(*klanten, totaal=15000)
    (tmp_path / "a.xml").write_text(tekst)
    bestand = the_file(laad(tmp_path / "a.xml", sleutel=VOORBEELD), "a.xml")
    assert bestand["redenen"] == {"niet_voorbeeld:bsn": 2}
    assert (bestand["bedrag_geladen_cent"], bestand["bedrag_quarantaine_cent"]) == (5000, 10000)
    assert rows(lake, "declaratieregel")["referentienummer"].to_list() == ["R2"]


def test_real_key_keeps_a_wrong_number_as_a_finding(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.xml").write_text(declaratie(client("123456789", prestatie("R1")), totaal=5000))
    bestand = the_file(laad(tmp_path / "a.xml"), "a.xml")
    assert bestand["redenen"] == {"bevinding:CS002": 1} and bestand["regels_geladen"] == 1


def test_reference_with_a_bsn_is_hidden_alike_in_declaration_and_answer(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    from tests.etl.maken import antwoord, codes

    regel = prestatie(f"X{BSN_1}", 5000)
    kern = (
        "<m:DeclaratieAntwoord><m:DeclaratieNummer>D1</m:DeclaratieNummer><m:Clienten>"
        + client(BSN_1, regel.replace("</m:Prestatie>", codes("9338") + "</m:Prestatie>"))
        + "</m:Clienten></m:DeclaratieAntwoord>"
    )
    (tmp_path / "a.xml").write_text(declaratie(client(BSN_1, regel), totaal=5000))
    (tmp_path / "b.xml").write_text(antwoord(("0200",), kern))
    laad(tmp_path)
    (ref,) = rows(lake, "declaratieregel")["referentienummer"]
    assert re.fullmatch(r"R[0-9a-f]{19}", ref)
    assert ref in rows(lake, "declaratieantwoord")["referentienummer"].to_list()


def test_no_path_or_column_of_a_person_in_the_lake() -> None:
    from etl.tables import TABELLEN

    verboden = {
        "bsn",
        "naam_client",
        "achternaam",
        "postcode",
        "huisnummer",
        "geboortedatum",
        "telefoon",
        "commentaar",
    }
    for tabel, kolommen in TABELLEN.items():
        assert not verboden & set(kolommen), tabel
    assert (WORTEL / "etl").is_dir()
