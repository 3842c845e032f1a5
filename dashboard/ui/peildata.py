"""The page Peildata: which snapshots are kept, what differs between two, why the last step, and the notes."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import words_beheer as words
from dashboard.access import door
from dashboard.access.door import Toegang
from dashboard.access.generaties import Generatie, list_generaties, open_lezer
from dashboard.access.snapshot import SnapshotError
from dashboard.figures.rangorde import make_rangorde
from dashboard.notities.opslag import NotitieError, read_all
from dashboard.notities.uitvoer import export_notities
from dashboard.numbers import day, decimals, euro, euro_mln, moment, month, plural, signed
from dashboard.reading import peildata
from dashboard.ui.card import explain, show_card, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty

EERST, DAARNA = "peil_eerst", "peil_daarna"
TOP = 12
GELIJK = (
    "Beide momentopnamen geven dezelfde uitgaven, voor zover te tonen. Kies een andere om te vergelijken."
)
EEN_TEKST = (
    "Er is één momentopname bewaard, dus er is nog niets te vergelijken. Bij de volgende afleiding blijft "
    "deze staan naast de nieuwe. Hoeveel er bewaard blijven kiest u met <code>--generaties</code> bij "
    "<code>python -m warehouse build</code> (gewoonlijk drie)."
)


def label(g: Generatie) -> str:
    """How a snapshot is called in a list."""
    if g.meta is None:
        return f"versie {g.naam}"
    return f"bekend op {day(g.meta.bekend_op)} · versie {g.naam}"


def show_bewaard(toegang: Toegang) -> list[Generatie]:
    """Card: every snapshot that is kept; returns them, newest first."""
    alle = list_generaties(door.snapshot_path())
    with st.container(border=True, key="kaart-bewaard"):
        wanneer = alle[-1].meta.bekend_op if alle and alle[-1].meta is not None else None
        terug = (
            f", terug tot wat op {day(wanneer)} bekend was" if wanneer is not None and len(alle) > 1 else ""
        )
        show_title(
            f"{plural(len(alle), 'momentopname', 'momentopnamen')} bewaard{terug}",
            "nieuwste eerst; een oude momentopname verandert nooit meer",
        )
        rijen = [
            [
                ("in gebruik: " if g.huidig else "") + g.naam,
                day(g.meta.bekend_op) if g.meta else "oudere opbouw, niet te openen",
                moment(g.meta.gebouwd_op) if g.meta else "–",
                f"{decimals(g.grootte / 1_000_000, 0)} MB",
                f"{g.goed} van {g.controles} goed" if g.meta else "–",
            ]
            for g in alle
        ]
        kolommen = {"Versie": "kort", "Bekend op": "kort", "Gemaakt op": "kort", "Grootte": "getal"}
        show_table(kolommen | {"Controles": "kort"}, rijen, "Bewaarde momentopnamen")
    return alle


def _choose(naam: str, sleutel: str, alle: Sequence[Generatie], eerste: int) -> Generatie:
    per_naam = {g.naam: g for g in alle}
    if st.session_state.get(sleutel) not in (None, *per_naam):
        st.session_state.pop(sleutel)
    gekozen = st.selectbox(
        naam, list(per_naam), index=eerste, key=sleutel, format_func=lambda n: label(per_naam[n])
    )
    return per_naam.get(gekozen, alle[eerste])


def show_vergelijking(toegang: Toegang, alle: Sequence[Generatie]) -> None:
    """Cards: the choice of two snapshots, and the euros that differ."""
    leesbaar = [g for g in alle if g.meta is not None]
    if len(leesbaar) < 2:
        with st.container(border=True, key="kaart-verschillen"):
            show_title("Vergelijken kan bij twee momentopnamen", "dezelfde vraag aan beide gesteld")
            show_empty(EEN_TEKST)
        return
    links, rechts = st.columns(2, gap="small")
    # by default against the last one that knew less; two of the same date say the same
    ouder = next((i for i, g in enumerate(leesbaar) if _known(g) < _known(leesbaar[0])), 1)
    with links:
        eerst = _choose("Eerste momentopname", EERST, leesbaar, ouder)
    with rechts:
        daarna = _choose("Tweede momentopname", DAARNA, leesbaar, 0)
    try:
        lezers = [open_lezer(toegang, g) for g in (eerst, daarna)]
    except (SnapshotError, OSError):
        show_empty("Een van deze momentopnamen is net opgeruimd. Kies een andere.")
        return
    toegang.log("inzage", {"pagina": "peildata", "eerst": eerst.naam, "daarna": daarna.naam})
    df = peildata.compare(*(peildata.read_jaren(lezer) for lezer in lezers))
    per_product = peildata.sum_hoofdproduct(df)
    naam = [f"{h} ({w})" for w, h in per_product.select("wet", "hoofdproduct").iter_rows()]
    per_product = per_product.with_columns(pl.Series("naam", naam, dtype=pl.Utf8))
    zonder = df.filter("niet_getoond").height
    rest = f"; {plural(zonder, 'bedrag', 'bedragen')} niet getoond" if zonder else ""
    eerste, tweede = (lezer.meta for lezer in lezers)
    maanden = f"{_months(eerste.laatste_levermaand)} tegenover {_months(tweede.laatste_levermaand)}"
    show_card(
        toegang,
        "verschillen",
        words.title_verschil(int(df["verschil_cent"].sum()), eerste, tweede),
        f"verschil per hoofdproduct over alle jaren samen, {maanden}; per jaar in de tabel{rest}",
        lambda: _rank(per_product.head(TOP), "naam", "verschil_cent"),
        "Verschil in euro's per hoofdproduct tussen twee momentopnamen; de tabel geeft elk jaar.",
        df,
        {
            "Wet": "kort",
            "Hoofdproduct": "tekst",
            "Jaar": "kort",
            "Eerste": "getal",
            "Tweede": "getal",
            "Verschil": "getal",
        },
        lambda: _rows(df, toegang.lezer.reden_niet_getoond),
        explain(
            toegang,
            f"uitgaven per hoofdproduct en jaar, versie {eerst.naam} en {daarna.naam}",
            None,
            "realisatie",
        ),
        leeg="" if per_product.height or df.filter(~pl.col("niet_getoond")).height else GELIJK,
        begrip="realisatie",
        smal=lambda: _rank(per_product.head(TOP), "naam", "verschil_cent", smal=True),
    )


def _known(g: Generatie) -> date:
    return g.meta.bekend_op if g.meta is not None else date.min


def _months(laatste: date | None) -> str:
    return "zonder volledige maanden" if laatste is None else f"volledig t/m {month(laatste)}"


def _rows(df: pl.DataFrame, reden: str) -> list[list[str]]:
    rijen = []
    for r in df.sort("jaar", "wet", "hoofdproduct", descending=[True, True, False]).iter_rows(named=True):
        bedragen = (
            ["niet getoond"] * 2 + [reden]
            if r["niet_getoond"]
            else [euro(r["eerst_cent"]), euro(r["daarna_cent"]), signed(euro(r["verschil_cent"]))]
        )
        rijen.append([r["wet"], r["hoofdproduct"] or "onbekend", str(r["jaar"]), *bedragen])
    return rijen


def show_oorzaken(toegang: Toegang) -> None:
    """Card: the last step, by its causes (mart.verschil)."""
    vergeleken = peildata.read_vergelijking(toegang.lezer)
    samen, df = peildata.read_samen(toegang.lezer), peildata.read_verschil(toegang.lezer)
    leeg = ""
    if vergeleken["reden"] or vergeleken["bekend_op"] is None:
        reden = vergeleken["reden"] or "Met geen momentopname vergeleken."
        leeg = f"{reden} Na de volgende afleiding staat hier waardoor de cijfers veranderden."
    elif samen.height == 0:
        leeg = "De realisatie is gelijk gebleven: er kwam niets bij en er veranderde niets."
    op = vergeleken["bekend_op"]
    tegen = f"de momentopname van {day(op)}" if isinstance(op, date) else "geen andere"

    def rows() -> list[list[str]]:
        return [
            [r["wet"], r["hoofdproduct"] or "onbekend"]
            + [
                "niet getoond" if r[k] is None else signed(euro(r[k]))
                for k in ("verschil", *peildata.OORZAKEN)
            ]
            for r in df.iter_rows(named=True)
        ]

    kolommen = {"Wet": "kort", "Hoofdproduct": "tekst", "Verschil": "getal"}
    show_card(
        toegang,
        "oorzaken_stap",
        words.title_oorzaken(samen) if vergeleken["bekend_op"] else "Waardoor veranderde de laatste stap?",
        f"tegenover {tegen}; alle levermaanden, zonder wat alleen het grootboek kent",
        lambda: _rank(samen, "oorzaak", "cent"),
        "Verschil in realisatie met de vorige momentopname per oorzaak; de tabel geeft elk hoofdproduct.",
        df,
        kolommen | {naam.capitalize(): "getal" for naam in peildata.OORZAKEN.values()},
        rows,
        explain(toegang, "verschil met de vorige momentopname per oorzaak"),
        leeg=leeg,
        smal=lambda: _rank(samen, "oorzaak", "cent", smal=True),
    )


def _rank(df: pl.DataFrame, naam: str, cent: str, *, smal: bool = False) -> go.Figure:
    """Differences in euros as bars."""
    return make_rangorde(df, naam, cent, theme_palette(), lambda w: signed(euro_mln(w)), smal=smal)


def show_notities(toegang: Toegang) -> None:
    """Card: keep what people wrote as a file."""
    pad = door.notes_path()
    with st.container(border=True, key="kaart-notities"):
        try:
            aantal = len(read_all(pad)) if pad.is_file() else 0
        except NotitieError as fout:
            show_title("Wat mensen zelf schreven", "notities, afspraken, scenario's en weergaven")
            st.warning(str(fout))
            return
        show_title(
            f"{plural(aantal, 'aantekening', 'aantekeningen')} van mensen, niet uit het lake te herstellen"
            if aantal
            else "Nog geen aantekeningen van mensen",
            "notities, afspraken, scenario's en weergaven, ook oude versies; bewaar ze naast het lake",
        )
        if not aantal:
            show_empty("Er is nog niets geschreven. Zodra dat zo is, kunt u hier een reservekopie maken.")
            return

        def make() -> bytes:
            toegang.record("notities bewaard", {"aantal": aantal})
            return export_notities(pad).encode()

        naam = f"notities-{toegang.lezer.meta.bekend_op:%Y-%m-%d}.json"
        st.download_button(
            f"Bewaar {plural(aantal, 'aantekening', 'aantekeningen')} als bestand",
            make,
            naam,
            "application/json",
            key="notities_bewaren",
            on_click="ignore",
            help="Download alles als JSON; dit komt in het inzagelog",
        )
        st.caption(
            "Terugzetten gaat op de server, in een leeg bestand: python -m dashboard notities restore "
            f"--notities BESTAND.notities.sqlite --in {naam}"
        )
