"""From the text of a cell to the text that a type reads: lost zeros, codes, forms; and what a line by itself
says against being read.

Everything here is a rule of extracts alone; a message has types and codes of its own.
"""

from collections.abc import Sequence

import polars as pl

from etl.contract import Contract, Kolom
from etl.csv_read import Blok
from etl.fields import Veld, fault, fixed_length, raw
from etl.opzoek import Opzoektabellen
from etl.vorm import Vormen

_WIT = " \t\r\n\u00a0\u200b\ufeff"
_BSN_MINSTENS = 7
"""No BSN is issued that begins with three zeros; a shorter number is something else."""


def prepare(
    ruw: pl.DataFrame, kolommen: Sequence[Kolom], blok: Blok, vormen: Vormen, opzoeken: Opzoektabellen
) -> pl.DataFrame:
    """Trimmed texts in the notation that the types read, with the bool columns of what was done to them.

    Order: space off, looked up elsewhere, lost zeros back, codes translated, dates and numbers turned.
    """
    formules = _mark_formulas(ruw, kolommen) if blok.formules else []
    frame = ruw.with_columns(formules)
    if not blok.schoon:
        teksten = [k for k in frame.columns if k.endswith("|tekst")]
        frame = frame.with_columns(_trim(k) for k in teksten)
    for kolom in kolommen:
        if kolom.opzoek and not kolom.uit:
            frame = _look_up(frame, kolom, opzoeken)
        if not kolom.uit:
            frame = _restore_zeros(frame, kolom.veld)
    for kolom in kolommen:
        if kolom.uit:
            frame = frame.with_columns(pl.col(raw(kolom.uit)).alias(raw(kolom.veld.naam)))
            frame = _look_up(frame, kolom, opzoeken) if kolom.opzoek else frame
        if kolom.alleen:
            telt = pl.col(raw(kolom.veld.naam)).fill_null("").str.to_lowercase().is_in(list(kolom.alleen))
            frame = frame.with_columns((~telt).alias(fault(kolom.veld.naam, "telt_niet")))
    for kolom in (k for k in kolommen if k.vertaal):
        frame = _translate(frame, kolom)
    return vormen.read(frame)


def second_look(frame: pl.DataFrame, contract: Contract, kolommen: Sequence[Kolom]) -> pl.DataFrame:
    """Adds the rules that need the checked values: a number that a spreadsheet shortened, and a field that
    one table of a split contract cannot do without.
    """
    regels: list[pl.Expr] = []
    for k in kolommen:
        # Looked for only where it can be: among the unreadable, and in text that may be anything.
        if k.veld.type != "Tekst" and (_is_free(k.veld) or _any(frame, k.veld, "type", "codelijst")):
            tekst = pl.col(raw(k.veld.naam))
            kort = tekst.str.contains(r"^[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-][0-9]+$")
            if _is_free(k.veld):
                kort = tekst.str.contains("[eE][+-]") & kort
            regels.append(kort.fill_null(False).alias(fault(k.veld.naam, "wetenschappelijk")))
    veld, tabellen = contract.splits
    for k in kolommen:
        if k.nodig_bij:
            waarden = [w for w, t in tabellen.items() if t == k.nodig_bij]
            leeg = pl.col(raw(k.veld.naam)).is_null() & pl.col(veld).is_in(waarden).fill_null(False)
            regels.append(leeg.alias(fault(k.veld.naam, "nodig")))
    return frame.with_columns(regels)


def _is_free(veld: Veld) -> bool:
    """Whether a type takes any text."""
    return veld.spec["soort"] == "tekst" and not {"patroon", "keuze", "lijst"} & set(veld.spec)


def _any(frame: pl.DataFrame, veld: Veld, *codes: str) -> bool:
    return any(frame[k].any() for c in codes if (k := fault(veld.naam, c)) in frame.columns)


def _trim(kolom: str) -> pl.Expr:
    kaal = pl.col(kolom).str.strip_chars(_WIT)
    return pl.when(kaal != "").then(kaal).alias(kolom)


def _mark_formulas(ruw: pl.DataFrame, kolommen: Sequence[Kolom]) -> list[pl.Expr]:
    """Texts that a spreadsheet would take for a formula. Amounts and dates have signs of their own."""
    vrij = [
        k.veld.naam
        for k in kolommen
        if k.veld.spec["soort"] == "tekst"
        and "patroon" not in k.veld.spec
        and raw(k.veld.naam) in ruw.columns
    ]
    return [
        pl.col(raw(n)).str.contains("^ *[=+@\t\r-].").fill_null(False).alias(fault(n, "formule"))
        for n in vrij
    ]


def _look_up(frame: pl.DataFrame, kolom: Kolom, opzoeken: Opzoektabellen) -> pl.DataFrame:
    """Puts what another extract knows in the place of the key; a key that none knows is a fault where the
    field is needed.
    """
    naam = kolom.veld.naam
    sleutels = frame.get_column(raw(naam))
    gevonden = opzoeken.find(sleutels, kolom)
    frame = frame.with_columns(gevonden.alias(raw(naam)))
    if kolom.veld.nodig:
        frame = frame.with_columns((sleutels.is_not_null() & gevonden.is_null()).alias(fault(naam, "opzoek")))
    return frame


def _restore_zeros(frame: pl.DataFrame, veld: Veld) -> pl.DataFrame:
    """Leading zeros back where a type has a fixed number of digits, and '.0' or ',00' off a whole number:
    spreadsheets take codes for numbers.
    """
    if raw(veld.naam) not in frame.columns:
        return frame
    tekst = frame.get_column(raw(veld.naam))
    lengte = fixed_length(veld.type)
    if lengte or veld.spec["soort"] == "geheel":
        achter = tekst.str.contains(r"^[0-9]+[.,]00?$")
        if achter.any():
            kaal = pl.select(pl.when(achter).then(tekst.str.extract(r"^([0-9]+)")).otherwise(tekst))
            tekst = kaal.to_series().alias(tekst.name)
            frame = frame.with_columns(tekst)
    if lengte is None or lengte == 1:
        return frame
    kort = tekst.str.len_bytes() < lengte
    if not kort.any():
        return frame
    minstens = _BSN_MINSTENS if veld.type == "BurgerServicenummer" else 1
    kort = (kort & tekst.str.contains(rf"^[0-9]{{{minstens},}}$")).fill_null(False)
    vol = pl.select(pl.when(kort).then(tekst.str.zfill(lengte)).otherwise(tekst)).to_series()
    return frame.with_columns(vol.alias(tekst.name), kort.alias(fault(veld.naam, "voorloopnullen")))


def _translate(frame: pl.DataFrame, kolom: Kolom) -> pl.DataFrame:
    """Codes of the file to values of the field; what the contract does not know is no value."""
    naam = kolom.veld.naam
    teksten = frame.get_column(raw(naam))
    klein = teksten.str.to_lowercase().fill_null("")
    nieuw = klein.replace_strict(
        list(kolom.vertaal), list(kolom.vertaal.values()), default=None, return_dtype=pl.Utf8
    )
    vreemd = (teksten.is_not_null() & nieuw.is_null()).alias(fault(naam, "vertaling"))
    return frame.with_columns(nieuw.alias(raw(naam)), vreemd)
