"""What a contract of an extract may say: every mistake is told with its file and key, before any load."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

import polars as pl

from etl.errors import UsageError
from etl.fields import read_codes, read_types
from etl.tables import RIJTABELLEN, TABELLEN

if TYPE_CHECKING:
    from etl.contract import Contract

_SLEUTELS = {"omschrijving", "tabel", "levering", "ontvangen_op", "sleutel", "vast", "kolommen", "splits"}
_VAN_KOLOM = {
    "kolom", "type", "nodig", "leesbaar", "verplicht", "teken", "mag_missen", "schaal", "ongeacht_teken",
    "vertaal", "alleen", "uit", "opzoek", "nodig_bij",
}  # fmt: skip
_INVOER = {
    "bsn", "geboortedatum", "geslacht", "postcode", "huisnummer", "huisletter", "toevoeging", "soort_adres",
    "overleden_op", "peildatum", "referentie_aanbieder",
}  # fmt: skip
"""Fields that are read and turned into something else: no column of the lake has their name."""
_SOORT: dict[str, tuple[pl.DataType, ...]] = {
    "tekst": (pl.Utf8(),),
    "geheel": (pl.Int64(), pl.Float64()),
    "kommagetal": (pl.Float64(),),
    "euro": (pl.Int64(),),
    "datum": (pl.Date(), pl.Datetime("us")),
    "datum_nl": (pl.Date(), pl.Datetime("us")),
    "maand_nl": (pl.Date(),),
    "tijdstip_nl": (pl.Datetime("us"), pl.Date()),
}
_TABELLEN = set(RIJTABELLEN) - {"quarantaine", "bevinding"}
OPZOEK = "opzoek"
"""Table name of a contract whose lines are looked up by others in the same load, and never written."""
_RUIS = re.compile(r"[\s_-]+")


def plain(naam: str) -> str:
    """A column's name as it is compared: small letters, without spaces, underscores and hyphens."""
    return _RUIS.sub("", naam).lower()


def _wrong(waar: str, sleutel: str, wat: str) -> NoReturn:
    raise UsageError(f"Contract {waar}, {sleutel}: {wat}")


def check_contract(d: Any, waar: str) -> None:
    """UsageError where a contract, as it came out of YAML, says what cannot be."""
    if not isinstance(d, dict):
        _wrong(waar, "begin", "dit is geen contract; begin met 'omschrijving:', 'tabel:' en 'kolommen:'.")
    for sleutel in d:
        if sleutel not in _SLEUTELS:
            _wrong(waar, str(sleutel), f"onbekende sleutel; bekend zijn {', '.join(sorted(_SLEUTELS))}.")
    for sleutel in ("omschrijving", "tabel", "levering", "sleutel", "kolommen"):
        if not d.get(sleutel):
            _wrong(waar, sleutel, "ontbreekt of is leeg.")
    tabel = d["tabel"]
    if tabel not in _TABELLEN | {OPZOEK}:
        _wrong(waar, "tabel", f"onbekende tabel '{tabel}'; kies uit {', '.join(sorted(_TABELLEN))}.")
    if d["levering"] not in ("volledig", "aanvullend"):
        _wrong(waar, "levering", "moet 'volledig' of 'aanvullend' zijn.")
    kolommen = d["kolommen"]
    if not isinstance(kolommen, dict):
        _wrong(waar, "kolommen", "moet een lijst van 'veld: type' zijn.")
    splits = _check_split(d, waar)
    doelen = set(splits.values()) | {tabel}
    bekend: dict[str, pl.DataType] = {}
    for doel in doelen - {OPZOEK}:
        bekend |= TABELLEN[doel]
    veld = d.get("splits", {}).get("veld", "")
    for naam, bron in kolommen.items():
        _check_column(str(naam), bron, d, waar)
        _check_fits(str(naam), bron, tabel, bekend, veld, waar)
    _check_names(kolommen, waar)
    _check_constants(d, bekend, waar)
    _check_keys(d, waar)


def _check_split(d: dict[str, Any], waar: str) -> dict[str, str]:
    splits = d.get("splits")
    if splits is None:
        return {}
    if not isinstance(splits, dict) or set(splits) != {"veld", "tabellen"}:
        _wrong(waar, "splits", "moet 'veld' en 'tabellen' hebben.")
    if splits["veld"] not in d["kolommen"]:
        _wrong(waar, "splits.veld", f"'{splits['veld']}' staat niet bij kolommen.")
    tabellen = splits["tabellen"]
    if not isinstance(tabellen, dict) or not set(tabellen.values()) <= _TABELLEN:
        _wrong(waar, "splits.tabellen", "moet per waarde een bekende tabel noemen.")
    return dict(tabellen)


def _check_column(naam: str, bron: Any, d: dict[str, Any], waar: str) -> None:
    """One column on its own: its keys, its type, its translation and its sources."""
    sleutel = f"kolommen.{naam}"
    k = {"type": bron} if isinstance(bron, str) else bron
    if not isinstance(k, dict):
        _wrong(waar, sleutel, "moet een type zijn, of {type: ..., ...}.")
    for s in k:
        if s not in _VAN_KOLOM:
            _wrong(waar, f"{sleutel}.{s}", f"onbekende sleutel; bekend zijn {', '.join(sorted(_VAN_KOLOM))}.")
    typen = read_types()
    if k.get("type") not in typen:
        _wrong(waar, f"{sleutel}.type", f"onbekend type '{k.get('type')}'; zie etl/standaard/typen.yaml.")
    spec = typen[k["type"]]
    namen = k.get("kolom", naam)
    if not all(isinstance(n, str) and n.strip() for n in (namen if isinstance(namen, list) else [namen])):
        _wrong(waar, f"{sleutel}.kolom", "moet een naam of een lijst van namen zijn.")
    if k.get("schaal", "euro") not in ("euro", "cent"):
        _wrong(waar, f"{sleutel}.schaal", "moet 'euro' of 'cent' zijn.")
    if "schaal" in k and spec["soort"] != "euro":
        _wrong(waar, f"{sleutel}.schaal", "hoort alleen bij type Euro.")
    if k.get("teken") and k["teken"] not in d["kolommen"]:
        _wrong(waar, f"{sleutel}.teken", f"'{k['teken']}' staat niet bij kolommen.")
    if k.get("uit") and k["uit"] not in d["kolommen"]:
        _wrong(waar, f"{sleutel}.uit", f"'{k['uit']}' staat niet bij kolommen.")
    if k.get("nodig_bij") and k["nodig_bij"] not in d.get("splits", {}).get("tabellen", {}).values():
        _wrong(waar, f"{sleutel}.nodig_bij", "noemt geen tabel van 'splits'.")
    if "opzoek" in k and (
        not isinstance(k["opzoek"], dict) or set(k["opzoek"]) != {"contract", "sleutel", "neem"}
    ):
        _wrong(waar, f"{sleutel}.opzoek", "moet 'contract', 'sleutel' en 'neem' hebben.")
    if not isinstance(k.get("alleen", []), list):
        _wrong(waar, f"{sleutel}.alleen", "moet een lijst zijn.")
    _check_translation(k.get("vertaal", {}), spec, f"{sleutel}.vertaal", waar)


def _check_translation(vertaal: Any, spec: dict[str, Any], sleutel: str, waar: str) -> None:
    if not isinstance(vertaal, dict):
        _wrong(waar, sleutel, "moet 'code: waarde' zijn.")
    for van, naar in vertaal.items():
        if not isinstance(van, str) or not isinstance(naar, str):
            _wrong(waar, sleutel, f"zet '{van}' en de waarde erachter tussen aanhalingstekens.")
    lijsten = {c for lijst in read_codes().values() for c in lijst.get(spec.get("lijst", ""), [])}
    mag = set(spec.get("keuze", [])) or lijsten
    for naar in vertaal.values():
        if mag and naar not in mag:
            _wrong(waar, sleutel, f"'{naar}' is geen waarde van dit type; kies uit {', '.join(sorted(mag))}.")


def _check_fits(
    naam: str, bron: Any, tabel: str, bekend: dict[str, pl.DataType], splitsveld: str, waar: str
) -> None:
    """Whether the field is one of the table, and its type one that the table's column takes."""
    k = {"type": bron} if isinstance(bron, str) else bron
    if tabel == OPZOEK or naam in _INVOER or naam == splitsveld or "alleen" in k:
        return
    if naam not in bekend:
        _wrong(waar, f"kolommen.{naam}", f"tabel '{tabel}' heeft geen veld '{naam}'.")
    soort = read_types()[k["type"]]["soort"]
    if bekend[naam] not in _SOORT.get(soort, ()):
        _wrong(waar, f"kolommen.{naam}.type", f"type '{k['type']}' past niet bij het veld '{naam}'.")


def _check_names(kolommen: dict[str, Any], waar: str) -> None:
    """No name of a column may be said of two fields."""
    van: dict[str, str] = {}
    for naam, bron in kolommen.items():
        k = {} if isinstance(bron, str) else bron
        if k.get("uit"):
            continue
        gezegd = k.get("kolom", naam)
        for n in gezegd if isinstance(gezegd, list) else [gezegd]:
            kaal = plain(n)
            if kaal in van:
                _wrong(waar, f"kolommen.{naam}.kolom", f"kolom '{n}' hoort ook al bij '{van[kaal]}'.")
            van[kaal] = naam


def _check_constants(d: dict[str, Any], bekend: dict[str, pl.DataType], waar: str) -> None:
    vast = d.get("vast", {})
    if not isinstance(vast, dict):
        _wrong(waar, "vast", "moet 'veld: waarde' zijn.")
    for naam, waarde in vast.items():
        if naam not in bekend or bekend[naam] != pl.Utf8():
            _wrong(waar, f"vast.{naam}", f"tabel '{d['tabel']}' heeft geen tekstveld '{naam}'.")
        if naam in d["kolommen"]:
            _wrong(waar, f"vast.{naam}", "staat ook bij kolommen; kies een van beide.")
        if not isinstance(waarde, str):
            _wrong(waar, f"vast.{naam}", "zet de waarde tussen aanhalingstekens.")
        if naam == "gemeentecode" and waarde != "eigen" and not (len(waarde) == 4 and waarde.isdigit()):
            _wrong(waar, "vast.gemeentecode", "moet vier cijfers zijn, of 'eigen'.")
        if naam == "wet" and waarde not in read_types()["Wet"]["keuze"]:
            _wrong(waar, "vast.wet", "moet 'Wmo' of 'Jeugdwet' zijn.")


def _check_keys(d: dict[str, Any], waar: str) -> None:
    """Business key, date of receipt, municipality and sign: what every line must be told apart by."""
    aanwezig = set(d["kolommen"]) | set(d.get("vast", {}))
    if not isinstance(d["sleutel"], list):
        _wrong(waar, "sleutel", "moet een lijst van velden zijn.")
    for naam in d["sleutel"]:
        if naam not in aanwezig:
            _wrong(waar, "sleutel", f"'{naam}' staat niet bij kolommen of vast.")
    if d["tabel"] == OPZOEK:
        return
    ontvangen = d.get("ontvangen_op")
    if not ontvangen:
        _wrong(waar, "ontvangen_op", "ontbreekt: noem de kolom die zegt wanneer een regel bekend werd.")
    for naam in [ontvangen] if isinstance(ontvangen, str) else ontvangen:
        k = d["kolommen"].get(naam)
        if k is None:
            _wrong(waar, "ontvangen_op", f"'{naam}' staat niet bij kolommen.")
        soort = read_types()[k if isinstance(k, str) else k["type"]]["soort"]
        if not soort.startswith(("datum", "tijdstip")):
            _wrong(waar, "ontvangen_op", f"'{naam}' is geen datum.")
    if "gemeentecode" not in aanwezig:
        _wrong(waar, "vast.gemeentecode", "ontbreekt: noem een kolom, vier cijfers, of 'eigen'.")
    bedrag = d["kolommen"].get("bedrag_cent")
    if d["tabel"] == "declaratieregel":
        if bedrag is None:
            _wrong(waar, "kolommen.bedrag_cent", "ontbreekt: zonder bedrag is er geen declaratieregel.")
        getekend = isinstance(bedrag, dict) and bedrag.get("teken")
        if "debet_credit" in d["kolommen"] and not getekend:
            _wrong(waar, "kolommen.bedrag_cent.teken", "ontbreekt: zet 'teken: debet_credit'.")


def check_together(contracten: Iterable["Contract"]) -> None:
    """UsageError where a contract looks something up in one that is not there, or by a field it has not."""
    per_naam = {c.naam: c for c in contracten}
    for c in per_naam.values():
        for k in c.kolommen:
            if k.opzoek is None:
                continue
            sleutel = f"kolommen.{k.veld.naam}.opzoek"
            bron = per_naam.get(k.opzoek.contract)
            if bron is None or bron.tabel != OPZOEK:
                _wrong(f"{c.naam}.yaml", sleutel, f"er is geen opzoekcontract '{k.opzoek.contract}'.")
            namen = {v.naam for v in bron.velden}
            if not {k.opzoek.sleutel, k.opzoek.neem} <= namen:
                _wrong(f"{c.naam}.yaml", sleutel, f"'{k.opzoek.contract}' heeft dat veld niet.")
