"""The mappings against the official schemas: paths, types and code lists are the standard's."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from etl.fields import read_codes, read_types
from etl.mapping import read_mappings

XS = "{http://www.w3.org/2001/XMLSchema}"
# The 325 of iWmo has no published schema; its tree is that of iJw (NASLAG 2.7).
ZONDER_SCHEMA = {"wmo325": ("ijw", "jw325")}


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


@pytest.mark.parametrize("sleutel", sorted(read_mappings()))
def test_every_path_of_a_mapping_is_in_the_schema(sleutel: tuple[str, str, str], gedeeld: Path) -> None:
    standaard, release, bericht = sleutel
    mapping = read_mappings()[sleutel]
    if bericht in ZONDER_SCHEMA:
        standaard, bericht = ZONDER_SCHEMA[bericht]
    map_ = gedeeld / "istandaarden" / "xsd" / f"{standaard}_{release.replace('.', '_')}"
    wortel = types_of(map_)[
        f"{bericht}:Root" if f"{bericht}:Root" in types_of(map_) else f"{bericht}:Bericht"
    ]
    paden = [(v.pad, v) for v in mapping.kop]
    paden += [
        (n.pad if v.pad == "." else f"{n.pad}/{v.pad}", v) for n in mapping.niveaus.values() for v in n.velden
    ]
    for pad, veld in paden:
        soort, keuze = wortel, True
        element = wortel
        for naam in pad.split("/"):
            element, soort = step(map_, bericht, soort, naam)
            keuze = keuze and element.get("minOccurs", "1") != "0"
        gezegd = type_name(element).removeprefix("LDT_")
        if veld.type != "Tekst":
            assert gezegd == veld.type, (pad, gezegd, veld.type)
        binnen = element.get("minOccurs", "1") == "0"
        assert not (veld.nodig and binnen), f"{pad} mag ontbreken volgens het schema"
    herhaalt = mapping.niveaus[mapping.eenheid]
    soort = wortel
    for naam in herhaalt.pad.split("/"):
        element, soort = step(map_, bericht, soort, naam)
    assert element.get("maxOccurs") == "unbounded"
    for niveau in mapping.niveaus.values():
        soort = wortel
        for naam in niveau.pad.split("/"):
            element, soort = step(map_, bericht, soort, naam)
        assert (element.get("maxOccurs") == "unbounded") != niveau.enkel, niveau.naam


def test_code_lists_are_those_of_the_schemas(gedeeld: Path) -> None:
    officieel = json.loads((gedeeld / "istandaarden" / "codelijsten.json").read_text(encoding="utf-8"))
    for release, lijsten in read_codes().items():
        for naam, codes in lijsten.items():
            assert codes == list(officieel[release][naam]), (release, naam)


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
