"""Types of fields, and the checks that follow from them: one bool column a rule, over whole columns.

Why bool columns and not a dataframely schema here: the rules differ per message, law and release and are read
from YAML, every one needs a Dutch code per line, and a value can be against a rule without being unreadable.
The tables of the lake do have one fixed shape each, and those are checked with dataframely (`tables`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

MAP = Path(__file__).parent / "standaard"


ALTIJD_STUK = ("opzoek", "nodig", "telt_niet", "wetenschappelijk")
"""Rules of extracts that make a line unreadable whatever field breaks them."""
VAN_EXTRACTEN = (*ALTIJD_STUK, "vertaling", "voorloopnullen", "formule")
"""Rules that only extracts know, in the order in which they are told."""


@cache
def read_types() -> dict[str, dict[str, Any]]:
    """The simple types by name, from standaard/typen.yaml."""
    typen: dict[str, dict[str, Any]] = yaml.safe_load((MAP / "typen.yaml").read_text(encoding="utf-8"))
    return typen


@cache
def read_codes() -> dict[str, dict[str, list[str]]]:
    """Code lists by standard and release ('iwmo_3_2'), then by list; what a release inherits is filled in."""
    bron: dict[str, dict[str, Any]] = yaml.safe_load((MAP / "codelijsten.yaml").read_text(encoding="utf-8"))

    def lists(naam: str) -> dict[str, list[str]]:
        eigen = dict(bron[naam])
        ouder = eigen.pop("erft", None)
        samen = (lists(ouder) if ouder else {}) | eigen
        return {lijst: codes for lijst, codes in samen.items() if codes is not None}

    return {naam: lists(naam) for naam in bron}


def release_key(release: str) -> tuple[int, ...]:
    """A release as something to compare: '3.10' comes after '3.2'."""
    return tuple(int(deel) for deel in release.split("."))


def codes_of(standaard: str, release: str) -> dict[str, list[str]]:
    """Code lists of one standard and release; of a release without lists, those of the last one before it.

    Empty, so that no code is checked, where there is no such release either.
    """
    bekend = {
        release_key(naam.removeprefix(f"{standaard}_").replace("_", ".")): lijsten
        for naam, lijsten in read_codes().items()
        if naam.startswith(f"{standaard}_")
    }
    eerder = [r for r in bekend if r <= release_key(release)]
    return bekend[max(eerder)] if eerder else {}


@dataclass(frozen=True)
class Veld:
    """A field of a message or extract.

    `nodig`: without a readable value the line (or, in a header, the file) cannot be read for what it is.
    `leesbaar`: may be absent, but what is there must be readable. `verplicht`: absence is a finding.
    `teken`: the field with D or C that signs this amount. `wordt`: its name in the lake. `schaal`: whether an
    amount of an extract is written in euros or in cents. `ongeacht_teken`: a minus before an amount that D or
    C signs is left aside, because the source writes credits as negative too.
    `ook`: other paths of the same field; releases renamed elements, and the one that is there is read.
    """

    naam: str
    pad: str
    type: str
    nodig: bool = False
    leesbaar: bool = False
    verplicht: bool = False
    teken: str = ""
    wordt: str = ""
    schaal: str = "euro"
    ongeacht_teken: bool = False
    ook: tuple[str, ...] = ()

    @property
    def spec(self) -> dict[str, Any]:
        """Definition of the type; KeyError on a type that typen.yaml does not know."""
        return read_types()[self.type]

    @property
    def strikt(self) -> bool:
        """Whether an unreadable value puts the line in quarantine."""
        return self.nodig or self.leesbaar


@cache
def fixed_length(type_: str) -> int | None:
    """Number of digits that every value of a type has, where it is one number; None for other types.

    From its pattern ('[0-9]{9}'), or from its code list, where every code is as long as the others.
    """
    spec = read_types()[type_]
    if spec["soort"] != "tekst":
        return None
    if vast := re.fullmatch(r"\[0-9\]\{(\d+)\}", str(spec.get("patroon", ""))):
        return int(vast.group(1))
    lengtes = {len(c) for lijsten in read_codes().values() for c in lijsten.get(spec.get("lijst", ""), [])}
    return lengtes.pop() if len(lengtes) == 1 else None


def read_fields(bron: dict[str, dict[str, Any]]) -> tuple[Veld, ...]:
    """Fields as a mapping or contract declares them: name -> {pad, type, ...}; `pad` may be a list."""
    velden = []
    for naam, d in bron.items():
        gezegd = d.get("pad", naam)
        pad, *ook = gezegd if isinstance(gezegd, list) else [str(gezegd)]
        velden.append(Veld(naam=naam, pad=pad, ook=tuple(ook), **{k: v for k, v in d.items() if k != "pad"}))
    return tuple(velden)


def raw(naam: str) -> str:
    """Name of the column with the text as it was received."""
    return f"{naam}|tekst"


def raw_names(veld: Veld) -> list[str]:
    """Names of a field's received texts before `check`: one a path."""
    return [raw(veld.naam), *(raw(f"{veld.naam}#{n}") for n in range(len(veld.ook)))]


def fault(naam: str, code: str) -> str:
    """Name of the bool column of one rule on one field."""
    return f"{naam}|{code}"


def text_of(veld: Veld) -> pl.Expr:
    """The trimmed text, of the first of its paths that is filled; an empty text is no value."""
    gevuld = [pl.when(pl.col(naam) != "").then(pl.col(naam)) for naam in raw_names(veld)]
    return pl.coalesce(gevuld) if veld.ook else gevuld[0]


def _euro_to_cents(tekst: pl.Expr) -> pl.Expr:
    """Cents out of '1.234,5', '-12,34' or '12,3400': whole text arithmetic, no binary fractions.

    Zeros after the cents come from databases that keep four decimals; exactly three decimals are left unread,
    because they may as well be thousands.
    """
    goed = tekst.str.contains(
        r"^[+-]?([0-9]{1,13}|[0-9]{1,3}(\.[0-9]{3}){1,4})(,[0-9]{1,2}|,[0-9]{2}0{2,4})?$"
    )
    kaal = tekst.str.replace_all(".", "", literal=True)
    delen = kaal.str.splitn(",", 2)
    geheel = delen.struct.field("field_0").str.strip_chars("+-").cast(pl.Int64, strict=False)
    achter = (
        delen.struct.field("field_1")
        .fill_null("")
        .str.head(2)
        .str.pad_end(2, "0")
        .cast(pl.Int64, strict=False)
    )
    cent = geheel * 100 + achter
    return pl.when(goed).then(pl.when(kaal.str.starts_with("-")).then(-cent).otherwise(cent))


def _number(tekst: pl.Expr) -> pl.Expr:
    """Number with a decimal comma, and points between thousands or none."""
    goed = tekst.str.contains(r"^[+-]?([0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3}){1,4})(,[0-9]{1,6})?$")
    kaal = tekst.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return pl.when(goed).then(kaal.cast(pl.Float64, strict=False))


def _date(tekst: pl.Expr, patroon: str, vorm: str) -> pl.Expr:
    """Date of one form; dates before 1900 are no dates of people or care."""
    datum = tekst.str.to_date(vorm, strict=False)
    return pl.when(tekst.str.contains(patroon) & (datum.dt.year() >= 1900)).then(datum)


def _timestamp(tekst: pl.Expr) -> pl.Expr:
    """Timestamp 'dd-mm-jjjj uu:mm:ss', or a date alone (then midnight)."""
    heel = pl.when(tekst.str.contains(r"^\d{2}-\d{2}-\d{4}$")).then(tekst + " 00:00:00").otherwise(tekst)
    tijd = heel.str.to_datetime("%d-%m-%Y %H:%M:%S", strict=False, time_unit="us")
    goed = heel.str.contains(r"^\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}$") & (tijd.dt.year() >= 1900)
    return pl.when(goed).then(tijd)


def value_of(veld: Veld) -> pl.Expr:
    """The value of a trimmed text in its own type, NULL where it is absent or unreadable; unsigned."""
    tekst, spec = pl.col(raw(veld.naam)), veld.spec
    match spec["soort"]:
        case "geheel":
            waarde = tekst.cast(pl.Int64, strict=False)
            if "min" in spec:
                waarde = pl.when(waarde >= spec["min"]).then(waarde)
            if spec.get("boven") == "onleesbaar":
                waarde = pl.when(waarde <= spec["max"]).then(waarde)
        case "datum":
            waarde = _date(tekst, r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d")
        case "datum_nl":
            waarde = _date(tekst, r"^\d{2}-\d{2}-\d{4}$", "%d-%m-%Y")
        case "maand_nl":
            kort = pl.when(tekst.str.contains(r"^\d{4}-\d{2}$")).then(tekst + "-01")
            lang = _date(tekst, r"^\d{2}-\d{2}-\d{4}$", "%d-%m-%Y").dt.truncate("1mo")
            waarde = pl.coalesce(_date(kort, r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"), lang)
        case "tijdstip_nl":
            waarde = _timestamp(tekst)
        case "tijd":
            waarde = tekst.str.head(8).str.to_time("%H:%M:%S", strict=False)
        case "euro":
            waarde = _euro_to_cents(tekst)
            if veld.schaal == "cent":
                waarde = pl.when(waarde % 100 == 0).then(waarde // 100)
            if veld.ongeacht_teken:
                waarde = waarde.abs()
            if veld.teken:
                waarde = pl.when(waarde >= 0).then(waarde)
        case "kommagetal":
            waarde = _number(tekst)
        case _:
            waarde = tekst
            if "patroon" in spec:
                waarde = pl.when(tekst.str.contains(f"^(?:{spec['patroon']})$")).then(tekst)
            if "keuze" in spec:
                waarde = pl.when(tekst.is_in(spec["keuze"])).then(tekst)
    return waarde


def check(
    frame: pl.DataFrame, velden: Iterable[Veld], lijsten: dict[str, list[str]], bijgesneden: bool = False
) -> pl.DataFrame:
    """Adds per field its value and one bool column per rule that follows from its type.

    `bijgesneden`: whoever read the texts has trimmed them already, as the parser of messages does.

    Rules: ontbreekt (nodig or verplicht and absent), type (there, but unreadable), lengte (too long, too
    short or above the maximum), codelijst (not in the list of this standard and release).
    """
    velden = tuple(velden)
    # Trimmed once, because several rules look at the same text.
    if not bijgesneden:
        frame = frame.with_columns(
            pl.col(naam).str.strip_chars(" \t\r\n") for v in velden for naam in raw_names(v)
        )
    frame = frame.with_columns(text_of(v).alias(raw(v.naam)) for v in velden)
    frame = frame.with_columns(value_of(v).alias(v.naam) for v in velden)
    regels: list[pl.Expr] = []
    for v in velden:
        spec, waarde, tekst = v.spec, pl.col(v.naam), pl.col(raw(v.naam))
        regels.append((tekst.is_not_null() & waarde.is_null()).alias(fault(v.naam, "type")))
        if v.nodig or v.verplicht:
            regels.append(tekst.is_null().alias(fault(v.naam, "ontbreekt")))
        if spec["soort"] == "tekst" and ("min" in spec or "max" in spec):
            lang = waarde.str.len_chars()
            buiten = (lang < spec.get("min", 0)) | (lang > spec.get("max", 10_000))
            regels.append(buiten.fill_null(False).alias(fault(v.naam, "lengte")))
        elif spec["soort"] == "geheel" and "max" in spec:
            regels.append((waarde > spec["max"]).fill_null(False).alias(fault(v.naam, "lengte")))
        if spec.get("lijst") in lijsten:
            vreemd = waarde.is_not_null() & ~waarde.is_in(lijsten[spec["lijst"]])
            regels.append(vreemd.fill_null(False).alias(fault(v.naam, "codelijst")))
    return frame.with_columns(regels)


def is_blocking(veld: Veld, code: str) -> bool:
    """Whether breaking this rule makes the line unreadable (quarantine) or is a finding (line is kept)."""
    if code == "ontbreekt":
        return veld.nodig
    return code in ALTIJD_STUK or (code in ("type", "vertaling") and veld.strikt)


def apply_signs(frame: pl.DataFrame, velden: Iterable[Veld]) -> pl.DataFrame:
    """Turns unsigned amounts and volumes into signed ones (D plus, C minus); NULL where the sign is
    unreadable.
    """
    tekens = [
        pl.when(pl.col(v.teken) == "D")
        .then(pl.col(v.naam))
        .when(pl.col(v.teken) == "C")
        .then(-pl.col(v.naam))
        .alias(v.naam)
        for v in velden
        if v.teken
    ]
    return frame.with_columns(tekens) if tekens else frame
