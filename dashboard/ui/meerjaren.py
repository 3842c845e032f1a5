"""Cards of the page Meerjarenbeeld: the Hek over the years, the years ahead, and the documents themselves."""

from html import escape

import polars as pl
import streamlit as st

from dashboard import scenario
from dashboard import words_strategisch as zinnen
from dashboard.access.door import Toegang, notes_path
from dashboard.figures.hek import make_hek, make_saldo
from dashboard.figures.vooruit import make_vooruit
from dashboard.notities.opslag import NotitieError
from dashboard.notities.scenarios import read_scenarios
from dashboard.numbers import GEEN, day, decimals, euro, euro_mln, month, plural, signed
from dashboard.reading import hek as lezen
from dashboard.reading import vooruit
from dashboard.ui.card import explain, show_card, show_downloads, show_table, show_title
from dashboard.ui.chrome import theme_palette
from dashboard.ui.filterbar import show_empty
from dashboard.ui.tiles import draw_begrip
from warehouse.rekenen.knoppen import Knop, KnopError

LEEG = "Er zijn nog geen declaraties geladen en geen begroting. Zodra de eerste er zijn, staan ze hier."


def require_hek(toegang: Toegang) -> pl.DataFrame:
    """The years of the Hek, or say that there is nothing to show yet and end the run."""
    hek = lezen.read_hek(toegang.lezer)
    if hek.height == 0:
        show_empty(LEEG)
        st.stop()
    return hek


def show_hek(toegang: Toegang, hek: pl.DataFrame) -> None:
    """Card: budget, spent and rijksbijdrage per year."""
    lopend = vooruit.read_lopend(toegang.lezer)

    def rows() -> list[list[str]]:
        return [
            [
                str(r["jaar"]),
                euro(r["begroting_cent"]),
                euro(r["taakstelling_cent"]),
                euro(r["realisatie_cent"]) + ("" if r["volledig"] or r["realisatie_cent"] is None else " *"),
                signed(euro(r["ruimte_cent"])) if r["volledig"] else GEEN,
                euro(r["rijksbijdrage_cent"]),
            ]
            for r in hek.iter_rows(named=True)
        ]

    jaar = f"; {lopend['jaar']} gearceerd tot de prognose" if lopend is not None else ""
    kolommen = {"Jaar": "tekst"} | dict.fromkeys(
        ("Begroting", "waarvan taakstelling", "Uitgaven", "Over", "Rijksbijdrage"), "getal"
    )
    show_card(
        toegang,
        "hek",
        zinnen.title_hek(hek),
        f"Wmo en Jeugdwet, € mln; open: begroting met taakstelling, donker: uitgaven{jaar}",
        lambda: make_hek(hek, None if lopend is None else lopend["p50_cent"], theme_palette()),
        "Begroting, uitgaven en rijksbijdrage per jaar. De tabel geeft dezelfde cijfers.",
        hek,
        kolommen,
        rows,
        explain(toegang, "begroting, uitgaven en rijksbijdrage per jaar", None, "saldo_hek"),
        begrip="saldo_hek",
        onder_figuur='<p class="si-onder">De rijksbijdrage gaat over het hele Hek, ook beschermd wonen,'
        " opvang en WSW. Zij is dus niet naast deze uitgaven te leggen. * jaar loopt nog.</p>",
    )


def _read_scenarios(toegang: Toegang) -> tuple[dict[str, list[Knop]], str]:
    """Kept scenarios by name, for who may open the page that makes them; and what to say about them."""
    if not toegang.rol.may_open("tactisch"):
        return {}, "Scenario's maakt en ziet wie de pagina Knoppen mag openen."
    try:
        bewaard = read_scenarios(notes_path())
    except NotitieError as fout:
        return {}, str(fout)
    uit: dict[str, list[Knop]] = {}
    for s in bewaard:
        try:
            uit[s.naam] = scenario.load(s.inhoud)
        except KnopError:
            continue
    if not uit:
        return {}, "Er zijn nog geen scenario's bewaard; maak er een op de pagina Knoppen."
    return uit, "Scenario's zijn bewaarde standen van de pagina Knoppen."


def show_vooruit(toegang: Toegang, hek: pl.DataFrame) -> None:
    """Card: the same care in the years ahead, and what each kept scenario makes of it."""
    basis = vooruit.read_basis(toegang.lezer)
    lopend = vooruit.read_lopend(toegang.lezer)
    scenarios, noot = _read_scenarios(toegang)
    lijnen = pl.DataFrame(
        schema={"jaar": pl.Int64, "lijn": pl.String, "cent": pl.Int64, "effect_cent": pl.Int64}
    )
    if basis is not None:
        lijnen = vooruit.project(basis[0], basis[1], scenarios)
        van, tot = basis[0]["van"][0], basis[0]["tot"][0]
        wat = (
            f"Ongewijzigd is geen prognose van beleid: de zorg van {month(van)} tot {month(tot)} met dezelfde"
            " instroom, duur, volume en prijs, zonder indexering; het deel buiten berichten blijft gelijk."
        )
        weg = basis[0].filter(pl.col("niet_getoond")).height
        if weg:
            doet = plural(weg, "product telt", "producten tellen")
            wat += f" {doet} niet mee ({toegang.lezer.niet_getoond})."
        if lopend is not None:
            wat += (
                f" De prognose van {lopend['jaar']} ({euro_mln(lopend['p50_cent'])}) is met een andere"
                " methode gemaakt; de lijn sluit er niet op aan."
            )
        noot = f"{wat} {noot}"
    jaren = sorted(lijnen["jaar"].unique())

    def rows() -> list[list[str]]:
        uit = []
        for (naam,), rij in lijnen.group_by(["lijn"], maintain_order=True):
            per = {j: (c, e) for j, c, e in rij.select("jaar", "cent", "effect_cent").rows()}
            cellen = [
                euro(per[j][0]) if naam == "" else f"{euro(per[j][0])} ({signed(euro(per[j][1]))})"
                for j in jaren
            ]
            uit.append([str(naam) or "ongewijzigd", *cellen])
        return uit

    show_card(
        toegang,
        "vooruit",
        zinnen.title_vooruit(lijnen),
        "Wmo en Jeugdwet, € mln per jaar in prijzen van nu; de as begint niet bij nul",
        lambda: make_vooruit(hek, lopend, lijnen, theme_palette()),
        "Uitgaven per jaar, de prognose van het lopende jaar met haar band, en een lijn per scenario."
        " De tabel geeft de jaren die komen.",
        lijnen,
        {"Lijn": "tekst"} | {str(j): "getal" for j in jaren},
        rows,
        explain(toegang, f"de jaren die komen. {noot}", None, "knop"),
        begrip="knop",
        leeg="" if lijnen.height else "Er is geen zorg met volume geladen om vooruit mee te rekenen.",
        onder_figuur=f'<p class="si-onder">{escape(noot)}</p>',
        meer=("knoppen", "Draai aan de knoppen"),
    )


def show_saldo(toegang: Toegang, hek: pl.DataFrame, *, reserve_eerst: bool = False) -> None:
    """Card: surplus or shortage of the Hek per year and the reserve, as far as a document tells.

    reserve_eerst: the title tells the reserve and a link leads to the years; else the newest balance.
    """
    reserve = lezen.read_reserve(toegang.lezer)
    standen = reserve.rows()
    rijen = hek.filter(pl.col("saldo_hek_cent").is_not_null())
    er_is = bool(rijen.height or standen)
    verklaring = zinnen.describe_reserve(rijen, standen)
    noot = verklaring if reserve_eerst else f"{zinnen.title_reserve(standen)}. {verklaring}".strip()

    def rows() -> list[list[str]]:
        uit = [
            [f"saldo {j}", euro(s), str(soort)]
            for j, s, soort in rijen.select("jaar", "saldo_hek_cent", "saldo_soort").rows()
        ]
        return uit + [[f"reserve op {day(d)}", euro(c), "stukken"] for d, c in standen]

    show_card(
        toegang,
        "saldo",
        zinnen.title_reserve(standen) if reserve_eerst else zinnen.title_saldo(hek),
        "het hele Hek, € mln; omhoog: over, omlaag: tekort, gearceerd: raming, ruit: reserve sociaal domein",
        lambda: make_saldo(hek, standen, theme_palette()),
        "Saldo van het Hek per jaar en de standen van de reserve. De tabel geeft dezelfde cijfers.",
        rijen.select("jaar", "saldo_hek_cent", "saldo_soort"),
        {"Wat": "tekst", "Bedrag": "getal", "Volgens": "tekst"},
        rows,
        explain(toegang, "saldo van het Hek en reserve sociaal domein", None, "saldo_hek"),
        begrip="saldo_hek",
        leeg="" if er_is else "De stukken die zijn geladen noemen geen saldo en geen reserve.",
        onder_figuur=f'<p class="si-onder">{escape(noot)}</p>',
        meer=("meerjarenbeeld", "Bekijk het meerjarenbeeld") if reserve_eerst else None,
    )


def show_stukken(toegang: Toegang) -> None:
    """Card: the tables as the documents print them, in thousands of euros, sums computed from their parts."""
    df = lezen.read_regels(toegang.lezer)
    with st.container(border=True, key="kaart-stukken", height="stretch"):
        show_title(
            "De tabellen zoals de stukken ze drukken" if df.height else "Geen tabellen uit stukken geladen",
            "× € 1.000, met het teken van het stuk; sommen zijn hier berekend",
            begrip=draw_begrip(toegang.lezer, "saldo_hek"),
        )
        if df.height == 0:
            show_empty("Laad een begroting met de regels van het Hek om ze hier te zien.")
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            tabellen = df["tabel"].unique(maintain_order=True).to_list()
            gekozen = st.segmented_control(
                "Tabel",
                tabellen,
                default=tabellen[0],
                required=True,
                key="stukken_tabel",
                wrap=True,
                label_visibility="collapsed",
            )
            show_downloads(
                toegang, df, "hek_regel", explain(toegang, "tabellen over het Hek uit de stukken"), "stukken"
            )
        deel = df.filter(pl.col("tabel") == (gekozen if gekozen in tabellen else tabellen[0]))
        jaren = sorted(deel["jaar"].unique())
        rijen = []
        for (_, regel), rij in deel.group_by(["volgorde", "regel"], maintain_order=True):
            per = dict(rij.select("jaar", "bedrag_cent").rows())
            som = bool(rij["is_som"].any())
            cellen = [GEEN if j not in per else decimals(per[j] / 100_000, 0) for j in jaren]
            rijen.append([f"= {regel}" if som else str(regel), *cellen])
        show_table(
            {"Regel": "tekst"} | {str(j): "getal" for j in jaren}, rijen, "Tabel uit de stukken over het Hek"
        )
        plus = "een tekort" if gekozen == "meerjarenbeeld" else "een overschot"
        if gekozen != "decentralisatie-uitkeringen":
            st.caption(f"Een bedrag zonder minteken is {plus}. Met = begint een som.")
        else:
            st.caption("Met = begint een som.")
        st.caption(f"Bron: {', '.join(sorted(set(deel['bron'])))}.")
