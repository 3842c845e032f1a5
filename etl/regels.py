"""The rules of the standard that one message decides: each a number, a sentence and one expression.

A line that breaks one is kept and reported (lake table `bevinding`); what cannot be read at all is another
matter (`fields`, quarantine). Rules that need other messages stand in `warehouse/models`. Sources: NASLAG
2.1, 2.4, 2.6, 4.1, and for CS003, CS100, CS340, CD041, CD060, CD075, CD076 and TR137 the published
information model of iWmo 3.2. Where no number is known the code is a Dutch word.

An expression is true where the rule is broken; unknown (NULL) is not broken. It sees the checked fields of
the line and its header, and `raw(field)` where presence matters and not readability.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from etl.fields import raw, release_key

Soort = Literal["regel", "kop", "totaal"]


@dataclass(frozen=True)
class Regel:
    """One rule: what it judges, in which releases it holds, and what is said where it is broken.

    `tabel`: the lake table of the lines it is about. `niveau`: a line; the header; or the header against the
    sum of the lines, with `som_cent`, `regels` and `zonder_bedrag` over all lines of the message.
    `retourcode`: what the standard answers with (NASLAG 3.10, 4.1).
    """

    code: str
    tabel: str
    niveau: Soort
    veld: str
    retourcode: str
    zin: str
    fout: pl.Expr
    vanaf: str = "2.0"
    tot: str = "9.9"

    def holds_in(self, release: str) -> bool:
        """Whether the rule is part of this release."""
        return release_key(self.vanaf) <= release_key(release) <= release_key(self.tot)


c = pl.col


def _there(veld: str) -> pl.Expr:
    return c(raw(veld)).is_not_null()


def _day(datum: pl.Expr, jaren: int = 0) -> pl.Expr:
    """A date as a number that orders as dates do, so many years later."""
    return (datum.dt.year() + jaren) * 10_000 + datum.dt.month().cast(pl.Int32) * 100 + datum.dt.day()


_BEGIN, _EIND = c("periode_begin"), c("periode_eind")
_DPB, _DPE = c("declaratieperiode_begin"), c("declaratieperiode_eind")
_OMVANG = _there("volume") | _there("eenheid") | _there("frequentie")
_BEDRAG, _VOLUME, _TARIEF = c("bedrag_cent").abs(), c("volume").abs(), c("tarief_cent")
_VERSCHIL = (_BEDRAG - _VOLUME * _TARIEF).abs()
# A tariff per hour that is declared in minutes: the tariff in the line is rounded to whole cents a minute, or
# it is the hour tariff itself and the amount is rounded. Both leave the amount within these bounds (IV081).
_MINUUT = (2 * _VERSCHIL > _VOLUME + 1) & ((60 * _BEDRAG - _VOLUME * _TARIEF).abs() > 30)
_VANAF_3 = date(2021, 1, 1)


def _declaratie(
    code: str,
    veld: str,
    retourcode: str,
    zin: str,
    fout: pl.Expr,
    vanaf: str = "3.0",
    niveau: Soort = "regel",
) -> Regel:
    return Regel(code, "declaratieregel", niveau, veld, retourcode, zin, fout, vanaf)


def _toewijzing(code: str, veld: str, zin: str, fout: pl.Expr, vanaf: str = "3.0", tot: str = "9.9") -> Regel:
    return Regel(code, "toewijzing", "regel", veld, "0001", zin, fout, vanaf, tot)


REGELS: tuple[Regel, ...] = (
    # -- 323 and 303: the declaration -----------------------------------------------------------------------
    _declaratie(
        "CS340", "declaratieperiode_eind", "0001",
        "De declaratieperiode is niet precies één kalendermaand.",
        (_DPB.dt.day() != 1) | (_DPB.dt.month_end() != _DPE), niveau="kop",
    ),
    _declaratie(
        "CS100", "declaratieperiode_begin", "0001",
        "De declaratieperiode begint vóór 1 januari 2021.", _DPB < _VANAF_3, niveau="kop",
    ),
    _declaratie(
        "TR358", "totaal_ingediend_cent", "0001",
        "Het totaalbedrag in de kop is niet de som van de regels (debet min credit).",
        (c("totaal_ingediend_cent") != c("som_cent")) & (c("zonder_bedrag") == 0), "2.0", "totaal",
    ),
    # -- 323 and 303: the line ------------------------------------------------------------------------------
    _declaratie(
        "TR314", "referentienummer", "8021",
        "Het referentienummer komt al eerder voor in dit bericht.",
        ~pl.struct("f", "referentienummer").is_first_distinct(), "2.0",
    ),
    _declaratie(
        "CS337", "periode_eind", "0001", "De productperiode ligt niet binnen één kalendermaand.",
        (_BEGIN.dt.month() != _EIND.dt.month()) | (_BEGIN.dt.year() != _EIND.dt.year()),
    ),
    _declaratie(
        "CS100", "periode_begin", "0001", "De productperiode begint vóór 1 januari 2021.", _BEGIN < _VANAF_3,
    ),
    _declaratie(
        "TR137", "periode_eind", "0001", "De einddatum van de productperiode ligt vóór de begindatum.",
        _EIND < _BEGIN, "2.0",
    ),
    _declaratie(
        "TR319", "periode_eind", "9319", "De productperiode eindigt na de declaratieperiode.",
        _EIND > _DPE, "2.0",
    ),
    _declaratie(
        "TR335", "periode_eind", "0001",
        "De productperiode eindigt meer dan vijf jaar vóór de dagtekening van de declaratie.",
        _day(_EIND, 5) < _day(c("declaratie_dagtekening")),
    ),
    _declaratie(
        "TR346", "bedrag_cent", "9346", "Het bedrag is niet het volume maal het tarief.",
        (c("eenheid") != "83") & pl.when(c("eenheid") == "01").then(_MINUUT).otherwise(_VERSCHIL != 0),
    ),
    _declaratie(
        "CS339", "bedrag_cent", "0001", "Bij eenheid 83 (euro) is het bedrag niet gelijk aan het volume.",
        (c("eenheid") == "83") & (c("bedrag_cent") != c("volume")),
    ),
    _declaratie(
        "CD087", "tarief_cent", "0001",
        "Het tarief ontbreekt, of is gevuld terwijl de eenheid 83 (euro) is.",
        (c("eenheid") == "83") == _there("tarief_cent"),
    ),
    _declaratie(
        "CD060", "vorig_referentienummer", "0001",
        "Een creditregel noemt geen vorig referentienummer, of een debetregel noemt er wel een.",
        (c("debet_credit") == "C") != _there("vorig_referentienummer"),
    ),
    _declaratie(
        "CS325", "debet_credit", "0001", "Een bedrag van 0 staat als credit in plaats van debet.",
        (c("bedrag_cent") == 0) & (c("debet_credit") == "C"),
    ),
    # -- 325: the answer. Not where the whole declaration was rejected without naming its lines (IV087) -----
    Regel(
        "TR342", "declaratieantwoord", "totaal", "totaal_toegekend_cent", "0001",
        "Ingediend min toegekend is niet de som van de afgekeurde regels.",
        (c("totaal_ingediend_cent") - c("totaal_toegekend_cent") != c("som_cent"))
        & (c("zonder_bedrag") == 0) & ((c("regels") > 0) | (c("totaal_toegekend_cent") != 0)),
        "3.0",
    ),
    # -- 301: the toewijzing --------------------------------------------------------------------------------
    _toewijzing(
        "CS003", "einddatum", "De einddatum ligt vóór de ingangsdatum.",
        c("einddatum") < c("ingangsdatum"), "2.0",
    ),
    _toewijzing(
        "CD041", "volume", "De omvang ontbreekt terwijl de productcode gevuld is.",
        _there("productcode") & ~_there("volume"),
    ),
    _toewijzing(
        "CD075", "einddatum", "De einddatum ontbreekt terwijl er een budget is.",
        _there("budget_cent") & ~_there("einddatum"),
    ),
    # One supplier says that 3.1 let it go; 3.2 demands it again (NASLAG 1.2). Not reported in doubt.
    _toewijzing(
        "CD076", "einddatum", "De einddatum ontbreekt terwijl de frequentie per week of totaal is.",
        c("frequentie").is_in(["2", "6"]) & ~_there("einddatum"), "3.0", "3.0",
    ),
    _toewijzing(
        "CD076", "einddatum", "De einddatum ontbreekt terwijl de frequentie per week is.",
        (c("frequentie") == "2") & ~_there("einddatum"), "3.2",
    ),
    _toewijzing(
        "product_of_budget", "productcategorie", "Er is geen product en geen budget.",
        ~_there("productcategorie") & ~_there("budget_cent"),
    ),
    _toewijzing(
        "omvang_naast_budget", "budget_cent", "Er is een omvang én een budget; dat mag niet allebei.",
        _OMVANG & _there("budget_cent"),
    ),
    _toewijzing(
        "omvang_zonder_code", "volume", "Er is een omvang terwijl de productcode leeg is.",
        _OMVANG & ~_there("productcode") & ~_there("budget_cent")
        & (c("einddatum").is_null() | (c("einddatum") >= _VANAF_3)),
    ),
    _toewijzing(
        "verwijderd_met_duur", "reden_wijziging",
        "De toewijzing is verwijderd (reden 13), maar de einddatum is niet de ingangsdatum.",
        (c("reden_wijziging") == "13") & c("einddatum").ne_missing(c("ingangsdatum")), "3.1",
    ),
    _toewijzing(
        "frequentie_per_dag", "frequentie", "Deze eenheid kan niet per dag worden toegewezen.",
        c("eenheid").is_in(["14", "16", "83", "84"]) & (c("frequentie") == "1"),
    ),
    # -- 305, 307, 315, 317 ---------------------------------------------------------------------------------
    Regel(
        "CS058", "start", "regel", "status_aanlevering", "0001",
        "De status van de aanlevering is niet 1 (nieuw) of 3 (verwijderd).",
        ~c("status_aanlevering").is_in(["1", "3"]), "2.3",
    ),
    Regel(
        "CS058", "stop", "regel", "status_aanlevering", "0001",
        "De status van de aanlevering is niet 1 (nieuw) of 3 (verwijderd).",
        ~c("status_aanlevering").is_in(["1", "3"]), "2.3",
    ),
    Regel(
        "CS003", "stop", "regel", "einddatum", "0001", "De einddatum ligt vóór de begindatum.",
        c("einddatum") < c("begindatum"),
    ),
    Regel(
        "CS003", "verzoek", "regel", "einddatum", "0001", "De einddatum ligt vóór de ingangsdatum.",
        c("einddatum") < c("ingangsdatum"),
    ),
)  # fmt: skip

VAN_VELD = "0001"
"""What the standard answers to a value against its schema: the message is rejected for technical reasons."""


def rules_for(tabel: str, niveau: Soort, release: str, kolommen: Iterable[str]) -> list[Regel]:
    """The rules on lines of this table that hold in this release and whose fields this message has."""
    er = set(kolommen)
    return [
        r
        for r in REGELS
        if (r.tabel, r.niveau) == (tabel, niveau)
        and r.holds_in(release)
        and set(r.fout.meta.root_names()) <= er
    ]
