"""Small messages and extracts made by hand, so that a test says itself what should be read."""

import io
import zipfile
from collections.abc import Iterable

NS = "http://www.istandaarden.nl/{st}/3_2/{soort}/schema"
BSN_1, BSN_2 = "999900006", "999900018"
"""Two numbers of the official test range that pass the 11-proef."""

CODES = {"wmo301": 414, "wmo305": 418, "wmo307": 420, "wmo323": 484, "wmo325": 485}
CODES |= {"jw301": 436, "jw305": 438, "jw307": 440, "jw323": 490, "jw325": 491}


def bericht(
    soort: str, kern: str, nummer: str = "B1", dag: str = "2026-05-06", van: str = "", aan: str = ""
) -> str:
    """A whole message with the given content after the header."""
    st = "iwmo" if soort.startswith("wmo") else "ijw"
    uitgaand = soort[-3:] in ("301", "325")
    van = van or ("0392" if uitgaand else "65656055")
    aan = aan or ("65656055" if uitgaand else "0392")
    extra = ""
    if soort.endswith("325"):
        kop, _, kern = kern.partition("|")
        extra = kop
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<m:Bericht xmlns:m="{NS.format(st=st, soort=soort)}" '
        f'xmlns:b="{NS.format(st=st, soort="basisschema")}">'
        f"<m:Header><m:BerichtCode>{CODES[soort]}</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie>"
        f"<m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>{van}</m:Afzender><m:Ontvanger>{aan}</m:Ontvanger>"
        f"<m:BerichtIdentificatie><b:Identificatie>{nummer}</b:Identificatie>"
        f"<b:Dagtekening>{dag}</b:Dagtekening></m:BerichtIdentificatie>{extra}</m:Header>{kern}</m:Bericht>\n"
    )


def prestatie(ref: str, cent: object = 5000, dc: str = "D", volume: object = 4, **anders: str) -> str:
    """One Prestatie; `anders` replaces the text of an element (begin, eind, toewijzing, eenheid, vorig, or
    tarief, which an empty text leaves out).
    """
    gezegd = anders.get("tarief", "1250")
    tarief = f"<m:ProductTarief>{gezegd}</m:ProductTarief>" if gezegd else ""
    begin, eind = anders.get("begin", "2026-04-01"), anders.get("eind", "2026-04-30")
    vorig = (
        f"<b:VorigReferentieNummer>{anders['vorig']}</b:VorigReferentieNummer>" if "vorig" in anders else ""
    )
    return (
        f"<m:Prestatie><m:ProductReferentie><b:ReferentieNummer>{ref}</b:ReferentieNummer>{vorig}"
        f"</m:ProductReferentie><m:ToewijzingNummer>{anders.get('toewijzing', '101')}</m:ToewijzingNummer>"
        "<m:ProductCategorie>02</m:ProductCategorie><m:ProductCode>02A03</m:ProductCode>"
        f"<m:ProductPeriode><b:Begindatum>{begin}</b:Begindatum><b:Einddatum>{eind}</b:Einddatum></m:ProductPeriode>"
        f"<m:GeleverdVolume>{volume}</m:GeleverdVolume><m:Eenheid>{anders.get('eenheid', '04')}</m:Eenheid>"
        f"{tarief}<m:IngediendBedrag><b:Bedrag>{cent}</b:Bedrag>"
        f"<b:DebetCredit>{dc}</b:DebetCredit></m:IngediendBedrag></m:Prestatie>"
    )


def client(bsn: str, *prestaties: str) -> str:
    """A Client of a 323."""
    return f"<m:Client><m:Bsn>{bsn}</m:Bsn><m:Prestaties>{''.join(prestaties)}</m:Prestaties></m:Client>"


def declaratie(
    *clienten: str, totaal: int, nummer: str = "B1", soort: str = "wmo323", dag: str = "2026-05-06"
) -> str:
    """A 323 with the given clients; `totaal` in cents, signed."""
    return bericht(
        soort,
        f"<m:Declaratie><m:DeclaratieNummer>D{nummer}</m:DeclaratieNummer><m:DeclaratiePeriode>"
        "<b:Begindatum>2026-04-01</b:Begindatum><b:Einddatum>2026-04-30</b:Einddatum></m:DeclaratiePeriode>"
        f"<m:DeclaratieDagtekening>{dag}</m:DeclaratieDagtekening><m:TotaalIngediendBedrag>"
        f"<b:TotaalBedrag>{abs(totaal)}</b:TotaalBedrag>"
        f"<b:DebetCredit>{'C' if totaal < 0 else 'D'}</b:DebetCredit>"
        f"</m:TotaalIngediendBedrag><m:Clienten>{''.join(clienten)}</m:Clienten></m:Declaratie>",
        nummer,
        dag,
    )


def codes(*nummers: str) -> str:
    """RetourCodes with the given codes."""
    return f"<m:RetourCodes>{''.join(f'<m:RetourCode>{n}</m:RetourCode>' for n in nummers)}</m:RetourCodes>"


def antwoord(kop: tuple[str, ...], kern: str = "", nummer: str = "A1", soort: str = "wmo325") -> str:
    """A 325 on message B1 with the header's return codes."""
    verwijst = (
        "<m:DeclaratieIdentificatie><b:Identificatie>B1</b:Identificatie><b:Dagtekening>2026-05-06</b:Dagtekening>"
        "</m:DeclaratieIdentificatie>"
    )
    return bericht(soort, f"{verwijst}{codes(*kop)}|{kern}", nummer, "2026-05-12")


def toewijzing(
    bsn: str,
    *nummers: int,
    postcode: str = "2011AA",
    geboren: str = "1967-08-13",
    nummer: str = "T1",
    soort: str = "wmo301",
    naam: str = "Ganzeveer",
) -> str:
    """A 301 with one specific toewijzing per number and a registered address."""
    producten = "".join(
        f"<m:ToegewezenProduct><m:ToewijzingNummer>{n}</m:ToewijzingNummer><m:Product><b:Categorie>02</b:Categorie>"
        "<b:Code>02A03</b:Code></m:Product><m:Toewijzingsdatum>2026-05-01</m:Toewijzingsdatum>"
        "<m:Toewijzingstijd>12:34:56</m:Toewijzingstijd><m:Ingangsdatum>2026-05-02</m:Ingangsdatum>"
        "<m:Omvang><b:Volume>2</b:Volume><b:Eenheid>04</b:Eenheid><b:Frequentie>2</b:Frequentie></m:Omvang>"
        "</m:ToegewezenProduct>"
        for n in nummers
    )
    return bericht(
        soort,
        f"<m:Client><m:Bsn>{bsn}</m:Bsn><m:Geboortedatum><b:Datum>{geboren}</b:Datum></m:Geboortedatum>"
        f"<m:Geslacht>1</m:Geslacht><m:Naam><b:Geslachtsnaam><b:Achternaam>{naam}</b:Achternaam></b:Geslachtsnaam>"
        "<b:NaamGebruik>1</b:NaamGebruik></m:Naam><m:Contactgegevens><m:Contact><m:Soort>01</m:Soort><m:Adres>"
        f"<b:Huis><b:Huisnummer>100</b:Huisnummer></b:Huis><b:Postcode>{postcode}</b:Postcode></m:Adres></m:Contact>"
        f"</m:Contactgegevens><m:ToegewezenProducten>{producten}</m:ToegewezenProducten></m:Client>",
        nummer,
    )


def start(bsn: str, *nummers: int, nummer: str = "S1", soort: str = "wmo305") -> str:
    """A 305 with one StartProduct per number."""
    producten = "".join(
        f"<m:StartProduct><m:ToewijzingNummer>{n}</m:ToewijzingNummer><m:Begindatum>2026-05-03</m:Begindatum>"
        "<m:StatusAanlevering>1</m:StatusAanlevering></m:StartProduct>"
        for n in nummers
    )
    return bericht(
        soort,
        f"<m:Client><m:Bsn>{bsn}</m:Bsn><m:StartProducten>{producten}</m:StartProducten></m:Client>",
        nummer,
    )


def stop(bsn: str, *nummers: int, nummer: str = "E1", soort: str = "wmo307") -> str:
    """A 307 with one StopProduct per number."""
    producten = "".join(
        f"<m:StopProduct><m:ToewijzingNummer>{n}</m:ToewijzingNummer><m:Begindatum>2026-05-03</m:Begindatum>"
        "<m:RedenBeeindiging>31</m:RedenBeeindiging><m:Einddatum>2026-06-30</m:Einddatum>"
        "<m:StatusAanlevering>1</m:StatusAanlevering></m:StopProduct>"
        for n in nummers
    )
    return bericht(
        soort,
        f"<m:Client><m:Bsn>{bsn}</m:Bsn><m:StopProducten>{producten}</m:StopProducten></m:Client>",
        nummer,
    )


def zip_of(leden: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip in memory."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, data in leden:
            archief.writestr(naam, data)
    return uit.getvalue()


DECLARATIEKOP = (
    "wet;gemeentecode;aanbieder_agb;bsn;toewijzingnummer;productcategorie;productcode;begindatum;einddatum;volume;"
    "eenheid;tarief;bedrag;debet_credit;referentienummer;vorig_referentienummer;declaratienummer;ontvangen_op;"
    "beantwoord_op;status;toegekend_bedrag"
)


def declaratieregel(
    ref: str, bedrag: str = "50,00", dc: str = "D", bsn: str = BSN_1, begin: str = "01-04-2024"
) -> str:
    """A line of declaratieregels.csv."""
    return (
        f"Wmo;0392;65656055;{bsn};101;02;02A03;{begin};30-04-2024;4;04;12,50;{bedrag};{dc};{ref};;DN1;05-05-2024;"
        f"15-05-2024;goedgekeurd;{bedrag}"
    )


def csv(kop: str, *regels: str) -> bytes:
    """An extract as the back office delivers it: BOM, semicolons."""
    return b"\xef\xbb\xbf" + "\n".join([kop, *regels, ""]).encode()


POSTCODES = csv(
    "gemeentecode;jaar;postcode;wijkcode", "0392;2018;2011AA;WK039201", "0392;2018;2012BB;WK039202"
)
