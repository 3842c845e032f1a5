"""The reader trusts no parser: whatever is not exactly one whole message is refused, never half read."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import etl.xml_read
from etl.errors import RefusedError
from etl.mapping import read_mappings
from etl.recognise import Bericht, recognise_message
from etl.xml_read import Tekst, parse_bundle, require_whole, to_utf8
from tests.etl.conftest import Laad, lake_hash, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, client, declaratie, prestatie, start

GOED = declaratie(
    client(BSN_1, prestatie("R1"), prestatie("R2")), client(BSN_2, prestatie("R3")), totaal=15000
)


def lines_of(data: bytes) -> int:
    """Lines read from one message; RefusedError where it is refused, -1 where it is no known message."""
    soort = recognise_message(to_utf8(data))
    if not isinstance(soort, Bericht) or soort.mapping is None:
        return -1
    require_whole(soort.tekst)
    bundel = parse_bundle([soort.tekst], soort.mapping)
    if bundel.fouten:
        raise bundel.fouten[0]
    return sum(bundel.tabellen[n].height for n in soort.mapping.eenheden)


def is_refused(data: bytes) -> str:
    """The code with which this is refused; '' where it is read."""
    try:
        return "" if lines_of(data) >= 0 else "onbekend"
    except RefusedError as fout:
        return fout.code


def test_whole_message_is_read() -> None:
    assert lines_of(GOED.encode()) == 3


def test_every_cut_is_refused() -> None:
    """After every tag and at every seventh byte; only trailing white space may be missing."""
    data = GOED.encode()
    plekken = {m.end() for m in re.finditer(rb">", data)} | set(range(0, len(data), 7))
    gelezen = [p for p in plekken if p < len(data.rstrip()) and not is_refused(data[:p])]
    assert gelezen == []


@pytest.mark.parametrize("release", ["2_3", "3_2"])
def test_every_cut_of_the_official_examples_is_refused(release: str, gedeeld: Path) -> None:
    """After every tag and at every seventh byte: refused, never a part of the message."""
    for pad in sorted((gedeeld / "istandaarden" / "voorbeelden" / f"iwmo_{release}").glob("WMO3*.xml")):
        data = pad.read_bytes()
        soort = recognise_message(to_utf8(data))
        if not isinstance(soort, Bericht) or soort.mapping is None:
            continue
        for plek in {m.end() for m in re.finditer(rb">", data)} | set(range(0, len(data), 7)):
            if plek < len(data.rstrip()):
                assert is_refused(data[:plek]), (pad.name, plek)


@pytest.mark.parametrize(
    "los",
    [
        GOED + GOED,
        GOED + GOED.replace("m:", "n:").replace(":m=", ":n="),
        GOED + "<iets/>",
        GOED + "tekst",
        GOED.replace("?>", "?><iets/>", 1),
        GOED.replace("?>", "?>tekst", 1),
    ],
)
def test_glued_documents_are_refused(los: str) -> None:
    assert is_refused(los.encode()) in ("geplakt", "onbekend", "afgekapt")


def test_missing_end_tag_inside_and_crossed_tags_are_refused() -> None:
    assert is_refused(GOED.replace("</m:Prestaties>", "", 1).encode()) == "xml"
    kruis = GOED.replace("</m:Prestatie></m:Prestaties>", "</m:Prestaties></m:Prestatie>", 1)
    assert is_refused(kruis.encode()) == "xml"


@pytest.mark.parametrize("codering", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-8859-1", "utf-8"])
def test_any_declared_encoding_gives_the_same_lines(codering: str) -> None:
    tekst = GOED.replace('encoding="UTF-8"', f'encoding="{codering.removesuffix("-sig")}"')
    assert lines_of(tekst.encode(codering)) == 3


def test_wrong_encoding_and_nul_are_refused() -> None:
    assert is_refused(GOED.replace("DB1", "D\u00e91").encode("iso-8859-1")) == "codering"
    assert is_refused(GOED.replace("UTF-8", "utf-7").encode()) == "codering"
    assert is_refused(GOED.replace("DB1", "D\0B1").encode()) == "codering"


BOM = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "dtd",
    [
        BOM,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_dtd_and_entities_are_refused(dtd: str) -> None:
    data = GOED.replace("?>", f"?>{dtd}", 1).replace("DB1", "&c;")
    assert is_refused(data.encode()) == "dtd"


def test_dtd_inside_the_message_is_refused_too() -> None:
    data = GOED.replace("<m:Header>", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><m:Header>')
    assert is_refused(data.encode()) == "dtd"


def test_undeclared_entity_is_refused_and_the_five_known_ones_are_read() -> None:
    assert is_refused(GOED.replace("R1<", "&foo;<").encode()) != ""
    assert lines_of(GOED.replace("R1<", "R&amp;1<").encode()) == 3


def test_closing_tag_in_a_comment_or_cdata_is_no_closing_tag() -> None:
    assert lines_of(GOED.replace("<m:Header>", "<!-- </m:Bericht> --><m:Header>").encode()) == 3
    assert lines_of(GOED.replace("R1<", "<![CDATA[</m:Bericht>]]><").encode()) == 3
    zonder_einde = GOED.replace("</m:Bericht>", "<!-- </m:Bericht> -->")
    assert is_refused(zonder_einde.encode()) == "afgekapt"
    assert is_refused(GOED.replace("<m:Header>", "<!-- <m:Header>").encode()) == "afgekapt"


def test_a_line_that_the_parser_cannot_see_is_missed_by_nobody() -> None:
    """A Prestatie outside Prestaties is no row for the parser; the second count notices."""
    weg = prestatie("R9")
    data = GOED.replace("</m:Clienten>", f"{weg}</m:Clienten>")
    assert is_refused(data.encode()) == "telling"


def test_element_that_stands_twice_is_refused() -> None:
    dubbel = GOED.replace("<b:Bedrag>5000</b:Bedrag>", "<b:Bedrag>5000</b:Bedrag><b:Bedrag>1</b:Bedrag>", 1)
    assert is_refused(dubbel.encode()) == "vorm"


def test_container_that_stands_twice_is_refused(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Two Clienten would give two clients the same ordinal, and tie lines to the wrong person."""
    twee = GOED.replace(f"<m:Client><m:Bsn>{BSN_2}", f"</m:Clienten><m:Clienten><m:Client><m:Bsn>{BSN_2}")
    (tmp_path / "a.xml").write_text(twee)
    (bestand,) = laad(tmp_path / "a.xml")["files"]
    assert (bestand["status"], bestand["redenen"]) == ("geweigerd", {"vorm": 1})
    assert rows(lake, "declaratieregel").height == 0


def test_deep_nesting_and_huge_text_do_not_break_the_reader() -> None:
    diep = GOED.replace("<m:Declaratie>", "<x>" * 100_000 + "</x>" * 100_000 + "<m:Declaratie>")
    assert is_refused(diep.encode()) in ("", "xml", "vorm")
    lang = GOED.replace("R1<", "R" * 5_000_000 + "<")
    assert lines_of(lang.encode()) == 3
    assert is_refused((GOED[:200] + "<!--" * 500_000).encode()) != ""


def test_one_bad_message_costs_only_itself(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Messages are parsed together; one that breaks the bundle must not take the others with it."""
    for n in range(5):
        tekst = declaratie(client(BSN_1, prestatie(f"R{n}")), totaal=5000, nummer=f"B{n}")
        (tmp_path / f"{n}.xml").write_text(tekst if n != 2 else tekst.replace("</m:Prestaties>", ""))
    verslag = laad(tmp_path)
    assert [b["status"] for b in verslag["files"]] == [
        "geladen",
        "geladen",
        "geweigerd",
        "geladen",
        "geladen",
    ]
    assert the_file(verslag, "2.xml")["redenen"] == {"xml": 1}
    assert sorted(rows(lake, "declaratieregel")["referentienummer"]) == ["R0", "R1", "R3", "R4"]
    assert rows(lake, "quarantaine").select("regel_nr", "code").rows() == [(0, "xml")]


def test_two_messages_that_only_together_are_well_formed_are_both_refused() -> None:
    """An open quote in one that the next one closes."""
    mapping = read_mappings()[("iwmo", "3.2", "wmo305")]
    soort = recognise_message(to_utf8(start(BSN_1, 7).encode()))
    assert isinstance(soort, Bericht)
    open_ = Tekst(soort.tekst.data.replace(b"<m:Client>", b'<m:Client a="1>'), soort.tekst.wortel)
    bundel = parse_bundle([open_, soort.tekst], mapping)
    assert set(bundel.fouten) == {0}
    assert bundel.tabellen["product"].get_column("f").to_list() == [1]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOED) - 1), st.binary(min_size=0, max_size=4), st.integers(0, 12))
def test_damage_never_gives_fewer_lines_in_silence(plek: int, erin: bytes, eruit: int) -> None:
    """Whatever bytes change: refused, unknown, or as many lines as the text closes."""
    data = GOED.encode()
    kapot = data[:plek] + erin + data[plek + eruit :]
    try:
        regels = lines_of(kapot)
    except RefusedError:
        return
    assert regels in (-1, len(re.findall(rb"</m:Prestatie\s*>", kapot)))


def test_refused_file_leaves_the_lake_as_it_was(tmp_path: Path, laad: Laad, lake: Path) -> None:
    (tmp_path / "goed.xml").write_text(GOED)
    laad(tmp_path / "goed.xml")
    (tmp_path / "kapot.xml").write_text(GOED[:-40])
    verslag = laad(tmp_path / "kapot.xml")
    assert verslag["exit"] == 1
    assert the_file(verslag, "kapot.xml")["redenen"] == {"afgekapt": 1}
    na_een = lake_hash(lake)
    assert laad(tmp_path / "kapot.xml")["files"][0]["status"] == "geweigerd"
    assert lake_hash(lake) == na_een
    assert rows(lake, "declaratieregel").height == 3


@pytest.fixture
def groot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message is read as a large one is: alone, as it stands in the file."""
    monkeypatch.setattr(etl.xml_read, "SAMEN_TOT", 0)


@pytest.mark.usefixtures("groot")
@pytest.mark.parametrize(
    ("schade", "reden"),
    [
        (GOED + GOED.partition("?>")[2], "geplakt"),
        (GOED.replace("</m:Prestaties>", "", 1), "xml"),
        (GOED.replace("</m:Clienten>", f"{prestatie('R9')}</m:Clienten>"), "telling"),
        (GOED.replace("</m:Clienten>", f"{prestatie('R9').replace('m:', 'b:')}</m:Clienten>"), "telling"),
        (GOED.replace("</m:Clienten>", "<b:Prestatie/></m:Clienten>"), "telling"),
        (GOED.replace("</m:Clienten>", "<m:Prestatie ></m:Prestatie ></m:Clienten>"), "telling"),
        (GOED.replace("<b:Bedrag>5000</b:Bedrag>", "<b:Bedrag>1</b:Bedrag>" * 2, 1), "vorm"),
        (GOED[:-9], "afgekapt"),
        (GOED.replace("</m:Bericht>", "</m:Bericht ><m:Bericht></m:Bericht>"), "geplakt"),
    ],
)
def test_large_message_is_read_as_strictly(schade: str, reden: str) -> None:
    assert lines_of(GOED.encode()) == 3
    assert is_refused(schade.encode()) == reden


def test_name_of_a_unit_in_a_comment_or_value_is_no_unit() -> None:
    """The quick count sees it too; then the exact one decides, and the message is read."""
    assert lines_of(GOED.replace("R1<", "Prestatie<").encode()) == 3
    assert lines_of(GOED.replace("<m:Header>", "<!-- <m:Prestatie> --><m:Header>").encode()) == 3
    assert lines_of(GOED.replace("m:", "anders:").replace(":m=", ":anders=").encode()) == 3
    kaal = re.sub(r"(</?)m:", r"\1", GOED).replace("xmlns:m=", "xmlns=")
    assert lines_of(kaal.encode()) == 3


@pytest.mark.parametrize("samen_tot", [0, 2 * len(GOED), 3 * len(GOED), 1024 * 1024])
def test_rows_do_not_depend_on_what_was_parsed_together(
    samen_tot: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some in a bundle, one alone because it is large or last, one alone because it is bad: one table."""
    monkeypatch.setattr(etl.xml_read, "SAMEN_TOT", samen_tot)
    aantallen = [1, 2, 1, 40, 3, 1]
    berichten = [
        declaratie(client(BSN_1, *(prestatie(f"R{f}-{i}") for i in range(n))), totaal=5000 * n)
        for f, n in enumerate(aantallen)
    ]
    berichten[4] = berichten[4].replace("</m:Prestaties>", "")
    soorten = [recognise_message(to_utf8(b.encode())) for b in berichten]
    assert all(isinstance(s, Bericht) for s in soorten)
    herkend = [s for s in soorten if isinstance(s, Bericht)]
    assert herkend[0].mapping is not None
    bundel = parse_bundle([s.tekst for s in herkend], herkend[0].mapping)
    assert list(bundel.fouten) == [4]
    (naam,) = herkend[0].mapping.eenheden
    per_bericht = bundel.tabellen[naam].group_by("f").len().sort("f")
    assert per_bericht.rows() == [(0, 1), (1, 2), (2, 1), (3, 40), (5, 1)]


def test_alone_and_together_give_the_same_columns_for_every_message_and_release() -> None:
    for sleutel, mapping in read_mappings().items():
        los = etl.xml_read._parse(b"<Bericht/>", mapping.parser_alone)
        samen = etl.xml_read._parse_bundled((), mapping)[1]
        assert {n: t.schema for n, t in los.items()} == {n: t.drop("f").schema for n, t in samen.items()}, (
            sleutel
        )
