"""The dossier of one aanbieder, its declarations: control chart, findings and how fast they come in."""

from dashboard import words_operationeel as words
from dashboard.access.door import Toegang
from dashboard.dossier import Dossier
from dashboard.figures.regelkaart import make_regelkaart
from dashboard.filters import Filters
from dashboard.numbers import GEEN, add_months, euro, month, percent
from dashboard.reading import aanbieders
from dashboard.reading import dossier as lezen
from dashboard.ui.aanbiederlijst import MAANDEN
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.controle import show_oorzaken
from dashboard.ui.dossier import KLEIN, show_table_card


def show_regelkaart(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: the control chart of the euros per month."""
    laatste = toegang.lezer.meta.laatste_levermaand
    vanaf = add_months(laatste, -MAANDEN) if laatste is not None else f.periode.van
    df = aanbieders.read_regelkaart(toegang.lezer, f, vanaf)

    def rows() -> list[list[str]]:
        return [
            [
                month(r["maand"]),
                KLEIN if r["niet_getoond"] else euro(r["waarde"]),
                euro(r["gemiddelde"]),
                f"{euro(r['ondergrens'])} – {euro(r['bovengrens'])}",
                r["signaal"] or GEEN,
            ]
            for r in df.sort("maand", descending=True).iter_rows(named=True)
        ]

    basis = ""
    if df.height and df["basis_tot"][-1] is not None:
        basis = f"; grenzen uit {month(df['basis_van'][-1])} t/m {month(add_months(df['basis_tot'][-1], -1))}"
    show_card(
        toegang,
        "dossier_regelkaart",
        words.title_regelkaart(d.naam, df),
        f"€ dzd per levermaand die niet meer voorlopig is; ruit: signaal, stippellijn: grens{basis}",
        lambda: make_regelkaart(df, theme_palette(), euro, schaal=100_000.0),
        f"Regelkaart van de omzet van {d.naam} met gemiddelde en grenzen. De tabel geeft dezelfde cijfers.",
        df,
        {"Maand": "kort", "Omzet": "getal", "Gemiddelde": "getal", "Grenzen": "kort", "Signaal": "tekst"},
        rows,
        explain(toegang, f"regelkaart van {d.naam}", f, "regelkaart"),
        begrip="regelkaart",
        leeg="" if df.height else "Van deze aanbieder is er geen regelkaart: die is er van de grootste.",
    )


def show_bevindingen(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: findings of the declaratiecontrole by cause, with the way to the lines."""
    show_oorzaken(
        toegang,
        f,
        "dossier_bevindingen",
        lambda samen, _: words.title_bevindingen(samen["bevindingen"], samen["op_het_spel_cent"]),
        f"bevindingen bij {d.naam}",
        "Niets gevonden in deze maanden.",
        ("controle", "Bekijk de regels zelf"),
    )


def show_nagekomen(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: how much of each month has come in, next to the whole city."""
    df = lezen.read_nagekomen(toegang.lezer, f)
    rijen = [
        [
            month(r["levermaand"]),
            KLEIN if r["niet_getoond"] else percent(r["fractie"]),
            percent(r["fractie_stad"]),
            KLEIN if r["niet_getoond"] else euro(r["nagekomen_cent"]),
        ]
        for r in df.sort("levermaand", descending=True).iter_rows(named=True)
    ]
    show_table_card(
        toegang,
        "dossier_nagekomen",
        words.title_nagekomen(df),
        f"{f.periode.label}; deel dat naar schatting al is gedeclareerd, naast alle aanbieders samen",
        df,
        {"Maand": "kort", "Hier": "getal", "Alle aanbieders": "getal", "Komt naar schatting nog": "getal"},
        rijen,
        explain(toegang, f"declaratiesnelheid van {d.naam}", f, "nagekomen"),
        "Alleen van aanbieders met een groot aandeel in een productgroep wordt dit geschat.",
        "nagekomen",
    )
