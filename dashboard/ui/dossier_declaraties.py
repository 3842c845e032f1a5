"""The dossier of one aanbieder, its declarations: control chart and findings."""

from dashboard import words_operationeel as words
from dashboard.access.door import Toegang
from dashboard.dossier import KLEIN, Dossier
from dashboard.dossier_verloop import make_bevindingen
from dashboard.figures.regelkaart import make_regelkaart
from dashboard.filters import Filters
from dashboard.numbers import GEEN, add_months, euro, month
from dashboard.reading import aanbieders
from dashboard.ui.card import explain, show_card
from dashboard.ui.chrome import theme_palette
from dashboard.ui.controle import show_oorzaken


def show_regelkaart(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: the control chart of the euros per month."""
    df = aanbieders.read_regelkaart(toegang.lezer, f)

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
        leeg="" if df.height else words.GEEN_REGELKAART,
    )


def show_bevindingen(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Card: findings of the declaratiecontrole by cause, with the way to the lines."""
    show_oorzaken(toegang, f, make_bevindingen(toegang.lezer, f, d), ("controle", "Bekijk de regels zelf"))
