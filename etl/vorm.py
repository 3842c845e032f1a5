"""How an extract writes dates and numbers: told from a sample, held to for the whole file, and shown.

Every column has one form. What is read with it is turned into the Dutch notation that `fields` reads, so that
a type means the same in every file. Where two readings remain the file is refused: a day taken for a month
shifts costs by months without anyone seeing it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from etl.errors import RefusedError
from etl.fields import Veld, raw

ONLEESBAAR = "?"
"""What stands for a text that is not in the form of its column; no type takes it."""
GETYPEERD = "getypeerd"
"""Column of which the source itself says that it holds dates or numbers."""
GEMENGD = "gemengd"
"""Column of a workbook in which dates and numbers may stand as text and as themselves."""

_DATUMDEEL = re.compile(r"[0-9]{1,8}(?:[-/.][0-9]{1,4}){0,2}")
_DMJ = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_JMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_KAAL = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MAAND = re.compile(r"\d{4}-\d{2}")
_TIJD = re.compile(r"[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?")
_GETAL_KOMMA = r"^[+-]?(?:[0-9]{1,13}|[0-9]{1,3}(?:\.[0-9]{3})+)?(?:,[0-9]{1,6})?$"
_GETAL_PUNT = r"^[+-]?(?:[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]{1,6})?$"


@dataclass(frozen=True)
class Datumvorm:
    """A way to write a date: order of its parts ('dmj', 'mdj', 'jmd', 'kaal'), sign between, digits of the
    year.
    """

    volgorde: str = "dmj"
    teken: str = "-"
    jaar: int = 4

    @property
    def woorden(self) -> str:
        """As it is shown: 'dd-mm-jjjj'."""
        if self.volgorde == "kaal":
            return "jjjjmmdd"
        delen = {"d": "dd", "m": "mm", "j": "j" * self.jaar}
        return self.teken.join(delen[d] for d in self.volgorde)


NEDERLANDS = Datumvorm()
ISO = Datumvorm("jmd")


def _day(jaar: str, maand: str, dag: str) -> date | None:
    """The day, of a two-digit year in this century; None where there is no such day."""
    try:
        return date(int(jaar) + (2000 if len(jaar) == 2 else 0), int(maand), int(dag))
    except ValueError:
        return None


def read_day(tekst: str, vorm: Datumvorm) -> date | None:
    """The day that a text says in one form; None where it is not in that form."""
    if vorm.volgorde == "kaal":
        gevonden = _KAAL.fullmatch(tekst)
        return _day(*gevonden.groups()) if gevonden else None
    if vorm.volgorde == "jmd":
        gevonden = _JMD.fullmatch(tekst)
        return _day(gevonden[1], gevonden[3], gevonden[4]) if gevonden and gevonden[2] == vorm.teken else None
    gevonden = _DMJ.fullmatch(tekst)
    if not gevonden or gevonden[2] != vorm.teken or len(gevonden[4]) != vorm.jaar:
        return None
    d, m = (1, 3) if vorm.volgorde == "dmj" else (3, 1)
    return _day(gevonden[4], gevonden[m], gevonden[d])


def as_dutch(tekst: str, vormen: Iterable[Datumvorm]) -> str:
    """'dd-mm-jjjj', with ' uu:mm:ss' where the text has a time; ONLEESBAAR where no form reads it."""
    deel = _DATUMDEEL.match(tekst)
    rest = tekst[deel.end() :] if deel else ""
    tijd = _TIJD.fullmatch(rest) if rest else None
    if deel is None or (rest and not tijd):
        return ONLEESBAAR
    dag = next((d for v in vormen if (d := read_day(deel.group(), v)) is not None), None)
    if dag is None:
        return ONLEESBAAR
    uit = f"{dag.day:02d}-{dag.month:02d}-{dag.year:04d}"
    return f"{uit} {int(tijd[1]):02d}:{tijd[2]}:{tijd[3] or '00'}" if tijd else uit


@dataclass
class _Datumkolom:
    """What has been seen of one date column: its form, and what speaks for day or month first."""

    veld: str
    vorm: Datumvorm | None = None
    bewijs: set[str] = field(default_factory=set)
    bewijs_met: set[tuple[str, str]] = field(default_factory=set)
    """The same, with the sign that stood between."""
    gelezen_als: str = ""
    soort: str = ""
    """Type of the field: datum_nl, maand_nl or tijdstip_nl."""
    gemengd: bool = False

    def look(self, teksten: pl.Series) -> None:
        """Learns from the texts; RefusedError where some can only be day first and others only month
        first.
        """
        tel: Counter[Datumvorm] = Counter()
        for heel, n in teksten.str.head(10).drop_nulls().value_counts().iter_rows():
            deel = _DATUMDEEL.match(heel)
            tekst = deel.group() if deel else ""
            if (gevonden := _DMJ.fullmatch(tekst)) is not None:
                eerst = _day(gevonden[4], gevonden[3], gevonden[1])
                laatst = _day(gevonden[4], gevonden[1], gevonden[3])
                if len(gevonden[4]) == 2 and any(d and not 2010 <= d.year < 2050 for d in (eerst, laatst)):
                    raise RefusedError("datum_eeuw", self.veld)
                if (eerst is None) != (laatst is None):
                    self.bewijs.add("dmj" if eerst else "mdj")
                    self.bewijs_met.add(("dmj" if eerst else "mdj", gevonden[2]))
                if eerst or laatst:
                    tel[Datumvorm("dmj", gevonden[2], len(gevonden[4]))] += n
            elif (gevonden := _JMD.fullmatch(tekst)) is not None:
                # Beside texts these are cells that hold a date.
                if _day(gevonden[1], gevonden[3], gevonden[4]) and not self.gemengd:
                    tel[Datumvorm("jmd", gevonden[2])] += n
            elif gevonden := _KAAL.fullmatch(tekst):
                dag = _day(*gevonden.groups())
                if dag and 1900 <= dag.year < 2100:
                    tel[Datumvorm("kaal", "")] += n
        if self.vorm is None and tel:
            self.vorm = min(tel, key=lambda v: (-tel[v], v != NEDERLANDS, v != ISO, v.woorden))
        if len(self.bewijs) == 2 or (self.gelezen_als and self.bewijs - {self.gelezen_als}):
            raise RefusedError("datumvorm", self.veld)

    def chosen(self, bewezen: set[tuple[str, str]]) -> Datumvorm:
        """The form to read with; `bewezen`: what the other columns of the file prove about day or month.

        A column that proves nothing itself follows those with the same sign, else all; Dutch without any.
        """
        if self.vorm is None:
            return NEDERLANDS
        if self.vorm.volgorde != "dmj":
            return self.vorm
        if self.vorm.jaar == 2 and self.veld == "geboortedatum":
            raise RefusedError("datum_eeuw", self.veld)
        teken = self.vorm.teken
        anderen = {v for v, t in bewezen if t == teken} or {v for v, _ in bewezen}
        if not self.bewijs and len(anderen) == 2:
            raise RefusedError("datumvorm", self.veld)
        self.gelezen_als = next(iter(self.bewijs or anderen), "dmj")
        return Datumvorm(self.gelezen_als, teken, self.vorm.jaar)


@dataclass
class _Getalkolom:
    """What has been seen of one column of amounts or numbers: which mark is proven to be the decimal one."""

    veld: str
    euro: bool
    bewijs: Counter[str] = field(default_factory=Counter)
    dubbelzinnig: set[str] = field(default_factory=set)
    gelezen_als: str = ""

    def look(self, teksten: pl.Series) -> None:
        """Learns from the texts. A mark before three last digits, without another mark, proves nothing."""
        gewoon = teksten.str.contains(r"^[+-]?[0-9]+(?:,[0-9]{1,2})?$").fill_null(True)
        if self.bewijs[","] and gewoon.all():
            return
        zacht = teksten.filter(teksten.str.contains("[.,]").fill_null(False))
        for teken, ander in ((",", "."), (".", ",")):
            t, a = re.escape(teken), re.escape(ander)
            bewijs = (
                rf"^[+-]?[0-9]*{t}(?:[0-9]{{1,2}}|[0-9]{{4,6}})$|^[+-]?(?:0|[0-9]{{4,}})?{t}[0-9]{{3}}$"
                rf"|^[+-]?[0-9]{{1,3}}(?:{a}[0-9]{{3}})+{t}[0-9]{{1,6}}$|^[+-]?[0-9]{{1,3}}(?:{a}[0-9]{{3}}){{2,}}$"
            )
            self.bewijs[teken] += int(zacht.str.contains(bewijs).sum())
            if zacht.str.contains(rf"^[+-]?[1-9][0-9]{{0,2}}{t}[0-9]{{3}}$").any():
                self.dubbelzinnig.add(teken)
        if self.gelezen_als and self.dubbelzinnig:
            ander = "." if self.gelezen_als == "," else ","
            if self.bewijs[ander] and not self.bewijs[self.gelezen_als]:
                raise RefusedError("getalvorm", self.veld)

    def chosen(self, anderen: set[str]) -> str:
        """The decimal mark to read with; `anderen`: the marks that the other columns of the file prove."""
        eigen = {t for t, n in self.bewijs.items() if n}
        if len(eigen) == 2:
            keuze, ander = (".", ",") if self.bewijs["."] > self.bewijs[","] else (",", ".")
            # Which mark is the rule says nothing of '1.234' when the column breaks the rule elsewhere.
            if ander in self.dubbelzinnig or (self.dubbelzinnig and not self.euro):
                raise RefusedError("getalvorm", self.veld)
        elif eigen:
            (keuze,) = eigen
        elif not self.dubbelzinnig:
            keuze = next(iter(anderen), ",") if len(anderen) == 1 else ","
        elif len(anderen) == 1:
            (keuze,) = anderen
        elif anderen or not self.euro or self.dubbelzinnig != {"."}:
            # '62,150' may be a tariff in three decimals or thousands: a factor of a thousand is no guess.
            raise RefusedError("getalvorm", self.veld)
        else:
            # Money has at most two decimals, so a point before three digits parts thousands.
            keuze = ","
        self.gelezen_als = keuze
        return keuze


class Vormen:
    """The forms of all date and number columns of one file, learnt block by block.

    `soorten`: per field whether its column is GETYPEERD or GEMENGD; others are text of one form.
    """

    def __init__(self, velden: Sequence[Veld], soorten: dict[str, str]) -> None:
        self.soorten = soorten
        self.datums = {
            v.naam: _Datumkolom(v.naam, soort=v.spec["soort"], gemengd=soorten.get(v.naam) == GEMENGD)
            for v in velden
            if v.spec["soort"] in ("datum_nl", "tijdstip_nl", "maand_nl")
        }
        self.getallen = {
            v.naam: _Getalkolom(v.naam, v.spec["soort"] == "euro")
            for v in velden
            if v.spec["soort"] in ("euro", "kommagetal")
        }
        self.getoond: dict[str, set[str]] = {"decimaal": set(), "datum": set()}

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with its dates and numbers in Dutch notation; what is not in form becomes ONLEESBAAR.

        Raises RefusedError where a column can be read in two ways.
        """
        for naam, kolom in self.datums.items():
            if self.soorten.get(naam) != GETYPEERD:
                kolom.look(frame.get_column(raw(naam)))
        for naam, getal in self.getallen.items():
            if not self.soorten.get(naam):
                getal.look(frame.get_column(raw(naam)))
        nieuw = [self._read_dates(frame.get_column(raw(n)), n) for n in self.datums]
        nieuw += [self._read_numbers(frame.get_column(raw(n)), n) for n in self.getallen]
        return frame.with_columns(s for s in nieuw if s is not None)

    def _read_dates(self, teksten: pl.Series, naam: str) -> pl.Series | None:
        if self.soorten.get(naam) == GETYPEERD:
            vormen = [ISO]
        else:
            bewijs = [k.bewijs_met for n, k in self.datums.items() if n != naam]
            vorm = self.datums[naam].chosen(set().union(*bewijs))
            if self.datums[naam].vorm is not None:
                self.getoond["datum"].add(vorm.woorden)
            lengtes = [10, 19] if self.datums[naam].soort == "tijdstip_nl" else [10]
            plat = (teksten.str.len_bytes().is_in(lengtes) | teksten.is_null()).all()
            if vorm == NEDERLANDS and not self.soorten.get(naam) and plat:
                return None
            vormen = [vorm, ISO] if self.soorten.get(naam) == GEMENGD else [vorm]
        uniek = teksten.drop_nulls().unique()
        soort = self.datums[naam].soort
        nieuw = [
            t if soort == "maand_nl" and _MAAND.fullmatch(t) else as_dutch(t, vormen) for t in uniek.to_list()
        ]
        if soort != "tijdstip_nl":
            nieuw = [t[:10] for t in nieuw]
        return teksten.replace_strict(uniek, pl.Series(nieuw, dtype=pl.Utf8), default=None)

    def _read_numbers(self, teksten: pl.Series, naam: str) -> pl.Series | None:
        soort = self.soorten.get(naam)
        if soort == GEMENGD:
            return _read_mixed(teksten)
        if soort == GETYPEERD:
            return _points_to_commas(teksten)
        bewijs = [{t for t, n in k.bewijs.items() if n} for m, k in self.getallen.items() if m != naam]
        keuze = self.getallen[naam].chosen(set().union(*bewijs))
        if self.getallen[naam].bewijs[keuze] or self.getallen[naam].dubbelzinnig:
            self.getoond["decimaal"].add(keuze)
        return None if keuze == "," else _points_to_commas(teksten)

    def describe(self) -> dict[str, str]:
        """The forms in words, for the report; without what the file does not show."""
        uit = {}
        if self.getoond["decimaal"]:
            woord = {",": "decimale komma", ".": "decimale punt"}
            uit["decimaal"] = " en ".join(woord[t] for t in sorted(self.getoond["decimaal"]))
        if self.getoond["datum"]:
            uit["datum"] = " en ".join(sorted(self.getoond["datum"]))
        return uit


def _points_to_commas(teksten: pl.Series) -> pl.Series:
    """'1,234.5' as '1234,5'; ONLEESBAAR where it is not a number with a decimal point."""
    goed = teksten.str.contains(_GETAL_PUNT)
    kaal = teksten.str.replace_all(",", "", literal=True).str.replace(".", ",", literal=True)
    uit = pl.select(pl.when(goed).then(kaal).when(teksten.is_not_null()).then(pl.lit(ONLEESBAAR)))
    return uit.to_series().alias(teksten.name)


def _read_mixed(teksten: pl.Series) -> pl.Series:
    """Each text by its own notation, in cells where numbers stand beside texts; '1.234' may be either and is
    not read.
    """
    twijfel = teksten.str.contains(r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$")
    komma = teksten.str.contains(_GETAL_KOMMA)
    uit = pl.select(
        pl.when(twijfel)
        .then(pl.lit(ONLEESBAAR))
        .when(komma)
        .then(teksten)
        .otherwise(_points_to_commas(teksten))
    )
    return uit.to_series().alias(teksten.name)
