"""The dossier of one aanbieder: which part of it is shown, and all of it to take along."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard.access.door import Toegang, notes_path
from dashboard.dossier import Dossier
from dashboard.dossier_rapport import Colofon, make_rapport
from dashboard.export import make_workbook, to_euros
from dashboard.filters import Filters
from dashboard.gesprek import read_gesprek
from dashboard.rapport.pdf import make_pdf
from dashboard.ui.card import XLSX, explain
from dashboard.ui.trust import describe_trust

DELEN = ("In het kort", "Zorg en prijs", "Declaraties", "Gesprek", "Alles")


@dataclass(frozen=True)
class Deel:
    """Which part of the dossier is shown; all of it to print."""

    naam: str

    def _shows(self, deel: str) -> bool:
        return self.naam in (deel, DELEN[-1])

    @property
    def kort(self) -> bool:
        """Say whether the part with the tiles is shown."""
        return self._shows(DELEN[0])

    @property
    def zorg(self) -> bool:
        """Say whether care and prices are shown."""
        return self._shows(DELEN[1])

    @property
    def declaraties(self) -> bool:
        """Say whether the declarations are shown."""
        return self._shows(DELEN[2])

    @property
    def gesprek(self) -> bool:
        """Say whether the talk is shown."""
        return self._shows(DELEN[3])


def choose_deel(toegang: Toegang, f: Filters, d: Dossier) -> Deel:
    """The parts of the dossier as a choice in the address, and beside it the dossier to take along."""
    delen = DELEN if d.heeft_pq else (DELEN[0], DELEN[3], DELEN[4])
    if st.session_state.get("onderdeel") not in (None, *delen):
        st.session_state["onderdeel"] = delen[0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="onderdelen"):
        gekozen = st.segmented_control(
            "Onderdeel van het dossier",
            delen,
            default=None if "onderdeel" in st.session_state else delen[0],
            required=True,
            key="onderdeel",
            bind="query-params",
            label_visibility="collapsed",
            wrap=True,
        )
        show_export(toegang, f, d)
    return Deel(str(gekozen or delen[0]))


def make_dossier(toegang: Toegang, f: Filters, d: Dossier, soort: str) -> bytes:
    """The whole dossier as 'pdf' or 'xlsx'; that it was taken along is logged first. Raises RapportError."""
    toegang.log("download", {"bestand": f"dossier.{soort}", "aanbieder": f.aanbieder})
    op = datetime.now().astimezone()
    gesprek = read_gesprek(notes_path(), toegang.lezer, str(f.aanbieder))
    zekerheid, rol = tuple(describe_trust(toegang)), toegang.rol.naam
    colofon = Colofon(toegang.regels.gemeente, rol, zekerheid, op)
    rapport = make_rapport(toegang.lezer, f, d, gesprek, colofon)
    if soort == "pdf":
        return make_pdf(rapport, op)
    uitleg = explain(toegang, f"dossier van {d.naam}", f, "realisatie")
    uitleg |= {f"blad {t.blad}": t.leeg for t in rapport.tabellen() if t.blad and t.df.height == 0}
    return make_workbook({naam: to_euros(df) for naam, df in rapport.bladen().items()}, uitleg)


def show_export(toegang: Toegang, f: Filters, d: Dossier) -> None:
    """Buttons: the whole dossier as PDF and as workbook, made when clicked and logged."""
    for soort, mime, hulp in (
        ("PDF", "application/pdf", "Het hele dossier op A4 om mee te nemen; ook voor een schermlezer"),
        ("XLSX", XLSX, "Alle tabellen van dit dossier, met afspraken en notities"),
    ):
        st.download_button(
            f"↓ Dossier ({soort})",
            partial(make_dossier, toegang, f, d, soort.lower()),
            f"dossier.{soort.lower()}",
            mime,
            key=f"dossier_{soort.lower()}",
            on_click="ignore",
            type="tertiary",
            help=hulp,
        )
