"""Envelopes, gzips and errors of the GGK: the message within counts, once, from when it was sent."""

import base64
import gzip
import itertools
from datetime import datetime
from pathlib import Path

import pytest

from tests.etl.conftest import Laad, lake_hash, rows, the_file
from tests.etl.maken import BSN_1, client, declaratie, prestatie, start, zip_of

EEN = declaratie(client(BSN_1, prestatie("R1"), prestatie("R2", 700)), totaal=5700).encode()
FO01 = (
    '<?xml version="1.0" encoding="UTF-8" ?><StUF:Fo01Bericht xmlns:StUF="http://www.egem.nl/StUF/StUF0301">'
    "<StUF:stuurgegevens><StUF:berichtcode>Fo01</StUF:berichtcode><StUF:tijdstipBericht>20260421144534"
    "</StUF:tijdstipBericht></StUF:stuurgegevens><StUF:body><StUF:code>IB210</StUF:code>"
    f"<StUF:omschrijving>client {BSN_1} onbekend</StUF:omschrijving></StUF:body></StUF:Fo01Bericht>"
)


def envelop(
    inhoud: bytes, tijd: str = "20260507093015", vak: str = "xmlBestand", soort: str = "Heen"
) -> bytes:
    """The GGK's envelope as its specification draws it (NASLAG 1.4), base64 in lines of 76."""
    code = base64.encodebytes(inhoud).decode()
    naam = f"GGK:envelop{soort}bericht-ggk_{'Di01' if soort == 'Heen' else 'Du01'}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{naam} xmlns:StUF="http://www.egem.nl/StUF/StUF0301" '
        'xmlns:GGK="http://www.stufstandaarden.nl/koppelvlak/ggk0210"><GGK:stuurgegevens>'
        "<StUF:berichtcode>Di01</StUF:berichtcode><StUF:zender><StUF:organisatie>65656055</StUF:organisatie>"
        f"</StUF:zender><StUF:tijdstipBericht>{tijd}</StUF:tijdstipBericht><StUF:functie>WMO323</StUF:functie>"
        f"</GGK:stuurgegevens><GGK:parameters><GGK:bericht><GGK:{vak}>{code}</GGK:{vak}></GGK:bericht>"
        f"</GGK:parameters></{naam}>"
    ).encode()


def test_message_in_an_envelope_counts_from_when_it_was_sent(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "a.xml").write_bytes(envelop(EEN))
    verslag = laad(tmp_path / "a.xml")
    bestand = the_file(verslag, "a.xml")
    assert (bestand["status"], bestand["berichttype"], bestand["regels"]) == ("geladen", "wmo323", 2)
    assert (bestand["bedrag_geladen_cent"], verslag["exit"]) == (5700, 0)
    assert set(rows(lake, "declaratieregel")["ontvangen_op"]) == {datetime(2026, 5, 7, 9, 30, 15)}
    assert rows(lake, "bericht")["ontvangen_op"].to_list() == [datetime(2026, 5, 7, 9, 30, 15)]


def test_bare_enveloped_zipped_and_gzipped_count_once_in_any_order(tmp_path: Path, laad: Laad) -> None:
    vormen = {
        "bloot.xml": EEN,
        "envelop.xml": envelop(EEN),
        "retour.xml": envelop(EEN, soort="Retour"),
        "zip.zip": zip_of([("map/b.xml", EEN)]),
        "zip2.zip": zip_of([("binnen.zip", zip_of([("e.xml", envelop(EEN))]))]),
        "gz.xml.gz": gzip.compress(EEN),
        "gz.gz": gzip.compress(envelop(EEN)),
        "utf16.xml": EEN.decode().replace("UTF-8", "utf-16").encode("utf-16"),
        "mooi.xml": EEN.replace(b"><", b">\r\n    <"),
    }
    for naam, data in vormen.items():
        (tmp_path / naam).write_bytes(data)
    for beurt, volgorde in enumerate(itertools.islice(itertools.permutations(vormen), 0, None, 60_000)):
        verslag = laad(*(tmp_path / n for n in volgorde), naar=tmp_path / f"lake{beurt}")
        assert [b["status"] for b in verslag["files"]] == ["geladen"] + ["dubbel"] * 8, volgorde
        assert verslag["totaal"]["bedrag_geladen_cent"] == 5700
        assert rows(tmp_path / f"lake{beurt}", "declaratieregel").height == 2
        for naam in volgorde:
            opnieuw = laad(tmp_path / naam, naar=tmp_path / f"lake{beurt}")
            assert [b["status"] for b in opnieuw["files"]] == ["dubbel"], naam
    assert beurt == 6


def test_repeated_declaration_in_other_wrapping_with_one_cent_more_is_another(
    tmp_path: Path, laad: Laad, lake: Path
) -> None:
    (tmp_path / "a.xml").write_bytes(EEN)
    (tmp_path / "b.xml").write_bytes(envelop(EEN.replace(b">700<", b">701<").replace(b">5700<", b">5701<")))
    (tmp_path / "c.xml").write_bytes(EEN.replace(b">R2<", b">R3<").replace(b"><", b">\n<"))
    assert [b["status"] for b in laad(tmp_path)["files"]] == ["geladen"] * 3
    assert sorted(rows(lake, "bericht")["bedrag_geladen_cent"]) == [5700, 5700, 5701]


def test_same_message_under_another_release_is_other_content(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """The same identity twice: both stay, and the first received counts when it is read (CONTRACT)."""
    (tmp_path / "a.xml").write_bytes(EEN)
    (tmp_path / "b.xml").write_bytes(EEN.replace(b"/3_2/", b"/3_1/"))
    assert [b["status"] for b in laad(tmp_path)["files"]] == ["geladen", "geladen"]
    assert sorted(rows(lake, "bericht")["release"]) == ["3.1", "3.2"]


def test_error_message_is_logged_by_its_code_alone(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "fout.xml").write_text(FO01)
    verslag = laad(tmp_path / "fout.xml")
    bestand = the_file(verslag, "fout.xml")
    assert (bestand["status"], bestand["berichttype"], bestand["regels"]) == ("geladen", "fo01", 0)
    assert bestand["redenen"] == {"bevinding:ggk:IB210": 1} and verslag["exit"] == 0
    assert rows(lake, "laadlog")["berichttype"].to_list() == ["fo01"]
    assert rows(lake, "bericht").is_empty()
    assert BSN_1 not in rows(lake, "laadlog").write_csv()


@pytest.mark.parametrize(
    ("data", "reden"),
    [
        (envelop(b""), "envelop_leeg"),
        (envelop(EEN).replace(b"xmlBestand", b"iets"), "envelop_leeg"),
        (envelop(b"321 vaste breedte", vak="tekstBestand"), "envelop_tekst"),
        (envelop(EEN).replace(b"xmlBestand>PD", b"xmlBestand>%%"), "envelop_code"),
        (envelop(EEN)[:-20], "afgekapt"),
        (envelop(EEN[:-20]), "afgekapt"),
        (envelop(EEN + EEN), "geplakt"),
        (gzip.compress(EEN)[:-30], "gzip_kapot"),
        (gzip.compress(b"<a>" + b" " * 80_000_000), "zip_bom"),
        (FO01.encode()[:-10], "afgekapt"),
        (envelop(EEN).replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "dtd"),
        (
            envelop(EEN).replace(
                b"</GGK:bericht>",
                b"</GGK:bericht><GGK:bericht><GGK:xmlBestand>QQ==</GGK:xmlBestand></GGK:bericht>",
            ),
            "envelop_twee",
        ),
    ],
)
def test_what_is_wrong_with_a_wrapping_is_told_and_the_rest_loads(
    data: bytes, reden: str, tmp_path: Path, laad: Laad
) -> None:
    (tmp_path / "fout").write_bytes(data)
    (tmp_path / "goed.xml").write_text(start(BSN_1, 1))
    verslag = laad(tmp_path)
    assert the_file(verslag, "fout")["redenen"] == {reden: 1}
    assert the_file(verslag, "fout")["status"] == "geweigerd" and verslag["exit"] == 1
    assert the_file(verslag, "goed.xml")["status"] == "geladen"


def test_wrappings_lie_at_most_two_deep(tmp_path: Path, laad: Laad) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(gzip.compress(EEN)))
    (tmp_path / "b.gz").write_bytes(gzip.compress(zip_of([("x.gz", gzip.compress(EEN))])))
    verslag = laad(tmp_path)
    assert sorted(b["status"] for b in verslag["files"]) == ["geladen", "geweigerd"]
    assert [b["redenen"] for b in verslag["files"] if b["status"] == "geweigerd"] == [{"zip_diep": 1}]


def test_official_envelopes_are_read(gedeeld: Path, laad: Laad) -> None:
    """The specification's own examples hold a sentence instead of a message, in base64."""
    map_ = gedeeld / "istandaarden" / "ggk"
    verslag = laad(*sorted(map_.glob("*.xml")))
    status = {b["name"]: (b["status"], tuple(b["redenen"])) for b in verslag["files"]}
    assert status["Fo01.xml"] == ("geladen", ("bevinding:ggk:IB210",))
    assert status["envelopHeenbericht-ggk_Di01_v21-xml.xml"][0] == "onbekend"
    assert status["envelopRetourbericht-ggk_Du01-v21.xml"][0] == "onbekend"
    assert status["envelopHeenbericht-ggk_Di01_v21-tekst.xml"] == ("geweigerd", ("envelop_tekst",))


def test_lake_is_the_same_whatever_the_number_of_workers(tmp_path: Path, laad: Laad) -> None:
    for n in range(30):
        tekst = declaratie(client(BSN_1, prestatie(f"R{n}", 100 + n)), totaal=100 + n, nummer=f"B{n % 20}")
        (tmp_path / f"{n}.xml").write_text(tekst)
    for werkers in ("1", "2", "4"):
        laad(*sorted(tmp_path.glob("*.xml")), naar=tmp_path / f"lake{werkers}", extra=("--werkers", werkers))
    assert len({lake_hash(tmp_path / f"lake{w}") for w in "124"}) == 1
