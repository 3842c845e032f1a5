"""Who may see what: the roles and users of `toegang.toml`, without any screen."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

Niveau = Literal["strategisch", "tactisch", "operationeel", "beheer", "algemeen"]
NIVEAUS: tuple[Niveau, ...] = get_args(Niveau)
ALGEMEEN: Niveau = "algemeen"
"""What words mean: open to every role that this installation knows, so no role needs to name it."""
TE_GEVEN = tuple(n for n in NIVEAUS if n != ALGEMEEN)


class ToegangError(Exception):
    """`toegang.toml` is missing or says something that cannot be carried out; nothing is served then."""


@dataclass(frozen=True)
class Rol:
    """A role: the levels it opens and the smallest number of clients it is shown."""

    naam: str
    niveaus: tuple[Niveau, ...]
    kleinste_cel: int
    kleinste_cel_eigen: int | None = None
    eigen_aanbieders: bool = False
    inzagelog: bool = False

    def may_open(self, niveau: Niveau) -> bool:
        """Say whether this role opens pages of `niveau`."""
        return niveau == ALGEMEEN or niveau in self.niveaus


@dataclass(frozen=True)
class Gebruiker:
    """A user of the list: the identity the provider gives, a role, and the own aanbieders."""

    id: str
    rol: str
    aanbieders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bereik:
    """What one session may read; part of every cache key.

    `aanbieders` is None where all are open to the role, else the own AGB codes (an empty tuple: none at all).
    """

    rol: str
    kleinste_cel: int
    aanbieders: tuple[str, ...] | None = None
    kleinste_cel_eigen: int | None = None

    @property
    def cel_eigen(self) -> int:
        """Smallest cell within the own aanbieders."""
        return self.kleinste_cel if self.kleinste_cel_eigen is None else self.kleinste_cel_eigen


@dataclass(frozen=True)
class Regels:
    """All of `toegang.toml`."""

    rollen: dict[str, Rol]
    gebruikers: dict[str, Gebruiker] = field(default_factory=dict)
    gemeente: str = "gemeente"
    maximale_sessie_uren: float = 8.0
    demo_aanbieders: int = 15

    def rollen_met(self, niveau: Niveau) -> list[str]:
        """Names of the roles that open `niveau`, in the order of the file."""
        return [r.naam for r in self.rollen.values() if r.may_open(niveau)]

    def find_gebruiker(self, claims: dict[str, Any]) -> Gebruiker | None:
        """Find the listed user by oid, sub or preferred_username; by e-mail only when the provider verified
        it.
        """
        kandidaten = [claims.get("oid"), claims.get("sub"), claims.get("preferred_username")]
        if claims.get("email_verified") is True:
            kandidaten.append(claims.get("email"))
        return next((self.gebruikers[str(k)] for k in kandidaten if k and str(k) in self.gebruikers), None)

    def find_rollen(self, claims: dict[str, Any]) -> list[str]:
        """Known roles of a signed-in user: from the claim `roles`, else from the list. Unknown names count
        for nothing.
        """
        uit_claim = claims.get("roles")
        namen = [uit_claim] if isinstance(uit_claim, str) else list(uit_claim or [])
        bekend = [r for r in self.rollen if r in namen]
        gebruiker = self.find_gebruiker(claims)
        if not bekend and gebruiker is not None and gebruiker.rol in self.rollen:
            bekend = [gebruiker.rol]
        return bekend

    def make_bereik(self, rol: Rol, aanbieders: tuple[str, ...]) -> Bereik:
        """Derive what a session with `rol` may read."""
        return Bereik(
            rol=rol.naam,
            kleinste_cel=rol.kleinste_cel,
            aanbieders=tuple(sorted(aanbieders)) if rol.eigen_aanbieders else None,
            kleinste_cel_eigen=rol.kleinste_cel_eigen,
        )


def _read_rol(naam: str, tabel: dict[str, Any]) -> Rol:
    onbekend = set(tabel) - {"niveaus", "kleinste_cel", "kleinste_cel_eigen", "eigen_aanbieders", "inzagelog"}
    if onbekend:
        raise ToegangError(f"rol {naam}: onbekende instelling {', '.join(sorted(onbekend))}")
    niveaus = tuple(tabel.get("niveaus", ()))
    if not niveaus or set(niveaus) - set(TE_GEVEN):
        raise ToegangError(f"rol {naam}: niveaus moet een keuze zijn uit {', '.join(TE_GEVEN)}")
    cel, eigen = tabel.get("kleinste_cel"), tabel.get("kleinste_cel_eigen")
    # A role without a smallest cell would show everything: that must be said, never left out.
    if type(cel) is not int or cel < 1 or (eigen is not None and (type(eigen) is not int or eigen < 1)):
        raise ToegangError(f"rol {naam}: kleinste_cel moet een heel getal van 1 of meer zijn")
    rol = Rol(naam, niveaus, cel, eigen, bool(tabel.get("eigen_aanbieders")), bool(tabel.get("inzagelog")))
    if eigen is not None and not rol.eigen_aanbieders:
        raise ToegangError(f"rol {naam}: kleinste_cel_eigen hoort bij eigen_aanbieders = true")
    return rol


def load_regels(pad: Path) -> Regels:
    """Read `toegang.toml`; raises ToegangError with a Dutch reason where it cannot be relied on."""
    try:
        inhoud = tomllib.loads(pad.read_text(encoding="utf-8"))
    except OSError as fout:
        raise ToegangError(f"{pad.name} is niet te lezen") from fout
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        raise ToegangError(f"{pad.name} is geen geldige TOML: {fout}") from fout
    rollen = {naam: _read_rol(naam, tabel) for naam, tabel in inhoud.get("rol", {}).items()}
    if not rollen:
        raise ToegangError(f"{pad.name} noemt geen rollen")
    gebruikers: dict[str, Gebruiker] = {}
    for g in inhoud.get("gebruiker", []):
        if g.get("rol") not in rollen or not g.get("id"):
            raise ToegangError(f"gebruiker {g.get('id', '?')}: rol {g.get('rol', '?')} bestaat niet")
        gebruikers[str(g["id"])] = Gebruiker(
            str(g["id"]), str(g["rol"]), tuple(map(str, g.get("aanbieders", [])))
        )
    return Regels(
        rollen=rollen,
        gebruikers=gebruikers,
        gemeente=str(inhoud.get("gemeente", "gemeente")),
        maximale_sessie_uren=float(inhoud.get("maximale_sessie_uren", 8)),
        demo_aanbieders=int(inhoud.get("demo", {}).get("eigen_aanbieders", 15)),
    )
