"""The tables of the dossier on contract and months, for page, workbook and PDF alike; and what they draw."""

from collections.abc import Sequence

import polars as pl

from dashboard import controletabel, words, words_operationeel
from dashboard.access.reader import Lezer
from dashboard.dossier import KLEIN, Dossier
from dashboard.dossier_tabellen import explain_small
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, euro, euro_mln, month, months_between, percent, plural, ratio
from dashboard.rapport.inhoud import Staaf, Staven, Tabel
from dashboard.reading import aanbieder, aanbieders, controle, stroom, verloop
from dashboard.reading import dossier as lezen
from dashboard.tegels import Tegel, word_verschil

MEESTE_WIJKEN = 12


def make_kort(tegels: Sequence[Tegel], f: Filters, d: Dossier) -> Tabel:
    """The tiles as a table: figure, value, what it is held against, and how certain it is."""
    rijen = [
        [
            t.titel,
            "\n".join([t.waarde, *(f"{a} {b}".strip() for a, b in t.delen)]),
            "\n".join(
                f"{r.label}: {r.waarde}" + (f" ({v})" if (v := word_verschil(r)) else "") for r in t.regels
            )
            or GEEN,
            t.zekerheid or GEEN,
        ]
        for t in tegels
    ]
    return Tabel(
        "kort",
        f"{plural(len(tegels), 'cijfer', 'cijfers')} over {f.periode.label}",
        d.vergelijking,
        pl.DataFrame({"cijfer": [t.titel for t in tegels]}, schema={"cijfer": pl.String}),
        {"Cijfer": "tekst", "Waarde": "tekst", "Vergelijking": "zin", "Zekerheid": "tekst"},
        rijen,
        leeg="Geen cijfers in deze periode.",
    )


def make_contract(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Per contract of the year the plafond and what was declared of it; the year carried on, as estimate."""
    jaar = aanbieders.year_of(f)
    rijen = []
    for r in d.contract.iter_rows(named=True):
        besteed = KLEIN if r["niet_getoond"] else euro(r["realisatie_cent"]) if d.heeft_pq else GEEN
        deel = ratio(r["realisatie_cent"], r["budgetplafond_cent"]) if d.heeft_pq else None
        soort = " · ".join(str(x) for x in (r["concern"], r["perceel"], r["bekostiging"]) if x)
        rijen.append([r["wet"], soort or GEEN, euro(r["budgetplafond_cent"]), besteed, percent(deel, 0)])
    noten = [explain_small(lezer, d.contract), _carried_on(lezer, f) if d.heeft_pq else ""]
    return Tabel(
        "dossier_contract",
        words_operationeel.title_contract(d.contract, jaar),
        f"{jaar}; gedeclareerd t/m {month(lezer.meta.laatste_levermaand)}, naast het plafond van het jaar",
        d.contract,
        {"Wet": "kort", "Contract": "zin", "Plafond": "getal", "Gedeclareerd": "getal", "Deel": "getal"},
        rijen,
        leeg="Van dit jaar is geen contract geladen.",
        noot=" ".join(n for n in noten if n),
        wat=f"contracten van {d.naam}",
        blad="contract",
    )


def _carried_on(lezer: Lezer, f: Filters) -> str:
    r = lezen.read_ruimte(lezer, f)
    lijn, plafond, maanden = r.get("doorgetrokken_cent"), r.get("plafond_cent"), r.get("maanden")
    if lijn is None or not maanden:
        return ""
    deel = ratio(lijn, plafond)
    van = "" if deel is None else f", {percent(deel, 0)} van het plafond"
    return (
        f"Schatting: {count(maanden)} volle maanden doorgetrokken naar twaalf geven {euro_mln(lijn)}{van}. "
        "Dat is een rechte lijn, geen prognose."
    )


def mark_voorlopig(df: pl.DataFrame, lezer: Lezer) -> pl.DataFrame:
    """The months with a column that says which are provisional."""
    jong = [verloop.is_voorlopig(lezer, m) for m in df["levermaand"]]
    return df.with_columns(pl.Series("voorlopig", jong, dtype=pl.Boolean))


def _last_year(lezer: Lezer, f: Filters) -> pl.DataFrame:
    """The same months a year earlier; empty before the first that the snapshot knows."""
    eerste = lezer.meta.eerste_levermaand
    df = verloop.read_maanden(lezer, f.at(f.periode.shift(-12)))
    bekend = pl.lit(False) if eerste is None else pl.col("levermaand") >= eerste
    return df.select(
        pl.col("levermaand").dt.offset_by("12mo"),
        pl.when(bekend).then(pl.col("realisatie_cent")).alias("vorig_cent"),
        (pl.col("niet_getoond") & bekend).alias("vorig_niet_getoond"),
    )


def make_omzet(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Euros and clients by month, next to a year earlier and the average of comparable aanbieders."""
    df = mark_voorlopig(verloop.read_maanden(lezer, f), lezer)
    df = df.join(_last_year(lezer, f), on="levermaand", how="left")
    if d.hoofdproduct is not None:
        ander = aanbieder.read_anderen_maanden(lezer, f, d.hoofdproduct)
        ander = ander.select("levermaand", pl.col("realisatie_cent").alias("gemiddeld_cent"))
        df = df.join(ander, on="levermaand", how="left")
    else:
        df = df.with_columns(pl.lit(None, dtype=pl.Float64).alias("gemiddeld_cent"))
    rijen = [
        [
            f"{month(r['levermaand'])}, voorlopig" if r["voorlopig"] else month(r["levermaand"]),
            KLEIN if r["niet_getoond"] else euro(r["realisatie_cent"]),
            KLEIN if r["vorig_niet_getoond"] else euro(r["vorig_cent"]),
            euro(r["gemiddeld_cent"]),
            KLEIN if r["niet_getoond"] else count(r["clienten"]),
        ]
        for r in df.sort("levermaand", descending=True).iter_rows(named=True)
    ]
    kolommen = {"Maand": "kort", "Gedeclareerd": "getal", "Een jaar eerder": "getal"}
    return Tabel(
        "omzet_per_maand",
        words.title_omzet(
            d.naam, d.totaal["realisatie_cent"], None if d.anderen is None else d.anderen["realisatie_cent"]
        ),
        f"per levermaand; {d.vergelijking}; van voorlopige maanden komt nog een deel binnen",
        df,
        kolommen | {"Vergelijkbaar gemiddelde": "getal", "Cliënten": "getal"},
        rijen,
        leeg="Geen declaraties in deze maanden.",
        noot=explain_small(lezer, df),
        begrip="realisatie",
        wat=f"declaraties per maand van {d.naam}",
        blad="maanden",
    )


def draw_omzet(lezer: Lezer, f: Filters, d: Dossier, df: pl.DataFrame) -> Staven:
    """Bars of the months of `make_omzet`, the year before beside them, a twelfth of the plafond as a line."""
    staven = [
        Staaf(
            month(r["levermaand"]),
            r["realisatie_cent"],
            euro(r["realisatie_cent"]),
            r["vorig_cent"],
            r["voorlopig"],
        )
        for r in df.sort("levermaand").iter_rows(named=True)
    ]
    plafond = lezen.read_ruimte(lezer, f).get("plafond_cent")
    heel = d.contract.height > 0 and d.contract["budgetplafond_cent"].null_count() == 0
    lijn = (
        (plafond / 12, f"een twaalfde van het jaarplafond: {euro(plafond / 12)}")
        if plafond and heel
        else None
    )
    getoond = [s for s in staven if s.waarde is not None]
    if not getoond:
        return Staven("", (), "")
    hoog, laag = (kies(getoond, key=lambda s: s.waarde or 0.0) for kies in (max, min))
    jong = [s.label for s in staven if s.voorlopig]
    zinnen = [
        f"Staafdiagram van het gedeclareerde bedrag van {d.naam} per maand, {f.periode.label}.",
        f"Het hoogst in {hoog.label} ({hoog.tekst}), het laagst in {laag.label} ({laag.tekst}).",
        "Ernaast, dunner, dezelfde maand een jaar eerder."
        if any(s.vorig is not None for s in staven)
        else "",
        f"Lijn: {lijn[1]}." if lijn else "",
        f"Gearceerd, want voorlopig: {', '.join(jong)}." if jong else "",
        f"{len(staven) - len(getoond)} maanden zijn niet getoond." if len(getoond) < len(staven) else "",
        "De tabel eronder geeft dezelfde cijfers.",
    ]
    return Staven(
        " ".join(z for z in zinnen if z),
        staven,
        "gedeclareerd",
        schaal=100_000.0,
        lijn=lijn,
        noot=f"Gedeclareerd per maand in duizenden euro's, {months_between(f.periode.van, f.periode.tot)}.",
    )


def make_stroom(lezer: Lezer, f: Filters, d: Dossier, breed: Filters) -> Tabel:
    """Clients coming and going by month, and how many have care at its end: the reach of a fixed sum.

    The rows are the months of `breed`, the title is about the period of `f`.
    """
    df = stroom.read_stroom(lezer, breed)
    bereik = aanbieder.read_bereik(lezer, breed).rename({"aantal": "bereik", "niet_getoond": "bereik_klein"})
    if df is None:
        leeg = [pl.lit(None, dtype=pl.Int64).alias(k) for k in ("instroom", "uitstroom")]
        niet = [pl.lit(False).alias(f"{k}_klein") for k in ("instroom", "uitstroom")]
        df = mark_voorlopig(bereik.with_columns(*leeg, *niet), lezer)
    else:
        df = df.join(bereik, on="levermaand", how="left")
    rijen = [
        [
            f"{month(r['levermaand'])}, voorlopig" if r["voorlopig"] else month(r["levermaand"]),
            *(KLEIN if r[f"{k}_klein"] else count(r[k]) for k in ("instroom", "uitstroom", "bereik")),
        ]
        for r in df.sort("levermaand", descending=True).iter_rows(named=True)
    ]
    laatste = df["bereik"].drop_nulls()
    titel = words.title_flow(*(stroom.read_stroom_totaal(lezer, f) or (None, None)))
    if d.is_lump_sum and laatste.len():
        titel = f"{d.naam} bereikt {count(laatste[-1])} cliënten"
    return Tabel(
        "stroom_per_maand",
        titel,
        "cliënten in zorg aan het eind van de maand; gearceerd: voorlopig"
        if d.is_lump_sum
        else "cliënten die bij deze aanbieder begonnen of stopten met zorg, per maand; gearceerd: voorlopig",
        df,
        {"Maand": "kort", "Instroom": "getal", "Uitstroom": "getal", "In zorg aan het eind": "getal"},
        rijen,
        begrip="clienten" if d.is_lump_sum else "instroom",
        wat=f"in- en uitstroom van {d.naam}",
    )


def draw_bereik(d: Dossier, df: pl.DataFrame) -> Staven:
    """Bars of the clients with care at the end of each month of `make_stroom`."""
    staven = [
        Staaf(month(m), b, count(b), None, bool(v))
        for m, b, v in df.sort("levermaand").select("levermaand", "bereik", "voorlopig").iter_rows()
    ]
    eind = next((s for s in reversed(staven) if s.waarde is not None), None)
    laatste = "" if eind is None else f" Eind {eind.label}: {eind.tekst}."
    return Staven(
        f"Staafdiagram van de cliënten van {d.naam} aan het eind van elke maand.{laatste} "
        "Voorlopige maanden zijn gearceerd. De tabel eronder geeft dezelfde cijfers.",
        staven,
        "cliënten in zorg",
        noot="Cliënten in zorg aan het eind van de maand.",
    )


def draw_wijken(d: Dossier, df: pl.DataFrame) -> Staven:
    """Lying bars of the euros per wijk of `make_wijken`; what is not shown is left out, and said."""
    per = (
        df.group_by("wijk")
        .agg(pl.col("realisatie_cent").sum(), pl.col("niet_getoond").sum().alias("weg"), pl.len().alias("n"))
        .filter(pl.col("weg") < pl.col("n"))
        .sort(["realisatie_cent", "wijk"], descending=[True, False])
    )
    staven = [
        Staaf(w, float(c), f"{euro(c)}{', zonder wat niet is getoond' if weg else ''}")
        for w, c, weg, _ in per.head(MEESTE_WIJKEN).iter_rows()
    ]
    rest = per.height - len(staven)
    namen = "; ".join(f"{s.label} {s.tekst}" for s in staven[:3])
    meer = f" De {rest} kleinste wijken staan alleen in de tabel." if rest else ""
    return Staven(
        f"Staafdiagram van het gedeclareerde bedrag van {d.naam} per wijk. Het meeste: {namen}.{meer} "
        "De tabel eronder geeft het per product.",
        staven,
        "gedeclareerd",
        liggend=True,
        noot=f"Gedeclareerd per wijk.{meer}",
    )


def make_bevindingen(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Findings of the declaratiecontrole by cause, and what is still at stake."""
    samen = controle.read_samen(lezer, f)
    titel = words_operationeel.title_bevindingen(samen["bevindingen"], samen["op_het_spel_cent"])
    wat = f"bevindingen bij {d.naam}"
    return controletabel.make_oorzaken(
        lezer, f, "dossier_bevindingen", titel, wat, "Niets gevonden in deze maanden."
    )
