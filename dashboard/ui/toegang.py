"""The page Toegang: from melding to care, per step, wijkteam and verwijzer."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard import words_toegang as words
from dashboard.access.door import Toegang
from dashboard.figures.rangorde import make_rangorde
from dashboard.figures.toegang import make_panelen
from dashboard.filters import Filters
from dashboard.numbers import GEEN, add_months, count, decimals, euro, percent, quarter
from dashboard.reading import toegang as lezen
from dashboard.reading.toegang import TERMIJNEN, TIJDEN
from dashboard.reading.verloop import is_voorlopig
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip

LEEG = "Geen meldingen in deze maanden. Kies een andere periode of wis de filters."
PANELEN = (
    (TIJDEN["onderzoek"], "Van melding tot onderzoek klaar, dagen"),
    (TIJDEN["besluit"], "Van aanvraag tot besluit, dagen"),
    (TIJDEN["wachttijd"], "Van toewijzing tot eerste zorg, dagen"),
)
EERST = "Wmo"
MAAT = "toegang_maat"


@dataclass(frozen=True)
class Maat:
    """What can be compared between wijkteams."""

    naam: str
    kolom: str
    write: Callable[[float], str]
    begrip: str
    hoog_is: str


def _days(v: float) -> str:
    return f"{decimals(v, 0)} dagen"


MATEN = (
    Maat("onderzoek op tijd", "onderzoek_binnen_termijn", lambda v: percent(v, 0), "doorlooptijd", "meeste"),
    Maat("besluit op tijd", "besluit_binnen_termijn", lambda v: percent(v, 0), "doorlooptijd", "meeste"),
    Maat("doorlooptijd", "doorlooptijd_mediaan_dagen", _days, "doorlooptijd", "langste"),
    Maat("wachttijd", "wachttijd_mediaan_dagen", _days, "wachttijd", "langste"),
)
ONDER = {
    "onderzoek_binnen_termijn": "deel van de onderzoeken dat binnen zes weken klaar is",
    "besluit_binnen_termijn": "deel van de aanvragen met een besluit binnen twee weken",
    "doorlooptijd_mediaan_dagen": "mediaan van melding tot besluit",
    "wachttijd_mediaan_dagen": "mediaan van toewijzing tot eerste zorg",
}


def show_trechter(toegang: Toegang, f: Filters) -> None:
    """Card: of the meldingen, how many were granted and how many have care now."""
    t = lezen.read_trechter(toegang.lezer, f)
    stappen = (("Meldingen", "meldingen"), ("Toegekend", "toegekend"), ("Zorg begonnen", "gestart"))
    basis = t.get("meldingen")
    df = pl.DataFrame(
        [{"stap": n, "aantal": t.get(k)} for n, k in stappen],
        schema={"stap": pl.String(), "aantal": pl.Int64()},
    )
    wanneer = f"meldingen van {words.word_kwartalen(t.get('eerste'), t.get('laatste'))}" if t else ""

    def tell(v: float) -> str:
        return f"{count(v)} · {percent(v / basis, 0)}" if isinstance(basis, int) and basis else count(v)

    def rows() -> list[list[str]]:
        return [[n, "niet getoond" if v is None else tell(v)] for n, v in df.iter_rows()]

    show_card(
        toegang,
        "trechter",
        words.title_trechter(t),
        f"{wanneer}; hoe het tot nu toe verging" if t else f.periode.label,
        lambda: make_rangorde(df, "stap", "aantal", theme_palette(), tell),
        "Aantal meldingen, toekenningen en begonnen zorg. De tabel geeft dezelfde cijfers.",
        df,
        {"Stap": "tekst", "Aantal": "getal"},
        rows,
        explain(toegang, f"meldingen, toekenningen en begonnen zorg, {wanneer}", f, "doorlooptijd"),
        begrip="doorlooptijd",
        leeg="" if t else LEEG,
    )


def show_tijden(toegang: Toegang, f: Filters, reeks: pl.DataFrame) -> None:
    """Card: the median of three steps per quarter, against the term."""
    termijnen = {TIJDEN[k]: d for k, d in TERMIJNEN.items()}

    def rows() -> list[list[str]]:
        uit = []
        for r in reeks.sort("kwartaal", "wet", descending=[True, True]).iter_rows(named=True):
            dagen = [GEEN if r[k] is None else decimals(r[k], 0) for k, _ in PANELEN]
            delen = [percent(r[k], 0) for k in ("onderzoek_binnen_termijn", "besluit_binnen_termijn")]
            merk = " (voorlopig)" if r["voorlopig"] else ""
            uit.append([f"{quarter(r['kwartaal'])}{merk}", r["wet"], *dagen, *delen])
        return uit

    kolommen = {"Kwartaal": "kort", "Wet": "tekst"} | dict.fromkeys(
        ("Onderzoek", "Besluit", "Wachttijd", "Onderzoek op tijd", "Besluit op tijd"), "getal"
    )
    show_card(
        toegang,
        "tijden",
        words.title_tijden(
            {w: words.find_laatste(reeks, w) for w in reeks["wet"].unique(maintain_order=True)}
        ),
        "mediaan per kwartaal van melding, lopende zaken meegeteld; open punt: voorlopig; termijn: Wmo",
        lambda: make_panelen(reeks, PANELEN, termijnen, theme_palette()),
        "Mediane duur van onderzoek, besluit en wachttijd per kwartaal. De tabel geeft dezelfde cijfers.",
        reeks,
        kolommen,
        rows,
        explain(toegang, "doorlooptijden van de toegang per kwartaal", f, "doorlooptijd"),
        begrip="doorlooptijd",
        leeg="" if reeks.height else LEEG,
    )


def show_wijkteams(toegang: Toegang, f: Filters, reeks: pl.DataFrame) -> None:
    """Card: one measure per wijkteam in the newest quarter that ran its course."""
    wet = f.wet or EERST
    kwartaal = lezen.find_kwartaal(reeks, wet)
    namen = [m.naam for m in MATEN]
    gekozen = st.session_state.get(MAAT)
    maat = next((m for m in MATEN if m.naam == gekozen), MATEN[0])

    def choose() -> None:
        st.segmented_control(
            "Maat",
            namen,
            default=namen[0],
            required=True,
            key=MAAT,
            label_visibility="collapsed",
            wrap=True,
        )

    df = pl.DataFrame(schema={"wijkteam": pl.String(), maat.kolom: pl.Float64()})
    stad: float | None = None
    if kwartaal is not None:
        df = lezen.read_wijkteams(toegang.lezer, f, wet, kwartaal)
        df = df.sort(maat.kolom, "wijkteam", descending=[True, False], nulls_last=True)
        stad = reeks.filter((pl.col("wet") == wet) & (pl.col("kwartaal") == kwartaal))[maat.kolom][0]

    def rows() -> list[list[str]]:
        return [
            [r["wijkteam"], *("niet getoond" if r[m.kolom] is None else m.write(r[m.kolom]) for m in MATEN)]
            for r in df.iter_rows(named=True)
        ]

    show_card(
        toegang,
        "wijkteams",
        words.title_wijkteams(maat.naam, df, maat.kolom, maat.write),
        f"{wet}, {ONDER[maat.kolom]}; meldingen van {words.word_kwartalen(kwartaal, kwartaal)}",
        lambda: make_rangorde(
            df,
            "wijkteam",
            maat.kolom,
            theme_palette(),
            maat.write,
            None if stad is None else (f"stad {maat.write(stad)}", stad),
        ),
        f"{maat.naam} per wijkteam. De tabel geeft alle maten.",
        df,
        {"Wijkteam": "tekst"} | {m.naam.capitalize(): "getal" for m in MATEN},
        rows,
        explain(toegang, f"toegang per wijkteam, {wet}", f, maat.begrip),
        begrip=maat.begrip,
        leeg="" if df.height else LEEG,
        keuze=choose,
    )


def show_contacten(toegang: Toegang, f: Filters) -> None:
    """Card: doorverwijzingen per 100 klantcontacten per wijkteam."""
    df = lezen.read_contacten(toegang.lezer, f).sort(
        "per_100", "wijkteam", descending=[True, False], nulls_last=True
    )
    alle = lezen.read_contacten(toegang.lezer, f, stad=True)
    stad = alle["per_100"][0] if alle.height else None

    def rows() -> list[list[str]]:
        return [
            [w, count(c), "niet getoond" if d is None else count(d), GEEN if p is None else decimals(p, 1)]
            for w, c, d, p in df.select("wijkteam", "contacten", "doorverwijzingen", "per_100").iter_rows()
        ]

    show_card(
        toegang,
        "contacten",
        words.title_per_100(df, stad),
        f"doorverwijzingen naar een voorziening per 100 klantcontacten, {f.periode.label}; beide wetten",
        lambda: make_rangorde(
            df,
            "wijkteam",
            "per_100",
            theme_palette(),
            lambda v: decimals(v, 1),
            None if stad is None else (f"stad {decimals(stad, 1)}", stad),
        ),
        "Doorverwijzingen per 100 klantcontacten per wijkteam. De tabel geeft dezelfde cijfers.",
        df,
        {"Wijkteam": "tekst", "Klantcontacten": "getal", "Doorverwijzingen": "getal", "Per 100": "getal"},
        rows,
        explain(toegang, "klantcontacten en doorverwijzingen per wijkteam", f),
        leeg="" if df.height else "Geen telling van klantcontacten in deze maanden.",
    )


def show_verwijzers(toegang: Toegang, f: Filters) -> None:
    """Card: what came through each kind of verwijzer."""
    lezer = toegang.lezer
    df = lezen.read_verwijzers(lezer, f)
    jaar = add_months(f.periode.tot, -1).year
    deel = "; het jaar loopt nog" if is_voorlopig(lezer, add_months(f.periode.tot, -1)) else ""
    with st.container(border=True, key="kaart-verwijzers"):
        show_title(
            words.title_verwijzers(df),
            f"zorg van {jaar} naar wie verwees; een cliënt met meer verwijzers telt bij elk{deel}",
            begrip=draw_begrip(lezer, "verwijzer"),
        )
        if df.height == 0:
            show_empty("Geen zorg in dit jaar. Kies een andere periode of wis de filters.")
            return
        with st.container(horizontal=True, gap="small"):
            show_downloads(
                toegang,
                df,
                "verwijzers",
                explain(toegang, "zorg per verwijzer", f, "verwijzer"),
                "verwijzers",
            )
        kolommen = {"Verwijzer": "tekst", "Wet": "tekst"} | dict.fromkeys(
            ("Cliënten", "Toewijzingen", "Kosten per cliënt", "Zwaarte (1–5)", "Duur, weken"), "getal"
        )
        rijen = [
            [
                r["verwijzer"],
                r["wet"],
                "niet getoond" if r["niet_getoond"] else count(r["clienten"]),
                count(r["toewijzingen"]),
                euro(r["kosten_per_client_cent"]),
                GEEN if r["zwaarte_rang"] is None else decimals(r["zwaarte_rang"], 1),
                GEEN if r["duur_dagen"] is None else decimals(r["duur_dagen"] / 7, 0),
            ]
            for r in df.iter_rows(named=True)
        ]
        show_table(kolommen, rijen, "Zorg per verwijzer")
        noten = [
            "Duur: van zorg die in het jaar eindigde.",
            "Zwaarte: gemiddelde van de toewijzingen van het jaar.",
        ]
        if df["niet_getoond"].any():
            noten.append(f"Niet getoond: {lezer.reden_niet_getoond}.")
        st.caption(" ".join(noten))
