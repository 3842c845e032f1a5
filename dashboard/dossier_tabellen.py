"""The tables of the dossier on care and prices, as page, workbook and PDF show them."""

from typing import Any

import polars as pl

from dashboard import words_operationeel as words
from dashboard.access.reader import Lezer
from dashboard.dossier import GEEN_PQ, KLEIN, Dossier, describe_price, join_prices
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, decimals, euro, euro_mln, month, percent, plural, price, signed
from dashboard.numbers import volume as write_volume
from dashboard.rapport.inhoud import Tabel
from dashboard.reading import aanbieders
from dashboard.reading import dossier as lezen
from dashboard.reading.keuzes import read_keuzes

GEEN_PERIODE = "Geen declaraties in deze selectie. Kies een andere periode."


def name_product(r: dict[str, Any]) -> str:
    """Product with its zwaarte where it has one."""
    naam: str = r["product"]
    return naam if r["zwaarte"] in (None, "n.v.t.") else f"{naam}, {r['zwaarte']}"


def explain_small(lezer: Lezer, df: pl.DataFrame) -> str:
    """Why cells of own aanbieders are not shown; empty where all are."""
    if "niet_getoond" not in df.columns or not df["niet_getoond"].any():
        return ""
    cel = lezer.bereik.cel_eigen
    reden = "een bedrag zonder cliënt in deze maanden" if cel == 1 else f"minder dan {cel} cliënten"
    return f"Niet getoond: {reden}, of anders daartoe te herleiden."


def _q(r: dict[str, Any]) -> str:
    if r["eenheid"] == "83":
        return GEEN
    return KLEIN if r["niet_getoond"] else write_volume(r["volume"], r["eenheid"])


def make_producten(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Products with P and Q, next to the price at comparable aanbieders."""
    df = join_prices(d, lezer, f)
    titel = "Per product"
    if df.height and df["realisatie_cent"][0] is not None:
        titel = f"Grootste product: {df['product'][0]}, {euro_mln(df['realisatie_cent'][0])}"
    rijen = [
        [
            name_product(r),
            KLEIN if r["niet_getoond"] else euro(r["realisatie_cent"]),
            KLEIN if r["niet_getoond"] else count(r["clienten"]),
            _q(r),
            describe_price(r["prijs_cent"], r["eenheid"], r["niet_getoond"]),
            describe_price(r["prijs_anderen_cent"], r["eenheid"], False),
        ]
        for r in df.iter_rows(named=True)
    ]
    kolommen = {"Product": "tekst", "Gedeclareerd": "getal", "Cliënten": "getal", "Q": "getal", "P": "getal"}
    return Tabel(
        "aanbieder_producten",
        titel,
        f"{f.periode.label}; P naast het gemiddelde van ten minste drie vergelijkbare aanbieders",
        df,
        kolommen | {"P vergelijkbaar": "getal"},
        rijen,
        leeg=GEEN_PQ if d.is_lump_sum else GEEN_PERIODE,
        noot=explain_small(lezer, df),
        begrip="q",
        wat=f"producten van {d.naam}",
        blad="producten",
    )


def make_wijken(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Wijk by product: clients, volume and euros."""
    namen = read_keuzes(lezer).wijk
    df = d.wijken.with_columns(
        pl.col("wijkcode").replace_strict(namen, default=pl.col("wijkcode")).alias("wijk")
    ).sort("wijk", "product")
    titel = "Per wijk en product"
    if df.height and not df["realisatie_cent"].is_null().all():
        per = df.group_by("wijk").agg(pl.col("realisatie_cent").sum()).sort("realisatie_cent", "wijk")
        titel = f"Het meeste gaat naar {per['wijk'][-1]}: {euro_mln(per['realisatie_cent'][-1])}"
    rijen = [
        [
            r["wijk"],
            r["product"],
            KLEIN if r["niet_getoond"] else count(r["clienten"]),
            _q(r),
            KLEIN if r["niet_getoond"] else euro(r["realisatie_cent"]),
        ]
        for r in df.iter_rows(named=True)
    ]
    kolommen = {"Wijk": "tekst", "Product": "tekst", "Cliënten": "getal", "Q": "getal"}
    return Tabel(
        "aanbieder_wijken",
        titel,
        f"wijk waar de cliënt op de eerste van de maand woonde, {f.periode.label}",
        df,
        kolommen | {"Gedeclareerd": "getal"},
        rijen,
        leeg=GEEN_PERIODE,
        noot=explain_small(lezer, df),
        begrip="wijk",
        wat=f"wijken van {d.naam}",
        blad="wijken",
    )


def make_vergelijking(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Observed against expected, a row a productgroep and a column a measure, in words."""
    df = aanbieders.read_vergelijking(lezer, f)
    cel = {(r["productgroep"], r["maat"]): r for r in df.iter_rows(named=True)}
    groepen = (
        df.filter(pl.col("maat") == aanbieders.MAATSTAVEN[0])["productgroep"].to_list()
        or df["productgroep"].unique(maintain_order=True).to_list()
    )

    def word(groep: str, maat: str) -> str:
        r = cel.get((groep, maat))
        return GEEN if r is None else words.word_verhouding(r["verhouding"], r["oordeel"])

    return Tabel(
        "dossier_vergelijking",
        words.title_vergelijking(d.naam, df),
        f"{aanbieders.year_of(f)}; keer wat bij deze cliënten verwacht mag worden (product, zwaarte, "
        "leeftijd); anders: buiten 99,8 %",
        df,
        {"Productgroep": "tekst"} | {words.MAAT[m]: "tekst" for m in aanbieders.MAATSTAVEN},
        [[g, *(word(g, m) for m in aanbieders.MAATSTAVEN)] for g in groepen],
        leeg="Nog niets te vergelijken: daarvoor zijn maanden nodig die niet meer voorlopig zijn.",
        begrip="waargenomen_verwacht",
        wat=f"waargenomen en verwacht, {d.naam}",
        blad="vergelijking",
    )


def make_tarief(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """What was billed per unit beside the price of the contract, and what differs in euros."""
    df = lezen.read_tarief(lezer, f)
    rijen = [
        [
            name_product(r),
            KLEIN if r["niet_getoond"] else _per_unit(r["contract_cent"], r["volume"], r["eenheid"]),
            KLEIN if r["niet_getoond"] else _per_unit(r["gedeclareerd_cent"], r["volume"], r["eenheid"]),
            KLEIN if r["niet_getoond"] else signed(euro(r["verschil_cent"])),
        ]
        for r in df.iter_rows(named=True)
    ]
    return Tabel(
        "dossier_tarief",
        words.title_tarief(df),
        f"{f.periode.label}; hetzelfde volume tegen contracttarief; zonder contract telt het gangbare tarief",
        df,
        {"Product": "tekst", "Contract": "getal", "Gedeclareerd": "getal", "Verschil": "getal"},
        rijen,
        leeg="Niets per eenheid gedeclareerd in deze maanden.",
        noot=explain_small(lezer, df),
        begrip="p",
        wat=f"tarieven van {d.naam} naast het contract",
        blad="tarieven",
    )


def _per_unit(cent: int | None, volume: float | None, eenheid: str) -> str:
    return GEEN if cent is None or not volume else price(cent / volume, eenheid)


def make_traject(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """What trajecten that ended cost and how long they took."""
    df = lezen.read_traject(lezer, f)
    rijen = [
        [
            name_product(r),
            KLEIN if r["niet_getoond"] else count(r["aantal"]),
            KLEIN if r["niet_getoond"] else euro(r["gemiddelde_cent"]),
            KLEIN if r["niet_getoond"] else euro(r["mediaan_cent"]),
            KLEIN if r["niet_getoond"] else f"{decimals(r['gemiddelde_dagen'] / 7, 0)} weken",
        ]
        for r in df.iter_rows(named=True)
    ]
    kolommen = {"Product": "tekst", "Trajecten": "getal", "Gemiddeld": "getal", "Midden": "getal"}
    return Tabel(
        "dossier_traject",
        words.title_traject(df),
        f"trajecten die in {aanbieders.year_of(f)} eindigden en binnen de gegevens begonnen",
        df,
        kolommen | {"Duur gemiddeld": "getal"},
        rijen,
        leeg="Geen trajecten die in dit jaar eindigden.",
        noot=explain_small(lezer, df),
        begrip="duur",
        wat=f"trajectprijs van {d.naam}",
        blad="trajecten",
    )


def make_aandeel(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """How much of a productgroep comes from this aanbieder, and who has care from nobody else."""
    df = aanbieders.read_aandeel(lezer, f)
    rijen = [
        [
            r["productgroep"],
            KLEIN if r["niet_getoond"] else percent(r["aandeel"], 0),
            KLEIN if r["niet_getoond"] else f"{count(r['rang'])} van {count(r['aanbieders'])}",
            KLEIN if r["niet_getoond"] else count(r["clienten"]),
            KLEIN
            if r["niet_getoond"]
            else f"{count(r['clienten_alleen_hier'])} ({percent(r['afhankelijk_aandeel'], 0)})",
        ]
        for r in df.iter_rows(named=True)
    ]
    kolommen = {"Productgroep": "tekst", "Aandeel": "getal", "Plaats": "getal", "Cliënten": "getal"}
    return Tabel(
        "dossier_aandeel",
        words.title_aandeel(d.naam, df),
        f"{aanbieders.year_of(f)}; aandeel in de uitgaven via berichten; alleen hier: geen andere aanbieder",
        df,
        kolommen | {"Alleen hier": "getal"},
        rijen,
        leeg="Geen omzet in dit jaar.",
        noot=explain_small(lezer, df),
        wat=f"aandeel van {d.naam}",
        blad="aandeel",
    )


def make_vast(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """Of a fixed sum: what was agreed and what its percelen reach, by year."""
    percelen = [p.strip() for t in d.contract["perceel"].drop_nulls() for p in t.split(",")]
    df = lezen.read_vast(lezer, f, percelen)
    jaren = sorted(df["jaar"].unique())[-4:]
    per = {(o, m, j): _amount(b, w, e) for o, j, _, m, b, w, e, *_ in df.iter_rows()}
    rijen = [
        [o, m, *(per.get((o, m, j), GEEN) for j in jaren)]
        for o, m in df.select("onderdeel", "maat").unique(maintain_order=True).rows()
    ]
    return Tabel(
        "dossier_vast",
        f"Afgesproken en bereikt in {plural(df['onderdeel'].n_unique(), 'perceel', 'percelen')}"
        if df.height
        else "Nog geen kengetallen",
        "per jaar, zoals aangeleverd; het bereik uit de berichten kan anders tellen",
        df,
        {"Perceel": "tekst", "Wat": "tekst"} | {str(j): "getal" for j in jaren},
        rijen,
        leeg="Lever de kengetallen van dit perceel aan; zij worden dan hier getoond.",
        wat=f"vast bedrag van {d.naam}",
        blad="kengetallen",
    )


def _amount(cent: int | None, waarde: float | None, eenheid: str | None) -> str:
    return euro(cent) if cent is not None else GEEN if waarde is None else f"{count(waarde)} {eenheid or ''}"


def make_nagekomen(lezer: Lezer, f: Filters, d: Dossier) -> Tabel:
    """How much of each month has come in, next to the whole city; an estimate, and it says so."""
    df = lezen.read_nagekomen(lezer, f)
    rijen = [
        [
            month(r["levermaand"]),
            KLEIN if r["niet_getoond"] else percent(r["fractie"]),
            percent(r["fractie_stad"]),
            KLEIN if r["niet_getoond"] else euro(r["nagekomen_cent"]),
        ]
        for r in df.sort("levermaand", descending=True).iter_rows(named=True)
    ]
    return Tabel(
        "dossier_nagekomen",
        words.title_nagekomen(df),
        f"{f.periode.label}; deel dat naar schatting al is gedeclareerd, naast alle aanbieders samen",
        df,
        {"Maand": "kort", "Hier": "getal", "Alle aanbieders": "getal", "Komt naar schatting nog": "getal"},
        rijen,
        leeg="Alleen van aanbieders met een groot aandeel in een productgroep wordt dit geschat.",
        noot=explain_small(lezer, df),
        begrip="nagekomen",
        wat=f"declaratiesnelheid van {d.naam}",
        blad="declaratiesnelheid",
    )
