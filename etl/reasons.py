"""Every reason by code, in Dutch and without content: for the quarantine, the log and the screen."""

from etl.regels import REGELS

VAN_BESTAND: dict[str, tuple[str, str]] = {
    "te_groot": (
        "Het bestand is groter dan de ingestelde grens.",
        "Vraag de afzender het op te delen; een bericht is volgens de standaard hoogstens 25 MB.",
    ),
    "onverwacht": (
        "Dit programma loopt op dit bestand vast.",
        "Het ligt niet aan u: meld het met de soort en de release. Laad het na een nieuwe versie opnieuw.",
    ),
    "leeg": ("Het bestand is leeg.", "Vraag het bestand opnieuw op."),
    "onbekend": (
        "Dit is geen bericht, release of extract dat bekend is.",
        "Controleer of dit bestand hier hoort, en bij een nieuwe release of er een nieuwe versie van dit "
        "programma is; de inhoud is niet bewaard.",
    ),
    "codering": (
        "De tekens in het bestand kloppen niet met de codering die het opgeeft.",
        "Vraag het bestand opnieuw op in UTF-8.",
    ),
    "dtd": (
        "Het bericht bevat een DTD of entiteiten; die zijn in de standaard niet toegestaan.",
        "Vraag de afzender naar de herkomst van dit bestand.",
    ),
    "afgekapt": (
        "Het bericht is niet compleet: het einde ontbreekt.",
        "Haal het bestand opnieuw op.",
    ),
    "geplakt": (
        "Het bestand bevat meer dan één bericht of er staat iets voor of achter het bericht.",
        "Vraag de berichten als losse bestanden op.",
    ),
    "xml": ("De XML is niet welgevormd.", "Haal het bestand opnieuw op of vraag de afzender om herstel."),
    "telling": (
        "Het aantal gelezen regels is niet gelijk aan het aantal regels in het bestand.",
        "Meld dit; het bestand heeft een vorm die de lezer niet kent.",
    ),
    "envelop_leeg": (
        "In de envelop van de GGK zit geen bericht.",
        "Vraag het bericht opnieuw op bij VECOZO of de GGK.",
    ),
    "envelop_twee": (
        "In de envelop van de GGK zit meer dan één bericht.",
        "Vraag de berichten elk in een eigen envelop op.",
    ),
    "envelop_tekst": (
        "In de envelop zit een bericht in het oude tekstformaat (EI); alleen XML wordt gelezen.",
        "Vraag de afzender om het bericht in XML, of laad de gegevens als extract.",
    ),
    "envelop_code": (
        "De inhoud van de envelop is niet te lezen: de base64-codering klopt niet.",
        "Haal het bestand opnieuw op.",
    ),
    "gzip_kapot": ("Het gzip-bestand is beschadigd.", "Haal het bestand opnieuw op."),
    "vorm": (
        "De opbouw van het bericht klopt niet: een onderdeel dat één keer mag, komt vaker voor.",
        "Vraag de afzender om herstel.",
    ),
    "geen_regels": ("Het bericht bevat geen enkele regel.", "Vraag de afzender om herstel."),
    "kop_ontbreekt": (
        "Een verplicht gegeven in de kop van het bericht ontbreekt.",
        "Vraag de afzender om herstel.",
    ),
    "kop_type": (
        "Een gegeven in de kop van het bericht is niet te lezen.",
        "Vraag de afzender om herstel.",
    ),
    "kolom_ontbreekt": (
        "Een kolom van het extract ontbreekt.",
        "Vul de kolom aan of pas de kolomnamen aan in etl/extracten.",
    ),
    "kolom_dubbel": ("Een kolomnaam komt twee keer voor.", "Maak de kolomnamen uniek."),
    "kolommen_veel": (
        "Het extract heeft meer dan 1024 kolommen.",
        "Lever alleen de kolommen aan die het contract noemt.",
    ),
    "csv": ("Het extract is niet als CSV te lezen.", "Sla het op als CSV met puntkomma's, in UTF-8."),
    "nul": (
        "In het extract staan tekens (NUL) die in een tekstbestand niet voorkomen.",
        "Het bestand is beschadigd of geen tekst; maak het extract opnieuw.",
    ),
    "regel_eindeloos": (
        "Het extract heeft een regel zonder einde.",
        "Maak het extract opnieuw, met een regeleinde na elke regel.",
    ),
    "datumvorm": (
        "Uit de datums is niet op te maken of de dag of de maand voorop staat.",
        "Maak het extract opnieuw met datums als jjjj-mm-dd.",
    ),
    "datum_eeuw": (
        "Het jaartal in een datum heeft twee cijfers en de eeuw is niet op te maken.",
        "Maak het extract opnieuw met jaartallen van vier cijfers.",
    ),
    "getalvorm": (
        "Uit de bedragen is niet op te maken of een punt of komma duizendtallen of decimalen scheidt.",
        "Maak het extract opnieuw met twee decimalen en zonder scheiding van duizendtallen.",
    ),
    "gemeente_eigen": (
        "Het extract noemt geen gemeentecode en de instellingen noemen er niet precies één.",
        "Zet gemeentecodes in [laden] van het instellingenbestand, of een vaste code in het contract.",
    ),
    "excel_oud": (
        "Dit is een oud of met een wachtwoord beveiligd Office-bestand.",
        "Sla het zonder wachtwoord op als .xlsx of als CSV.",
    ),
    "xlsx": ("Het Excelbestand is beschadigd.", "Open het in Excel, sla het opnieuw op en laad het dan."),
    "xlsx_wachtwoord": (
        "Het Excelbestand is met een wachtwoord beveiligd.",
        "Sla het zonder wachtwoord op.",
    ),
    "xlsx_groot": (
        "Het Excelbestand is uitgepakt te groot om in het geheugen te lezen.",
        "Sla het op als CSV; dat mag elke omvang hebben.",
    ),
    "xlsx_bom": (
        "Een onderdeel van het Excelbestand wordt uitgepakt onwaarschijnlijk groot.",
        "Open dit bestand niet; vraag de afzender wat het is.",
    ),
    "parquet": ("Het Parquetbestand is niet te lezen.", "Maak het bestand opnieuw of lever CSV aan."),
    "parquet_type": (
        "Een kolom van het Parquetbestand bevat lijsten of andere samengestelde waarden.",
        "Schrijf de kolom als tekst, getal of datum.",
    ),
    "parquet_groot": (
        "Een onderdeel van het Parquetbestand wordt uitgepakt te groot om te lezen.",
        "Schrijf het bestand met kleinere rijgroepen, of lever CSV aan.",
    ),
    "zip_versleuteld": (
        "Het zipbestand is met een wachtwoord beveiligd.",
        "Pak het uit of vraag het zonder wachtwoord op.",
    ),
    "zip_kapot": ("Het zipbestand is beschadigd.", "Haal het bestand opnieuw op."),
    "zip_bom": (
        "Een onderdeel van het zipbestand wordt uitgepakt onwaarschijnlijk groot.",
        "Open dit bestand niet; vraag de afzender wat het is.",
    ),
    "zip_diep": (
        "Een zipbestand in een zipbestand in een zipbestand wordt niet gelezen.",
        "Pak het buitenste bestand eerst uit.",
    ),
    "niet_leesbaar": ("Het bestand kan niet worden geopend.", "Controleer de rechten op het bestand."),
}

VAN_REGEL: dict[str, tuple[str, str]] = {
    "ontbreekt": ("{veld} ontbreekt.", "De afzender vult dit gegeven aan en stuurt opnieuw in."),
    "type": ("{veld} is niet te lezen als wat het moet zijn.", "De afzender herstelt en stuurt opnieuw in."),
    "lengte": ("{veld} is te lang, te kort of te groot.", "Bespreek dit met de afzender; de regel telt mee."),
    "codelijst": ("{veld} staat niet in de codelijst van deze release.", "De regel telt mee als onbekend."),
    "niet_voorbeeld": (
        "{veld} is geen voorbeeld-BSN, en met de voorbeeldsleutel mogen alleen die worden geladen.",
        "Laad echte gegevens met een eigen, geheime sleutel.",
    ),
    "CS002": (
        "Het BSN voldoet niet aan de 11-proef.",
        "De regel telt mee; laat de afzender het BSN nagaan.",
    ),
    "kolommen": (
        "De regel heeft niet evenveel velden als de kop van het bestand.",
        "Maak het extract opnieuw; let op scheidingstekens in teksten.",
    ),
    "regel_lang": (
        "De regel is langer dan 64 kB.",
        "Maak het extract opnieuw; let op aanhalingstekens die niet worden gesloten.",
    ),
    "opzoek": (
        "{veld} is niet te vinden: het extract waarin dat staat, zit niet in deze lading of kent het niet.",
        "Laad dat extract (bijvoorbeeld Pdc_Client) in dezelfde lading mee; trek dit bestand eerst in.",
    ),
    "nodig": ("{veld} ontbreekt.", "De afzender vult dit gegeven aan en stuurt opnieuw in."),
    "telt_niet": (
        "De bron heeft deze regel als verwijderd of afgekeurd gemerkt ({veld}).",
        "Niets: de regel hoort niet mee te tellen.",
    ),
    "wetenschappelijk": (
        "{veld} is door een rekenblad ingekort (zoals 1,23E+08); de cijfers zijn verloren.",
        "Maak het extract opnieuw, zonder het in Excel te openen.",
    ),
    "vertaling": (
        "{veld} heeft een waarde die het contract niet vertaalt.",
        "Zet de waarde bij 'vertaal' in het contract; zie beheer, Eigen bestanden laden.",
    ),
    "voorloopnullen": (
        "{veld} was zijn voorloopnullen kwijt; die zijn teruggezet.",
        "De regel telt mee; bewaar codes als tekst, niet als getal.",
    ),
    "formule": (
        "{veld} begint als een formule (=, +, - of @).",
        "De regel telt mee, als gewone tekst; ga na waar de tekst vandaan komt.",
    ),
    "berichtcode": (
        "De berichtcode in de kop past niet bij het soort bericht.",
        "De regels tellen mee; meld het aan de afzender.",
    ),
    "ggk": (
        "De GGK meldt fout {veld}: een bericht is niet afgeleverd of niet verwerkt.",
        "Zoek de code op in de foutcodelijst van de GGK en stuur het bericht zo nodig opnieuw.",
    ),
    "windows": (
        "Het bestand is niet in UTF-8 maar in Windows-codering gelezen.",
        "Controleer of namen met accenten goed staan.",
    ),
}

_VELDEN = {
    "bsn": "BSN",
    "aanbieder_agb": "AGB-code",
    "begindatum": "begindatum",
    "beschikking_nummer": "BeschikkingNummer",
    "dagtekening": "dagtekening",
    "debet_credit": "DebetCredit (D of C)",
    "declaratienummer": "DeclaratieNummer",
    "declaratieperiode_begin": "begin van de declaratieperiode",
    "declaratieperiode_eind": "einde van de declaratieperiode",
    "identificatie": "identificatie van het bericht",
    "ingediend_cent": "ingediend bedrag",
    "ontvangen_op": "datum van ontvangst",
    "periode_begin": "begin van de productperiode",
    "periode_eind": "einde van de productperiode",
    "reden_beeindiging": "RedenBeeindiging",
    "reden_wijziging": "RedenWijziging",
    "referentienummer": "ReferentieNummer",
    "status_aanlevering": "StatusAanlevering",
    "toegekend_cent": "toegekend bedrag",
    "toewijzing_nummer": "ToewijzingNummer",
    "totaal_dc": "DebetCredit van het totaal",
    "totaal_ingediend_cent": "ingediend totaalbedrag",
    "totaal_toegekend_cent": "toegekend totaalbedrag",
    "vorig_referentienummer": "VorigReferentieNummer",
}
"""Fields by the name that the standard or the reader has for them; the others are their own name."""

BEVINDING = "bevinding"
"""Prefix of a reason that was reported while the line was kept."""

VAN_STANDAARD: dict[str, tuple[str, str]] = {
    r.code: (r.zin, f"De regel telt mee; meld het aan de afzender (retourcode {r.retourcode}).")
    for r in reversed(REGELS)
}
"""Rules of the standard by number; of a number that stands for several fields the first sentence."""


def _texts(code: str) -> tuple[str, str]:
    return VAN_BESTAND.get(code) or VAN_REGEL.get(code) or VAN_STANDAARD[code]


def describe(reden: str) -> str:
    """Dutch sentence of a reason as it is counted ('type:bsn', 'afgekapt', 'bevinding:codelijst:eenheid')."""
    delen = reden.split(":")
    if delen[0] == BEVINDING:
        delen = delen[1:]
    code, veld = delen[0], delen[1] if len(delen) > 1 else ""
    zin = _texts(code)[0]
    veld = name_field(veld)
    if code in VAN_BESTAND:
        return f"{zin[:-1]} ({veld})." if veld else zin
    gevuld = zin.format(veld=veld or "het bestand")
    return gevuld[:1].upper() + gevuld[1:]


def name_field(veld: str) -> str:
    """A field as a person calls it: 'bedrag_cent' is 'bedrag'."""
    return _VELDEN.get(veld) or veld.removesuffix("_cent").replace("_", " ")


def advise(reden: str) -> str:
    """What the reader can do about it, in Dutch."""
    delen = reden.split(":")
    return _texts(delen[1] if delen[0] == BEVINDING else delen[0])[1]
