"""The mappings against the official schemas: paths, types and code lists are the standard's."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from etl.fields import codes_of, read_codes, read_types
from etl.mapping import read_mappings, read_releases, read_shapes

XS = "{http://www.w3.org/2001/XMLSchema}"
# Of iWmo 3.2 these have no published schema; their tree is that of iJw (NASLAG 1.1, 2.7).
ALS_JEUGD = {f"wmo{n}" for n in (302, 306, 308, 316, 318, 320, 325)}
# The schemas that are public; other releases are read by the mapping of the nearest.
SCHEMA = {"2": "2_3", "3": "3_2"}


@cache
def types_of(map_: Path) -> dict[str, Any]:
    """Complex and simple types of the schemas in a folder, by name; message types by 'bericht:name'."""
    uit: dict[str, Any] = {}
    for pad in map_.glob("*.xsd"):
        voor = "" if pad.stem == "basisschema" else pad.stem.lower() + ":"
        for soort in etree.parse(str(pad)).getroot():
            if soort.get("name"):
                uit[voor + soort.get("name")] = soort
    return uit


def step(map_: Path, bericht: str, soort: Any, naam: str) -> tuple[Any, Any]:
    """The child element of a complex type, and that child's own type."""
    for element in soort.iter(f"{XS}element"):
        if element.get("name") == naam:
            verwijst = (element.get("type") or "").split(":")[-1]
            types = types_of(map_)
            return element, types.get(f"{bericht}:{verwijst}", types.get(verwijst, element))
    raise AssertionError(f"{bericht}: {naam} staat niet in het schema")


def type_name(element: Any) -> str:
    """Name of the simple type of an element, restrictions in place included."""
    gezegd = element.get("type")
    if gezegd is None:
        gezegd = next(element.iter(f"{XS}restriction")).get("base")
    return str(gezegd).split(":")[-1]


def schema_of(sleutel: tuple[str, str, str]) -> tuple[str, str]:
    """Folder of the schema that this message must fit, and the name of the message in it."""
    standaard, release, bericht = sleutel
    schema = SCHEMA[release[0]]
    if schema == "3_2" and bericht in ALS_JEUGD:
        standaard, bericht = "ijw", bericht.replace("wmo", "jw")
    return f"{standaard}_{schema}", bericht


def find_element(map_: Path, bericht: str, pad: str) -> Any:
    """The element at the end of a path below the root; AssertionError where the schema has no such path."""
    types = types_of(map_)
    soort = types[f"{bericht}:Root" if f"{bericht}:Root" in types else f"{bericht}:Bericht"]
    for naam in pad.split("/"):
        element, soort = step(map_, bericht, soort, naam)
    return element


@pytest.mark.parametrize("sleutel", sorted(read_mappings()))
def test_every_path_of_a_mapping_is_in_the_schema(sleutel: tuple[str, str, str], gedeeld: Path) -> None:
    mapping = read_mappings()[sleutel]
    assert not mapping.kenmerk
    schema, bericht = schema_of(sleutel)
    map_ = gedeeld / "istandaarden" / "xsd" / schema
    for naam, basis, velden in [
        ("kop", "", mapping.kop),
        *((n.naam, n.pad, n.velden) for n in mapping.niveaus.values()),
    ]:
        for veld in velden:
            # Of a field that 2.0 named otherwise the first path is the one of the schema.
            pad = "/".join(deel for deel in (basis, veld.pad) if deel not in ("", "."))
            element = find_element(map_, bericht, pad)
            gezegd = type_name(element).removeprefix("LDT_")
            if veld.type != "Tekst":
                assert gezegd == veld.type, (naam, pad, gezegd, veld.type)
            mag_weg = element.get("minOccurs", "1") == "0"
            assert not (veld.nodig and mag_weg), f"{pad} mag ontbreken volgens het schema"
    for niveau in mapping.niveaus.values():
        vaker = find_element(map_, bericht, niveau.pad).get("maxOccurs") == "unbounded"
        assert not (vaker and niveau.enkel), niveau.naam
        if niveau.naam in mapping.eenheden:
            assert vaker or niveau.element == "Antwoord", niveau.naam


@pytest.mark.parametrize("sleutel", sorted(read_mappings()))
def test_every_repeating_class_of_lines_is_a_unit(sleutel: tuple[str, str, str], gedeeld: Path) -> None:
    """CONTRACT, regels: what a message repeats within a client or request is what it counts, all parts."""
    mapping = read_mappings()[sleutel]
    schema, bericht = schema_of(sleutel)
    bron = (gedeeld / "istandaarden" / "xsd" / schema / f"{bericht.upper()}.xsd").read_text(encoding="utf-8")
    herhaalt = {m for m in re.findall(r'name="(\w+)"[^>]*maxOccurs="unbounded"', bron)}
    lijnen = {"ToegewezenProduct", "StartProduct", "StopProduct", "AangevraagdProduct", "Prestatie"}
    lijnen |= {"OngewijzigdProduct", "TeWijzigenProduct", "NieuwProduct"}
    verwacht = herhaalt & lijnen or {"Antwoord"}
    assert {mapping.niveaus[e].element for e in mapping.eenheden} == verwacht


def test_every_message_of_every_release_is_read_in_both_laws() -> None:
    """The breadth that was asked for: NASLAG 1.1, each message in the releases that have it."""
    altijd, tot_2, vanaf_3 = (
        (301, 302, 305, 306, 307, 308, 315, 316),
        (303, 304),
        (317, 318, 319, 320, 323, 325),
    )
    verwacht = {
        (standaard, release, f"{voor}{nummer}")
        for standaard, voor in (("iwmo", "wmo"), ("ijw", "jw"))
        for release in ("2.0", "2.1", "2.2", "2.3", "2.4", "3.0", "3.1", "3.2")
        for nummer in altijd + (tot_2 if release < "3" else vanaf_3)
    }
    assert set(read_mappings()) == verwacht
    twee = {sleutel for sleutel, vormen in read_shapes().items() if len(vormen) == 2}
    zonder = ("303", "304")
    assert twee == {s for s in verwacht if s[1] in read_releases()["vorm_2_oud"] and s[2][-3:] not in zonder}


def test_message_codes_are_those_of_the_schemas(gedeeld: Path) -> None:
    """BerichtCode per message; those without a schema of their own have the numbers of NASLAG 1.1."""
    eigen = {"wmo302": "415", "wmo306": "419", "wmo308": "421", "wmo316": "445", "wmo318": "481"}
    eigen |= {"wmo320": "483", "wmo325": "485"}
    for sleutel, mapping in read_mappings().items():
        (leest,) = [le for le in mapping.leest if le["bericht"] == sleutel[2]]
        schema, bericht = schema_of(sleutel)
        if bericht != sleutel[2]:
            assert leest["code"] == [eigen[sleutel[2]]]
            continue
        element = find_element(gedeeld / "istandaarden" / "xsd" / schema, bericht, "Header/BerichtCode")
        (patroon,) = element.iter(f"{XS}pattern")
        assert sorted(leest["code"]) == sorted(patroon.get("value").split("|")), sleutel


def test_code_lists_are_those_of_the_schemas(gedeeld: Path) -> None:
    officieel = json.loads((gedeeld / "istandaarden" / "codelijsten.json").read_text(encoding="utf-8"))
    assert set(officieel) <= set(read_codes())
    for release in officieel:
        for naam, codes in read_codes()[release].items():
            assert codes == list(officieel[release][naam]), (release, naam)


def test_code_lists_of_other_releases_differ_where_the_standard_says_so() -> None:
    """NASLAG 1.2, 3.1 to 3.4, and the published schema of iWmo 2.1."""
    reden = {r: set(codes_of("iwmo", r)["LDT_RedenBeeindiging"]) for r in ("2.0", "2.1", "2.3", "3.0", "3.1")}
    assert reden["2.0"] == reden["2.1"] == {"02", "19", "20", "31", "32", "33", "34"}
    assert reden["2.3"] == {"02", "19", "20", "21", "22", "23", "31"}
    assert reden["3.0"] == reden["2.3"] | {"36", "37"}
    assert reden["3.1"] == reden["3.0"] | {"38", "39"}
    for standaard in ("iwmo", "ijw"):
        wijziging = {
            r: set(codes_of(standaard, r)["LDT_RedenWijziging"]) for r in ("2.4", "3.0", "3.1", "3.2")
        }
        assert "12" not in wijziging["2.4"] and wijziging["3.0"] == wijziging["2.4"] | {"12"}
        assert wijziging["3.1"] == wijziging["3.2"] == wijziging["3.0"] | {"13", "14"}
        for release in ("2.0", "2.1", "2.2", "2.4"):
            lijsten = codes_of(standaard, release)
            assert set(lijsten["LDT_Frequentie"]) == {"1", "2", "3", "4", "5", "6"}
            assert {"21", "81", "82"} <= set(lijsten["LDT_Eenheid"]) and "84" not in lijsten["LDT_Eenheid"]
        for release in ("3.0", "3.1"):
            lijsten = codes_of(standaard, release)
            assert set(lijsten["LDT_Frequentie"]) == {"1", "2", "4", "6"}
            assert {"82", "84"} <= set(lijsten["LDT_Eenheid"]) and "21" not in lijsten["LDT_Eenheid"]
        assert codes_of(standaard, "3.9") == codes_of(standaard, "3.2"), "a new release takes the last lists"
        assert codes_of(standaard, "1.0") == {}


def test_types_have_the_facets_of_the_schema(gedeeld: Path) -> None:
    """Length, range and pattern of every simple type that carries a standard's name."""
    bron = (gedeeld / "istandaarden" / "types_iwmo_3_2.txt").read_text(encoding="utf-8")
    facetten = {m[1]: m[2] for m in re.finditer(r"^LDT_(\w+) :: (.*)$", bron, re.MULTILINE)}
    gezien = 0
    for naam, spec in read_types().items():
        if naam not in facetten:
            continue
        gezien += 1
        tekst = facetten[naam]
        if spec["soort"] == "geheel":
            assert f"minInclusive={spec['min']} maxInclusive={spec['max']}" in tekst, naam
        if "patroon" in spec:
            assert f"pattern={spec['patroon']}" in tekst, naam
        if spec["soort"] == "tekst" and "max" in spec:
            assert f"maxLength={spec['max']}" in tekst, naam
        if spec["soort"] == "datum":
            assert "xs:date" in tekst
    assert gezien >= 20
