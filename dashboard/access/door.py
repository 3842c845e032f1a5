"""The door: every page asks here first, and gets a role and a reader or is stopped.

Order of the questions: are the rules readable, who is asking (provider, or the demo on this machine alone),
does the role open this level, is there a snapshot, can the visit be logged where it must be. One no is enough
to show no figure.
"""

import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access import identity
from dashboard.access.audit import LogboekError, write_line
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik, Niveau, Regels, Rol, ToegangError, load_regels
from dashboard.access.snapshot import Bron, Snapshot, SnapshotError, SnapshotOntbreektError
from dashboard.access.suppress import Geen

WORTEL = Path(__file__).resolve().parents[2]
ROL_SLEUTEL = "rol"

AFGESLOTEN = """
Er is nog niet ingesteld wie cijfers mag zien. Daarom toont dit dashboard niets. Kies een van twee wegen.

**Met echte cijfers:** stel een aanmeldvoorziening in (OpenID Connect, bijvoorbeeld Entra ID) in
`.streamlit/secrets.toml`, onder `[auth]`: `redirect_uri`, `cookie_secret`, `client_id`, `client_secret` en
`server_metadata_url`. Geef gebruikers een rol in de claim `roles`, of noem ze in `toegang.toml`. Zie
`docs/beheer.md`.

**Om te proberen:** start `bin/demo`. Dat werkt alleen met voorbeeldcijfers en alleen op deze machine.
"""

GEEN_LOG = "Het inzagelog kan niet worden geschreven. Meld dit aan functioneel beheer."


@dataclass(frozen=True)
class Identiteit:
    """Who is asking: the roles to choose from, the one in force, and what the log calls this person."""

    rollen: tuple[str, ...]
    rol: str | None
    kenmerk: str
    demo: bool
    aanbieders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Toegang:
    """What a page gets from the door."""

    rol: Rol
    lezer: Lezer
    regels: Regels
    identiteit: Identiteit

    def log(self, gebeurtenis: str, wat: Mapping[str, Any]) -> None:
        """Write an inspection or download to the access log where the role asks for it; the same view only
        once.
        """
        if not self.rol.inzagelog:
            return
        inhoud = {"gebeurtenis": gebeurtenis} | _filled(wat)
        if gebeurtenis == "inzage" and st.session_state.get("_laatste_inzage") == inhoud:
            return
        try:
            write_line(log_folder(), self._who() | inhoud)
        except LogboekError:
            # A download is made outside the run of a page: there it must fail, as there is no run to stop.
            if get_script_run_ctx() is None:
                raise
            stop_with("Zonder inzagelog geen inzage", GEEN_LOG)
        st.session_state["_laatste_inzage"] = inhoud

    def record(self, handeling: str, wat: Mapping[str, Any]) -> None:
        """Write down what this person changed, whatever the role; without a log nothing may be changed."""
        try:
            write_line(log_folder(), self._who() | {"gebeurtenis": handeling} | _filled(wat))
        except LogboekError:
            stop_with("Zonder inzagelog geen wijzigingen", GEEN_LOG)

    def _who(self) -> dict[str, Any]:
        return {
            "gebruiker": self.identiteit.kenmerk,
            "rol": self.rol.naam,
            "momentopname": self.lezer.meta.generatie,
        }


def _filled(wat: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in wat.items() if v is not None}


def log_folder() -> Path:
    """Folder of the access log: STUURINFO_LOG, else data/log."""
    return Path(os.environ.get("STUURINFO_LOG") or WORTEL / "data" / "log")


@st.cache_resource(max_entries=4, ttl=24 * 3600)
def _bron(pad: str) -> Bron:
    return Bron(Path(pad))


def snapshot_path() -> Path:
    """Where the snapshot is: STUURINFO_SNAPSHOT, else data/stuurinfo.duckdb."""
    return Path(os.environ.get("STUURINFO_SNAPSHOT") or WORTEL / "data" / "stuurinfo.duckdb").absolute()


def notes_path() -> Path:
    """Where people's own notes are: STUURINFO_NOTITIES, else beside the snapshot."""
    zelf = os.environ.get("STUURINFO_NOTITIES", "").strip()
    return Path(zelf).absolute() if zelf else snapshot_path().with_suffix(".notities.sqlite")


def open_snapshot() -> Snapshot:
    """Open the newest generation of the snapshot."""
    return _bron(str(snapshot_path())).current()


def read_regels() -> Regels:
    """Read toegang.toml (STUURINFO_TOEGANG) at every run, so that taking a right away works at once."""
    return load_regels(Path(os.environ.get("STUURINFO_TOEGANG") or WORTEL / "toegang.toml"))


def stop_with(titel: str, tekst: str) -> NoReturn:
    """Say why nothing is shown, and end the run here."""
    st.title(titel)
    st.markdown(tekst)
    st.stop()


def has_provider() -> bool:
    """Say whether a sign-in provider is set up in the secrets."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _make_kenmerk(claims: Mapping[str, Any]) -> str:
    wie = str(claims.get("oid") or claims.get("sub") or "")
    return hashlib.sha256(f"{claims.get('iss', '')}|{wie}".encode()).hexdigest()[:16]


def _from_provider(regels: Regels) -> Identiteit | None:
    claims = dict(st.user)
    if not claims.get("is_logged_in"):
        return None
    if identity.is_too_old(claims, time.time(), regels.maximale_sessie_uren):
        st.logout()
        return None
    rollen = tuple(regels.find_rollen(claims))
    gebruiker = regels.find_gebruiker(claims)
    aanbieders = gebruiker.aanbieders if gebruiker else ()
    return Identiteit(rollen, _chosen(rollen), _make_kenmerk(claims), demo=False, aanbieders=aanbieders)


def _chosen(rollen: tuple[str, ...], *, uit_adres: bool = False) -> str | None:
    """Return the role chosen on the screen when it is one of `rollen`, else the first of them.

    uit_adres: only in the demo may a link carry the role along.
    """
    gekozen = st.session_state.get(ROL_SLEUTEL)
    if gekozen is None and uit_adres:
        gekozen = st.query_params.get(ROL_SLEUTEL)
    return gekozen if gekozen in rollen else next(iter(rollen), None)


def demo_is_open() -> bool:
    """Say whether the demo may be served: asked for, sample figures, and on this machine only."""
    if os.environ.get("STUURINFO_DEMO") != "1" or has_provider():
        return False
    adres = st.get_option("server.address")
    if not identity.is_local_visit(adres, st.context.ip_address, st.context.headers.to_dict()):
        return False
    try:
        return open_snapshot().meta.is_voorbeeld
    except (SnapshotOntbreektError, SnapshotError):
        return False


def identify(regels: Regels) -> Identiteit | None:
    """Find out who is asking; None when nobody that this installation knows how to recognise."""
    if has_provider():
        return _from_provider(regels)
    if demo_is_open():
        rollen = tuple(regels.rollen)
        rol = _chosen(rollen, uit_adres=True)
        eigen = rol is not None and regels.rollen[rol].eigen_aanbieders
        aanbieders = open_snapshot().largest_aanbieders(regels.demo_aanbieders) if eigen else ()
        return Identiteit(rollen, rol, "demo", True, aanbieders)
    return None


def require_access(niveau: Niveau) -> Toegang:
    """Return role and reader for a page of `niveau`, or say in Dutch why not and end the run.

    The first statement of every page: navigation is not a guard, and a page can be run without app.py
    around it.
    """
    try:
        regels = read_regels()
    except ToegangError as fout:
        stop_with("De toegang is niet goed ingesteld", f"Daarom wordt niets getoond: {fout}.")
    wie = identify(regels)
    if wie is None:
        _stop_unknown()
    rol = regels.rollen.get(wie.rol or "")
    if rol is None:
        stop_with("U heeft nog geen rol", "Vraag functioneel beheer om toegang.")
    if not rol.may_open(niveau):
        stop_with("Geen toegang tot deze pagina", refusal(regels, niveau))
    return Toegang(rol, _open_lezer(regels.make_bereik(rol, wie.aanbieders)), regels, wie)


def open_quietly(regels: Regels, wie: Identiteit | None, niveau: Niveau) -> Lezer | None:
    """Return a reader when this visitor may open a page of `niveau`, else None; for the frame of a page."""
    rol = regels.rollen.get(wie.rol or "") if wie is not None else None
    if wie is None or rol is None or not rol.may_open(niveau):
        return None
    try:
        return Lezer(open_snapshot(), regels.make_bereik(rol, wie.aanbieders))
    except (SnapshotOntbreektError, SnapshotError):
        return None


def refusal(regels: Regels, niveau: Niveau) -> str:
    """Say in Dutch which role a page of `niveau` belongs to."""
    namen = regels.rollen_met(niveau)
    if not namen:
        return "Deze pagina hoort bij geen enkele rol. Vraag functioneel beheer om toegang."
    rest = f"{', '.join(namen[:-1])} of {namen[-1]}" if len(namen) > 1 else namen[0]
    return f"Deze pagina hoort bij de rol {rest}. Vraag functioneel beheer om toegang."


def _stop_unknown() -> NoReturn:
    if has_provider():
        st.title("Meld u aan")
        st.markdown("Cijfers worden alleen getoond aan wie zich heeft aangemeld en een rol heeft.")
        if st.button("Aanmelden", type="primary"):
            st.login()
        st.stop()
    try:
        open_snapshot()
    except SnapshotOntbreektError:
        if os.environ.get("STUURINFO_DEMO") == "1":
            stop_without_snapshot()
    except SnapshotError:
        pass
    stop_with("Dit dashboard is nog afgesloten", AFGESLOTEN)


def stop_without_snapshot() -> NoReturn:
    """Say what to do when nothing was built yet."""
    stop_with(
        "Er zijn nog geen cijfers",
        "Er is nog geen momentopname. Laad eerst bestanden (`python -m etl load`) en bouw dan de cijfers "
        "(`python -m warehouse build`). Deze pagina komt vanzelf zodra ze er zijn.",
    )


def _open_lezer(bereik: Bereik) -> Lezer:
    try:
        return Lezer(open_snapshot(), bereik)
    except SnapshotOntbreektError:
        stop_without_snapshot()
    except SnapshotError as fout:
        stop_with("De cijfers kunnen niet worden gelezen", str(fout))


def describe_scope(toegang: Toegang) -> str:
    """Say in words what this role is shown, for the foot of a page."""
    cel = toegang.rol.kleinste_cel
    tekst = f"Rol {toegang.rol.naam}: groepen van minder dan {cel} cliënten worden niet getoond."
    aanbieders = toegang.lezer.bereik.aanbieders
    if aanbieders is not None:
        tekst += f" Eigen aanbieders: {len(aanbieders)}; andere alleen als gemiddelde van ten minste drie."
    return tekst


def current_generation() -> str | None:
    """Return the generation that is current now, or None; the watch of an open page compares with it."""
    try:
        return open_snapshot().meta.generatie
    except (SnapshotOntbreektError, SnapshotError):
        return None


NIETS_OVER_PERSONEN = Geen("referentiegegevens en boekhouding: geen personen")
