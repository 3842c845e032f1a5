"""What stands on a tile: value, parts, base, direction, certainty and history, in words and numbers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from dashboard.access.reader import Lezer
from dashboard.filters import Filters, Periode
from dashboard.numbers import (
    GEEN,
    MAANDEN,
    add_months,
    count,
    euro,
    euro_mln,
    month,
    months_between,
    percent,
    ratio,
    signed,
)
from dashboard.reading import stroom, uitnutting, verloop


@dataclass(frozen=True)
class Regel:
    """A base to compare with: its value, the signed difference, and a verdict where the budget gives one."""

    label: str
    waarde: str
    verschil: str = ""
    oordeel: str = ""


def word_verschil(r: Regel) -> str:
    """The difference of a line with its verdict and the sign that goes with it; empty without one."""
    teken = {"nadeel": "▲ ", "voordeel": "▼ "}.get(r.oordeel, "")
    return f"{r.verschil} {teken}{r.oordeel}".strip() if r.verschil else ""


@dataclass(frozen=True)
class Punt:
    """A month of the sparkline; waarde None: not shown."""

    maand: date
    waarde: float | None
    voorlopig: bool


@dataclass(frozen=True)
class Tegel:
    """Everything one tile says."""

    sleutel: str
    titel: str
    begrip: str
    waarde: str
    zekerheid: str = ""
    delen: tuple[tuple[str, str], ...] = ()
    regels: tuple[Regel, ...] = ()
    reeks: tuple[Punt, ...] = ()
    reeks_uitleg: str = ""


@dataclass(frozen=True)
class Uitgaven:
    """Euros of a period by part; None where small cells do not allow it."""

    berichten: int | None
    vast: int
    grootboek: int

    @property
    def totaal(self) -> int | None:
        """The parts together, when all may be shown."""
        return None if self.berichten is None else self.berichten + self.vast + self.grootboek


def describe_certainty(lezer: Lezer, periode: Periode) -> str:
    """Say which months of the period are provisional; empty when none is."""
    vanaf, laatste = lezer.meta.voorlopig_vanaf, add_months(periode.tot, -1)
    if vanaf is None or laatste < vanaf:
        return ""
    eerste = max(vanaf, periode.van)
    if eerste == laatste:
        return f"voorlopig: {month(laatste)} is nog niet compleet"
    return f"voorlopig: {MAANDEN[eerste.month - 1]} t/m {month(laatste)} zijn nog niet compleet"


def read_uitgaven(lezer: Lezer, f: Filters, *, toen: bool = False) -> Uitgaven:
    """Messages, vaste bedragen and ledger-only over the period of `f`; toen: as known twelve months ago."""
    boeken = verloop.read_grootboek(lezer, f)
    kolom = "realisatie_toen_cent" if toen else "realisatie_cent"
    vast = boeken.filter(pl.col("onderdeel") == "vast")[kolom].sum()
    rest = boeken.filter(pl.col("onderdeel") != "vast")[kolom].sum()
    berichten = verloop.read_totaal(lezer, f, toen=toen)["realisatie_cent"]
    return Uitgaven(berichten, int(vast or 0), int(rest or 0))


def last_year(lezer: Lezer, f: Filters) -> tuple[Filters, bool, str] | None:
    """The same months a year earlier, whether they are read as then known, and how to call that.

    Young months are compared with months that were young too; None when the snapshot does not go back so far.
    """
    vorig = f.periode.shift(-12)
    eerste = lezer.meta.eerste_levermaand
    if eerste is None or vorig.van < eerste:
        return None
    toen = bool(describe_certainty(lezer, f.periode)) and verloop.knows_then(lezer, vorig)
    return f.at(vorig), toen, "vorig jaar, zoals toen bekend" if toen else "vorig jaar"


def _compare(nu: float | None, vorig: float | None, label: str, write: Callable[[float], str]) -> Regel:
    if nu is None or vorig is None:
        return Regel(label, GEEN if vorig is None else write(vorig))
    deel = ratio(nu - vorig, abs(vorig))
    return Regel(label, write(vorig), signed(percent(deel)) if deel is not None else "")


def _points(df: pl.DataFrame, kolom: str, lezer: Lezer) -> tuple[Punt, ...]:
    return tuple(
        Punt(m, v, verloop.is_voorlopig(lezer, m)) for m, v in df.select("levermaand", kolom).iter_rows()
    )


def last_months(lezer: Lezer, f: Filters, maanden: int = 12) -> Filters:
    """The view over the last twelve months up to the end of the period, as far as the snapshot goes back."""
    eerste = lezer.meta.eerste_levermaand or f.periode.van
    van = max(eerste, add_months(f.periode.tot, -maanden))
    return f.at(Periode(f.periode.sleutel, van, f.periode.tot))


def make_uitgaven(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of the euros: three parts, against the budget of the same months and last year as then known."""
    nu = read_uitgaven(lezer, f)
    t_m = month(add_months(f.periode.tot, -1)).split()[0]
    regels: list[Regel] = []
    if not f.has_deel:
        begroting = verloop.prorate(verloop.read_begroting(lezer, f), f.periode)
        regels.append(_against_budget(nu.totaal, begroting, f"begroting t/m {t_m}"))
    jaar = last_year(lezer, f)
    if jaar is not None:
        vorig, toen, label = jaar
        regels.append(_compare(nu.totaal, read_uitgaven(lezer, vorig, toen=toen).totaal, label, euro_mln))
    delen = [("via berichten", euro_mln(nu.berichten))]
    if not f.has_deel:
        delen += [("vaste bedragen", euro_mln(nu.vast)), ("alleen in grootboek", euro_mln(nu.grootboek))]
    breed = last_months(lezer, f)
    maanden = verloop.read_maanden(lezer, breed).select("levermaand", "realisatie_cent")
    boeken = (
        verloop.read_grootboek(lezer, breed)
        .group_by("levermaand")
        .agg(pl.col("realisatie_cent").sum().alias("b"))
    )
    samen = maanden.join(boeken, on="levermaand", how="left").sort("levermaand")
    samen = samen.with_columns(pl.col("realisatie_cent") + pl.col("b").fill_null(0))
    return Tegel(
        sleutel="uitgaven",
        titel=f"Uitgaven t/m {month(add_months(f.periode.tot, -1))}"
        if f.periode.van.month == 1
        else "Uitgaven",
        begrip="realisatie",
        waarde=lezer.niet_getoond if nu.totaal is None else euro_mln(nu.totaal),
        zekerheid=describe_certainty(lezer, f.periode),
        delen=tuple(delen),
        regels=tuple(regels),
        reeks=_points(samen, "realisatie_cent", lezer),
        reeks_uitleg="uitgaven per maand",
    )


def _against_budget(nu: int | None, begroting: int | None, label: str) -> Regel:
    if begroting is None:
        return Regel(label.split(" t/m")[0], "niet geladen voor dit jaar")
    if nu is None:
        return Regel(label, euro_mln(begroting))
    verschil = nu - begroting
    oordeel = "nadeel" if verschil > 0 else "voordeel" if verschil < 0 else ""
    deel = ratio(verschil, abs(begroting))
    tekst = (
        f"{signed(euro_mln(verschil))} ({percent(abs(deel))})"
        if deel is not None
        else signed(euro_mln(verschil))
    )
    return Regel(label, euro_mln(begroting), tekst, oordeel)


def make_clienten(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of the clients: each counted once over the period."""
    nu = verloop.read_totaal(lezer, f)["clienten"]
    jaar = last_year(lezer, f)
    regels: list[Regel] = []
    if jaar is not None:
        vorig = verloop.read_totaal(lezer, jaar[0], toen=jaar[1])["clienten"]
        regels.append(_compare(nu, vorig, jaar[2], count))
    maanden = verloop.read_maanden(lezer, last_months(lezer, f))
    return Tegel(
        sleutel="clienten",
        titel="Cliënten",
        begrip="clienten",
        waarde=lezer.niet_getoond if nu is None else count(nu),
        zekerheid=describe_certainty(lezer, f.periode),
        regels=tuple(regels),
        reeks=_points(maanden, "clienten", lezer),
        reeks_uitleg="cliënten per maand",
    )


def make_kosten(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of the euros by messages per client over the period."""
    nu = verloop.read_totaal(lezer, f)
    waarde = ratio(nu["realisatie_cent"], nu["clienten"])
    jaar = last_year(lezer, f)
    regels: list[Regel] = []
    if jaar is not None:
        toen = verloop.read_totaal(lezer, jaar[0], toen=jaar[1])
        regels.append(_compare(waarde, ratio(toen["realisatie_cent"], toen["clienten"]), jaar[2], euro))
    maanden = verloop.read_maanden(lezer, last_months(lezer, f)).with_columns(
        (pl.col("realisatie_cent") / pl.when(pl.col("clienten") > 0).then(pl.col("clienten"))).alias("per")
    )
    verborgen = nu["clienten"] is None
    return Tegel(
        sleutel="kosten",
        titel="Gemiddelde kosten per cliënt",
        begrip="kosten_per_client",
        waarde=lezer.niet_getoond if verborgen else euro(waarde),
        zekerheid=describe_certainty(lezer, f.periode),
        delen=(("alleen wat via berichten loopt", ""),),
        regels=tuple(regels),
        reeks=_points(maanden, "per", lezer),
        reeks_uitleg="kosten per cliënt per maand",
    )


def make_stroom(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of instroom minus uitstroom."""
    basis = Tegel("stroom", "Instroom − uitstroom", "instroom", GEEN)
    nu = stroom.read_stroom_totaal(lezer, f)
    reeks = stroom.read_stroom(lezer, last_months(lezer, f))
    if nu is None or reeks is None:
        return replace(basis, zekerheid="wordt voor deze combinatie van filters niet bijgehouden")
    saldo = None if nu[0] is None or nu[1] is None else nu[0] - nu[1]
    regels: list[Regel] = []
    jaar = last_year(lezer, f)
    vorig = stroom.read_stroom_totaal(lezer, jaar[0]) if jaar else None
    if vorig is not None:
        oud = None if vorig[0] is None or vorig[1] is None else vorig[0] - vorig[1]
        regels.append(Regel("vorig jaar", GEEN if oud is None else signed(count(oud))))
    punten = reeks.with_columns((pl.col("instroom") - pl.col("uitstroom")).alias("saldo"))
    jong = punten.filter(pl.col("voorlopig") & (pl.col("levermaand") >= f.periode.van))
    return replace(
        basis,
        waarde=lezer.niet_getoond if saldo is None else signed(count(saldo)),
        zekerheid=f"voorlopig vanaf {month(jong['levermaand'][0])}: een einde blijkt pas later"
        if jong.height
        else "",
        delen=(("instroom", count(nu[0])), ("uitstroom", count(nu[1]))),
        regels=tuple(regels),
        reeks=tuple(
            Punt(m, v, j) for m, v, j in punten.select("levermaand", "saldo", "voorlopig").iter_rows()
        ),
        reeks_uitleg="saldo per maand",
    )


def make_uitnutting(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of delivered over allocated euros, over the months that are complete."""
    vanaf = lezer.meta.voorlopig_vanaf
    tot = min(f.periode.tot, vanaf) if vanaf is not None else f.periode.tot
    rijp = f if tot <= f.periode.van else f.at(Periode(f.periode.sleutel, f.periode.van, tot))
    laatste, jaar = last_months(lezer, f), last_year(lezer, rijp)
    # one read for the months on the tile and those a year earlier: every month stands by itself
    eerste = min(k.periode.van for k in (laatste, rijp, *(() if jaar is None else jaar[:1])))
    alles = uitnutting.read_maanden(lezer, f.at(Periode(f.periode.sleutel, eerste, f.periode.tot)))

    def months(k: Filters) -> pl.DataFrame:
        return alles.filter(pl.col("levermaand").is_between(k.periode.van, k.periode.tot, closed="left"))

    def share(df: pl.DataFrame) -> float | None:
        if df["niet_getoond"].any() or df.height == 0:
            return None
        return ratio(df["geleverd_cent"].sum(), df["toegewezen_cent"].sum())

    df = months(rijp)
    nu = share(df)
    regels: list[Regel] = []
    if jaar is not None:
        oud = share(months(jaar[0]))
        punten = (
            signed(percent(nu - oud)).replace(" %", " procentpunt")
            if nu is not None and oud is not None
            else ""
        )
        regels.append(Regel("vorig jaar", percent(oud), punten))
    deel = pl.col("geleverd_cent") / pl.when(pl.col("toegewezen_cent") > 0).then(pl.col("toegewezen_cent"))
    verborgen = bool(df["niet_getoond"].any())
    maanden = f"over {months_between(rijp.periode.van, rijp.periode.tot)}"
    return Tegel(
        sleutel="uitnutting",
        titel="Uitnutting",
        begrip="uitnutting",
        waarde=lezer.niet_getoond if verborgen else percent(nu),
        zekerheid=describe_certainty(lezer, f.periode)
        if rijp is f
        else f"{maanden}; jongere tellen niet mee",
        delen=(("geleverd van wat is toegewezen, in euro", ""),),
        regels=tuple(regels),
        reeks=_points(months(laatste).with_columns(deel.alias("deel")), "deel", lezer),
        reeks_uitleg="uitnutting per maand",
    )
