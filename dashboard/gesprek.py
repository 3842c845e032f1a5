"""The talk with an aanbieder: what to bring up, what was agreed and noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from dashboard import words_signalen
from dashboard.access.reader import Lezer
from dashboard.dossier import Dossier
from dashboard.notities import eigen
from dashboard.notities.opslag import Aantekening, NotitieError
from dashboard.numbers import GEEN, day, plural
from dashboard.rapport.inhoud import Tabel
from dashboard.reading.signalen import make_kenmerk, read_signalen
from dashboard.words_operationeel import title_agenda

AFSPRAAK = ("wat", "wie", "uiterlijk", "status")


@dataclass(frozen=True)
class Gesprek:
    """What was written down about one aanbieder, as far as the visitor may see it; fout: why nothing could be
    read.
    """

    afspraken: Sequence[Aantekening] = ()
    notities: Sequence[Aantekening] = ()
    gezien: Mapping[str, Aantekening] | None = None
    fout: str = ""


def read_gesprek(pad: Path, lezer: Lezer, agb: str) -> Gesprek:
    """Agreements with the open ones first, notes with the newest talk first, and signals that were seen."""
    try:
        afspraken, notities, gezien = (
            eigen.read_eigen(pad, soort, lezer.may_see_aanbieder, agb)
            for soort in (eigen.AFSPRAAK, eigen.NOTITIE, eigen.GEZIEN)
        )
    except NotitieError as fout:
        return Gesprek(fout=str(fout))
    open_ = eigen.open_afspraken(afspraken)
    return Gesprek(
        [*open_, *(a for a in afspraken if a not in open_)],
        sorted(notities, key=lambda a: str(a.inhoud["datum"]), reverse=True),
        {a.kenmerk: a for a in gezien},
    )


def make_signalen(lezer: Lezer, d: Dossier, agb: str, g: Gesprek) -> Tabel:
    """Signals about this aanbieder, with those that began after the last talk marked."""
    df, laatste = read_signalen(lezer, aanbieder=agb), eigen.last_talk(list(g.notities))
    na = 0 if laatste is None else df.filter(pl.col("sinds") > laatste).height
    kop = plural(df.height, "signaal", "signalen") if df.height else "Geen signalen over deze aanbieder"
    if df.height and laatste is not None:
        kop += f", waarvan {na} van na het laatste gesprek" if na else "; geen van na het laatste gesprek"
    rijen, zinnen = [], []
    for r in df.iter_rows(named=True):
        a = (g.gezien or {}).get(make_kenmerk(r))
        stand = ["na het laatste gesprek"] if laatste is not None and r["sinds"] > laatste else []
        stand += [] if a is None else [f"gezien: {a.inhoud['reden']}"]
        zinnen.append(words_signalen.describe(r, {agb: d.naam}))
        rijen.append(
            [zinnen[-1], words_signalen.word_sinds(r["sinds"], r["nieuw"]), "; ".join(stand) or GEEN]
        )
    return Tabel(
        "gesprek-signalen",
        kop,
        f"laatste gesprek waarvan iets is genoteerd: {GEEN if laatste is None else day(laatste)}",
        df.with_columns(pl.Series("signaal", zinnen, dtype=pl.String)),
        {"Signaal": "zin", "Sinds": "kort", "Stand": "tekst"},
        rijen,
        leeg="Geen regel geeft nu een signaal over deze aanbieder.",
        noot=g.fout,
        blad="signalen",
    )


def make_afspraken(g: Gesprek, vandaag: date) -> Tabel:
    """Agreements with who, by when, status, and who wrote them down; those to be met first."""
    open_ = [a.inhoud for a in g.afspraken if a.inhoud.get("status") == "open"]
    rijen = [
        [
            str(a.inhoud["wat"]),
            str(a.inhoud["wie"]),
            day(date.fromisoformat(str(a.inhoud["uiterlijk"]))),
            str(a.inhoud["status"]),
            eigen.describe_writer(a),
        ]
        for a in g.afspraken
    ]
    return Tabel(
        "afspraken",
        title_agenda(open_, vandaag),
        "wat, wie, uiterlijk en hoe het staat",
        list_afspraken(g.afspraken),
        {"Wat": "zin", "Wie": "tekst", "Uiterlijk": "kort", "Status": "kort", "Vastgelegd": "tekst"},
        rijen,
        leeg=g.fout or "Nog geen afspraken.",
        blad="afspraken",
    )


def make_notities(g: Gesprek) -> Tabel:
    """Notes of talks, the newest first, each with who wrote it."""
    rijen = [
        [day(date.fromisoformat(str(a.inhoud["datum"]))), str(a.inhoud["tekst"]), eigen.describe_writer(a)]
        for a in g.notities
    ]
    return Tabel(
        "notities",
        plural(len(rijen), "notitie", "notities") if rijen else "Nog geen notities",
        "van gesprekken met deze aanbieder, de nieuwste boven",
        list_notities(g.notities),
        {"Gesprek": "kort", "Notitie": "zin", "Vastgelegd": "tekst"},
        rijen,
        leeg=g.fout or "Nog geen notities van een gesprek.",
        blad="notities",
    )


def list_afspraken(alle: Sequence[Aantekening]) -> pl.DataFrame:
    """Agreements as a table, with who wrote them down and when."""
    return pl.DataFrame(
        [
            {k: str(a.inhoud[k]) for k in AFSPRAAK}
            | {"vastgelegd_door": str(a.inhoud.get("rol", "")), "vastgelegd_op": a.vastgelegd_op.date()}
            for a in alle
        ],
        schema=dict.fromkeys(AFSPRAAK, pl.String) | {"vastgelegd_door": pl.String, "vastgelegd_op": pl.Date},
    )


def list_notities(alle: Sequence[Aantekening]) -> pl.DataFrame:
    """Notes as a table, in the order given."""
    return pl.DataFrame(
        [
            {
                "datum": str(a.inhoud["datum"]),
                "tekst": str(a.inhoud["tekst"]),
                "vastgelegd_door": str(a.inhoud.get("rol", "")),
                "vastgelegd_op": a.vastgelegd_op.date(),
            }
            for a in alle
        ],
        schema={
            "datum": pl.String,
            "tekst": pl.String,
            "vastgelegd_door": pl.String,
            "vastgelegd_op": pl.Date,
        },
    )
