"""Messages of any release and shape, built element by element: a test says itself what stands where."""

from tests.etl.maken import BSN_1, BSN_2

NUMMERS = {
    "wmo": dict(zip(range(301, 309), (414, 415, 416, 417, 418, 419, 420, 421), strict=True))
    | {315: 444, 316: 445, 317: 480, 318: 481, 319: 482, 320: 483, 323: 484, 325: 485},
    "jw": dict(zip(range(301, 309), (436, 437, 432, 433, 438, 439, 440, 441), strict=True))
    | {315: 446, 316: 447, 317: 486, 318: 487, 319: 488, 320: 489, 323: 490, 325: 491},
}
"""BerichtCode (NASLAG 1.1)."""
AGB, GEMEENTE = "65656055", "0392"
_GEMEENTE_STUURT = {301, 302, 319, 320, 325}
"""Where Afzender is the gemeente; a retour repeats the header of what it answers."""


def e(naam: str, *inhoud: object) -> str:
    """An element with text or other elements in it."""
    return f"<m:{naam}>{''.join(str(i) for i in inhoud)}</m:{naam}>"


def retourcodes(*codes: str) -> str:
    """RetourCodes with the given codes."""
    return e("RetourCodes", *(e("RetourCode", c) for c in codes))


def bericht(
    voor: str,
    nummer: int,
    release: str,
    kern: str,
    *,
    id_: str = "B1",
    dag: str = "2020-05-06",
    kop: str | None = None,
    kop_2_0: bool = False,
    achtervoegsel: bool = False,
) -> str:
    """A whole message. `kop`: what follows in the header; `kop_2_0`: with the names of 2.0."""
    groot, klein = release.split(".")
    van, aan = (GEMEENTE, AGB) if nummer in _GEMEENTE_STUURT else (AGB, GEMEENTE)
    st = {"wmo": "iwmo", "jw": "ijw"}[voor]
    ruimte = f"http://www.istandaarden.nl/{st}/{groot}_{klein}/{voor}{nummer}/schema"
    ruimte += f"/{groot}_{klein}" if achtervoegsel else ""
    code = NUMMERS[voor][nummer]
    if kop_2_0:
        hoofd = e("Berichtspecificatie", e("Code", code), e("Versie", groot), e("SubVersie", klein))
        hoofd += e("Ontvanger", aan) + e("Afzender", van)
        hoofd += e("Berichtidentificatie", e("Identificatie", id_), e("Dagtekening", dag), e("Tekenset", "1"))
    else:
        hoofd = e("BerichtCode", code) + e("BerichtVersie", groot) + e("BerichtSubversie", klein)
        hoofd += e("Afzender", van) + e("Ontvanger", aan)
        hoofd += e("BerichtIdentificatie", e("Identificatie", id_), e("Dagtekening", dag))
    zinl = ' xmlns="http://www.zinl.nl"' if kop_2_0 else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<m:Bericht{zinl} xmlns:m="{ruimte}">'
        f"{e('Header', hoofd, kop or '')}{kern}</m:Bericht>"
    )


def retourkop(*codes: str, id_: str = "RET1", dag: str = "2020-05-09") -> str:
    """What a retour adds to the header."""
    return (
        e("IdentificatieRetour", id_) + e("DagtekeningRetour", dag) + (retourcodes(*codes) if codes else "")
    )


def persoon(bsn: str, geboren: str = "1967-08-13") -> str:
    """The first elements of a Client, with a name that must never be kept."""
    return (
        e("Bsn", bsn)
        + e("Geboortedatum", e("Datum", geboren))
        + e("Geslacht", "2")
        + e("Naam", e("Geslachtsnaam", e("Achternaam", "Ganzeveer")))
    )


def product(categorie: str = "02", code: str = "02A03") -> str:
    """A Product with category and code; an empty code leaves it out."""
    return e("Product", e("Categorie", categorie), e("Code", code) if code else "")


def omvang(volume: int = 6, eenheid: str = "04", frequentie: str = "4") -> str:
    """An Omvang."""
    return e("Omvang", e("Volume", volume), e("Eenheid", eenheid), e("Frequentie", frequentie))


def contact(postcode: str, soort: str = "01", *, huis: int = 100, element: str = "Contact") -> str:
    """An address in the names of 2.1 and later (Contact), or of 2.0 (Adres)."""
    adres = e("Adres", e("Huis", e("Huisnummer", huis)), e("Postcode", postcode))
    return e(element, e("Soort", soort), adres)


__all__ = ["AGB", "BSN_1", "BSN_2", "GEMEENTE", "bericht", "contact", "e", "omvang", "persoon", "product"]
