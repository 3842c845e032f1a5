"""Old and new shapes of every message in both laws; expected rows are written out by hand."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

import etl.mapping
from etl.mapping import read_mappings, read_shapes
from etl.tables import TABELLEN
from tests.etl.conftest import VOORBEELD, Laad, rows, the_file
from tests.etl.maken import BSN_1, BSN_2, POSTCODES
from tests.etl.maken_vormen import (
    bericht,
    contact,
    e,
    omvang,
    persoon,
    product,
    retourcodes,
    retourkop,
)

WETTEN = {"wmo": "Wmo", "jw": "Jeugdwet"}
PRODUCT = {"wmo": ("02", "02A03"), "jw": ("45", "45A04")}
"""A category and code that stand in the list of the law."""


def toegewezen(voor: str, ingang: str, *extra: str, nummer: str = "", eind: str = "") -> str:
    """A ToegewezenProduct of a 301."""
    return e(
        "ToegewezenProduct",
        e("ToewijzingNummer", nummer) if nummer else "",
        *extra,
        product(*PRODUCT[voor]),
        e("Toewijzingsdatum", "2020-02-20"),
        e("Toewijzingstijd", "14:23:26"),
        e("Ingangsdatum", ingang),
        e("Einddatum", eind) if eind else "",
        omvang(),
    )


def klant_301(voor: str, bsn: str, adressen: str, beschikking: str, *producten: str, n: str = "N") -> str:
    """A Client of a 301 of 2.x; `n`: the letter of Beschikking(n)ummer."""
    return e(
        "Client",
        persoon(bsn),
        adressen,
        e(
            "Beschikking",
            e(f"Beschikking{n}ummer", beschikking),
            e("Afgiftedatum", "2020-02-15"),
            e("Ingangsdatum", "2020-02-15"),
            e("BeschiktProducten", e("BeschiktProduct", product(*PRODUCT[voor]))),
            e("ToegewezenProducten", *producten),
        ),
    )


@pytest.mark.parametrize("voor", ["wmo", "jw"])
@pytest.mark.parametrize(
    ("release", "kop_2_0", "oud"),
    [
        ("2.0", True, True),
        ("2.0", False, False),
        ("2.1", False, True),
        ("2.1", True, True),
        ("2.1", False, False),
        ("2.2", False, True),
        ("2.2", False, False),
    ],
)
def test_toewijzing_of_two_clients_keeps_each_with_its_own_address(
    voor: str, release: str, kop_2_0: bool, oud: bool, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """Old shape: two clients in a message, the second with two addresses, the first of them for letters."""
    n = "n" if kop_2_0 else "N"
    lijst, element = ("Adressen", "Adres") if kop_2_0 else ("Contactgegevens", "Contact")
    een = klant_301(
        voor, BSN_1, e(lijst, contact("2011AA", element=element)), "425", toegewezen(voor, "2020-02-15"), n=n
    )
    twee = klant_301(
        voor,
        BSN_2,
        e(lijst, contact("2011AA", "02", element=element), contact("2012 bb", huis=7, element=element)),
        "426",
        toegewezen(voor, "2020-02-16", nummer="" if kop_2_0 else "900", eind="2020-12-31"),
        toegewezen(voor, "2020-03-01"),
        n=n,
    )
    kern = [e("Clienten", een, twee)] if oud else [een, twee]
    for nummer, deel in enumerate(kern, 1):
        tekst = bericht(
            voor, 301, release, deel, id_=f"B{nummer}", kop_2_0=kop_2_0, achtervoegsel=release < "2.2"
        )
        (tmp_path / f"{nummer}.xml").write_text(tekst)
    (tmp_path / "postcode_wijk.csv").write_bytes(POSTCODES)
    verslag = laad(tmp_path)
    assert verslag["exit"] == 0 and verslag["totaal"]["regels_geladen"] == 3 + 2
    assert all(b["redenen"] == {} for b in verslag["files"])
    assert {(b["release"], b["berichttype"]) for b in verslag["files"] if b["release"]} == {
        (release, f"{voor}301")
    }
    rij = rows(lake, "toewijzing").sort("ingangsdatum").to_dicts()
    assert [(r["beschikking_nummer"], r["ingangsdatum"], r["einddatum"]) for r in rij] == [
        ("425", date(2020, 2, 15), None),
        ("426", date(2020, 2, 16), date(2020, 12, 31)),
        ("426", date(2020, 3, 1), None),
    ]
    assert {(r["wet"], r["productcategorie"], r["productcode"]) for r in rij} == {
        (WETTEN[voor], *PRODUCT[voor])
    }
    assert {(r["volume"], r["eenheid"], r["frequentie"], r["reden_wijziging"]) for r in rij} == {
        (6, "04", "4", None)
    }
    assert rij[0]["toegewezen_op"] == datetime(2020, 2, 20, 14, 23, 26)
    assert rij[0]["client_id"] != rij[1]["client_id"] == rij[2]["client_id"]
    assert len({r["toewijzing_sleutel"] for r in rij}) == 3
    if not kop_2_0:
        assert rij[1]["toewijzing_sleutel"] == "900"
    wijk = {r["client_id"]: r["wijkcode"] for r in rows(lake, "client").to_dicts()}
    assert wijk == {rij[0]["client_id"]: "WK039201", rij[1]["client_id"]: "WK039202"}
    assert rows(lake, "client")["huishouden_id"].n_unique() == 2
    assert rows(lake, "client").height == 2


def geleverd(voor: str, soort: str, *velden: str) -> str:
    """A StartProduct or StopProduct in the names of 2.0."""
    return e(
        f"{soort}Product",
        e("Beschikkingnummer", "425"),
        product(*PRODUCT[voor]),
        e("Ingangsdatum", "2020-02-15"),
        e("Begindatum", "2020-03-10"),
        e("Aanbieder", "65656055"),
        *velden,
        e("StatusAanlevering", "1"),
    )


@pytest.mark.parametrize("voor", ["wmo", "jw"])
def test_start_and_stop_of_2_0_find_the_toewijzing_that_has_no_number(
    voor: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    def schrijf(nummer: int, kern: str) -> None:
        tekst = bericht(voor, nummer, "2.0", e("Clienten", kern), kop_2_0=True, achtervoegsel=True)
        (tmp_path / f"{nummer}.xml").write_text(tekst)

    schrijf(301, klant_301(voor, BSN_1, "", "425", toegewezen(voor, "2020-02-15"), n="n"))
    status = e("StatusAanlevering", "1")
    schrijf(
        305,
        e("Client", persoon(BSN_1), status, e("StartProducten", geleverd(voor, "Start", omvang())))
        + e("Client", persoon(BSN_2), status, e("StartProducten", geleverd(voor, "Start"))),
    )
    einde = e("RedenBeeindiging", "02") + e("Einddatum", "2020-10-02")
    schrijf(307, e("Client", persoon(BSN_1), status, e("StopProducten", geleverd(voor, "Stop", einde))))
    verslag = laad(tmp_path)
    assert verslag["exit"] == 0
    assert {b["name"]: b["regels_geladen"] for b in verslag["files"]} == {
        "301.xml": 1,
        "305.xml": 2,
        "307.xml": 1,
    }
    (toewijzing,) = rows(lake, "toewijzing").to_dicts()
    start = rows(lake, "start")
    assert start["begindatum"].to_list() == [date(2020, 3, 10)] * 2
    eigen = start.filter(pl.col("client_id") == toewijzing["client_id"]).to_dicts()
    assert [r["toewijzing_sleutel"] for r in eigen] == [toewijzing["toewijzing_sleutel"]]
    assert start["toewijzing_sleutel"].n_unique() == 2
    (stop,) = rows(lake, "stop").to_dicts()
    assert (stop["reden_beeindiging"], stop["einddatum"]) == ("02", date(2020, 10, 2))
    assert stop["toewijzing_sleutel"] == toewijzing["toewijzing_sleutel"]


def gevraagd_oud(voor: str) -> str:
    """What a 315 of 2.0 asks for: a Product that holds a Product."""
    verwijzer = e("Verwijzer", e("Type", "02"), e("Naam", "Dokter Ganzeveer"))
    velden = [e("Beschikkingnummer", "425"), product(*PRODUCT[voor]), e("Ingangsdatum", "2020-02-15")]
    velden += [e("Begindatum", "2020-02-16"), e("Aanbieder", "65656055"), omvang()]
    return e("Product", *velden, e("StatusAanlevering", "1"), verwijzer, e("Raamcontract", "2"))


def gevraagd(voor: str, referentie: str, *extra: str) -> str:
    """What a 315 of 2.3 and later asks for."""
    velden = [e("ReferentieAanbieder", referentie), product(*PRODUCT[voor])]
    velden += [e("ToewijzingIngangsdatum", "2020-02-15"), e("ToewijzingEinddatum", "2020-12-31"), omvang()]
    return e("AangevraagdProduct", *velden, *extra, e("Verwijzer", e("Type", "02"), e("Naam", "Ganzeveer")))


@pytest.mark.parametrize("voor", ["wmo", "jw"])
def test_request_of_2_0_holds_a_product_in_a_product(
    voor: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    klant = [
        e("Client", persoon(b), e("Producten", *[gevraagd_oud(voor)] * n))
        for b, n in ((BSN_1, 2), (BSN_2, 1))
    ]
    tekst = bericht(voor, 315, "2.0", e("Clienten", *klant), kop_2_0=True, achtervoegsel=True)
    (tmp_path / "a.xml").write_text(tekst)
    (tmp_path / "b.xml").write_text(tekst.replace("</m:Product><m:Product>", "</m:Product>\n <m:Product>"))
    verslag = laad(tmp_path / "a.xml", tmp_path / "b.xml")
    assert the_file(verslag, "a.xml")["regels_geladen"] == 3
    assert the_file(verslag, "b.xml")["status"] == "dubbel", "white space between elements is no content"
    verzoek = rows(lake, "verzoek")
    assert verzoek["regel_nr"].sort().to_list() == [1, 2, 3] and verzoek["client_id"].n_unique() == 2
    rij = verzoek.to_dicts()[0]
    assert (rij["soort"], rij["verwijzer"], rij["raamcontract"], rij["referentie_sleutel"]) == (
        "nieuw",
        "02",
        "2",
        None,
    )
    assert (rij["ingangsdatum"], rij["einddatum"], rij["volume"]) == (date(2020, 2, 15), None, 6)
    assert rij["beschikking_nummer"] == "425"


@pytest.mark.parametrize("voor", ["wmo", "jw"])
@pytest.mark.parametrize("release", ["2.0", "2.1", "2.2", "2.3", "2.4", "3.0", "3.1", "3.2"])
def test_request_answer_and_toewijzing_share_the_key_of_the_reference(
    voor: str, release: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """The reference is free text of a provider and may hold a BSN: only its keyed hash is kept."""
    nieuw = release >= "3.0"
    referentie = f"aanvraag {BSN_1}"
    vraag = e(
        "Client", persoon(BSN_1), e("AangevraagdeProducten", gevraagd(voor, referentie), gevraagd(voor, "B"))
    )
    delen = {315: bericht(voor, 315, release, vraag)}
    verwijst = e("ReferentieAanbieder", referentie)
    if nieuw:
        delen[319] = bericht(
            voor, 319, release,
            e("Antwoord", verwijst, e("VerzoekAntwoord", "1"), e("RedenAfwijzingVerzoek", "4")),
        )  # fmt: skip
        eigen = toegewezen(voor, "2020-02-15", verwijst, nummer="7")
        kern = e("Client", persoon(BSN_1), e("ToegewezenProducten", eigen))
    else:
        kern = klant_301(voor, BSN_1, "", "425", toegewezen(voor, "2020-02-15", verwijst, nummer="7"))
    delen[301] = bericht(voor, 301, release, kern)
    for nummer, tekst in delen.items():
        (tmp_path / f"{nummer}.xml").write_text(tekst)
    verslag = laad(tmp_path)
    assert verslag["exit"] == 0 and all(b["redenen"] == {} for b in verslag["files"])
    assert verslag["totaal"]["regels_geladen"] == 2 + 1 + nieuw
    verzoek = rows(lake, "verzoek").sort("regel_nr").to_dicts()
    assert [(r["regel_nr"], r["soort"], r["berichttype"]) for r in verzoek] == [
        (1, "nieuw", f"{voor}315"),
        (2, "nieuw", f"{voor}315"),
    ]
    assert (verzoek[0]["ingangsdatum"], verzoek[0]["einddatum"]) == (date(2020, 2, 15), date(2020, 12, 31))
    sleutel = verzoek[0]["referentie_sleutel"]
    assert sleutel and sleutel != verzoek[1]["referentie_sleutel"] and BSN_1 not in sleutel
    assert rows(lake, "toewijzing")["referentie_sleutel"].to_list() == [sleutel]
    antwoord = rows(lake, "antwoord").to_dicts()
    assert [
        (r["referentie_sleutel"], r["verzoek_antwoord"], r["reden_afwijzing"], r["aanbieder_agb"])
        for r in antwoord
    ] == ([(sleutel, "1", "4", "65656055")] if nieuw else [])


@pytest.mark.parametrize("voor", ["wmo", "jw"])
@pytest.mark.parametrize("release", ["3.0", "3.1", "3.2"])
def test_change_request_counts_its_three_parts_as_one_list(
    voor: str, release: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    def deel(lijst: str, element: str, *inhoud: str) -> str:
        return e(lijst, *(e(element, i) for i in inhoud))

    gewenst = e("GewensteIngangsdatum", "2026-07-01")
    verzoek = e(
        "Verzoek",
        e("ReferentieAanbieder", "W1"),
        e("RedenVerzoek", "2"),
        deel(
            "OngewijzigdeProducten",
            "OngewijzigdProduct",
            e("ToewijzingNummer", "7"),
            e("ToewijzingNummer", "8"),
        ),
        deel("TeWijzigenProducten", "TeWijzigenProduct", e("ToewijzingNummer", "9") + gewenst + omvang(12)),
        deel("NieuweProducten", "NieuwProduct", product(*PRODUCT[voor]) + gewenst + e("Budget", 90000)),
    )
    (tmp_path / "a.xml").write_text(bericht(voor, 317, release, e("Client", e("Bsn", BSN_1), verzoek)))
    bestand = laad(tmp_path / "a.xml")["files"][0]
    assert (bestand["status"], bestand["regels"], bestand["redenen"]) == ("geladen", 4, {})
    kolommen = [
        "regel_nr",
        "soort",
        "toewijzing_sleutel",
        "productcode",
        "ingangsdatum",
        "volume",
        "budget_cent",
    ]
    dag = date(2026, 7, 1)
    assert rows(lake, "verzoek").sort("regel_nr").select(kolommen).rows() == [
        (1, "ongewijzigd", "7", None, None, None, None),
        (2, "ongewijzigd", "8", None, None, None, None),
        (3, "wijziging", "9", None, dag, 12, None),
        (4, "nieuw", None, PRODUCT[voor][1], dag, None, 90000),
    ]
    assert set(rows(lake, "verzoek")["reden_verzoek"]) == {"2"}
    assert rows(lake, "verzoek")["referentie_sleutel"].n_unique() == 1


RETOUREN: list[tuple[int, str, str, str]] = [
    (302, "ToegewezenProducten", "ToegewezenProduct", "Ingangsdatum"),
    (306, "StartProducten", "StartProduct", "Begindatum"),
    (308, "StopProducten", "StopProduct", "Begindatum"),
    (316, "AangevraagdeProducten", "AangevraagdProduct", "ToewijzingIngangsdatum"),
]


@pytest.mark.parametrize("voor", ["wmo", "jw"])
@pytest.mark.parametrize("release", ["2.1", "2.3", "2.4", "3.0", "3.1", "3.2"])
@pytest.mark.parametrize(("nummer", "lijst", "element", "datum"), RETOUREN)
def test_retour_says_what_was_rejected_at_which_level(
    nummer: int,
    lijst: str,
    element: str,
    datum: str,
    release: str,
    voor: str,
    tmp_path: Path,
    laad: Laad,
    lake: Path,
) -> None:
    """A 302 comes from the aanbieder although its header repeats that of the 301 (OP065)."""
    oud = release == "2.1"
    if oud and nummer == 316:
        lijst, element = "Producten", "Product"
    verwijst = e("ReferentieAanbieder", "V1") if nummer in (302, 316) else ""
    if nummer == 302 and release >= "3.0":
        verwijst = e("ToewijzingNummer", "7") + verwijst
    kern = e(element, verwijst, product(*PRODUCT[voor]), e(datum, "2020-05-01"), retourcodes("9019", "9074"))
    kern = e(lijst, kern)
    met_beschikking = nummer == 302 and release < "3.0"
    if met_beschikking:
        kern = e("Beschikking", e("BeschikkingNummer", "425"), kern, retourcodes("0233"))
    deel = e(
        "Contactgegevens", contact("2011AA").replace("</m:Contact>", retourcodes("0233") + "</m:Contact>")
    )
    deel = e("Relaties", e("Relatie", e("Soort", "12"), retourcodes("9063"))) + deel if nummer == 302 else ""
    kern = e("Client", persoon(BSN_1), deel, kern, retourcodes("0200"))
    tekst = bericht(
        voor, nummer, release, e("Clienten", kern) if oud else kern, id_="HEEN1", kop=retourkop("0200")
    )
    leeg = bericht(voor, nummer, release, "", id_="HEEN2", kop=retourkop("0200", id_="RET2"))
    (tmp_path / "a.xml").write_text(tekst)
    (tmp_path / "leeg.xml").write_text(leeg)
    verslag = laad(tmp_path)
    assert verslag["exit"] == 0 and all(b["redenen"] == {} for b in verslag["files"])
    assert {b["name"]: b["regels"] for b in verslag["files"]} == {"a.xml": 1, "leeg.xml": 0}
    kolommen = ["heen_identificatie", "niveau", "retourcodes", "begindatum", "productcode"]
    verwacht = {
        ("HEEN1", "bericht", "0200", None, None),
        ("HEEN1", "client", "0200", None, None),
        ("HEEN1", "product", "9019,9074", date(2020, 5, 1), PRODUCT[voor][1]),
        ("HEEN2", "bericht", "0200", None, None),
    }
    if nummer == 302:
        verwacht |= {
            ("HEEN1", "relatie", "9063", None, None),
            ("HEEN1", "contact", "0233", None, None),
        }
    if met_beschikking:
        verwacht.add(("HEEN1", "beschikking", "0233", None, None))
    retour = rows(lake, "retour")
    assert set(retour.select(kolommen).rows()) == verwacht and retour.height == len(verwacht)
    assert set(retour["aanbieder_agb"]) == {"65656055"} and set(retour["gemeentecode"]) == {"0392"}
    assert set(retour["ontvangen_op"]) == {datetime(2020, 5, 9)}
    kop = rows(lake, "bericht").sort("identificatie").to_dicts()
    assert [(r["identificatie"], r["heen_identificatie"]) for r in kop] == [
        ("RET1", "HEEN1"),
        ("RET2", "HEEN2"),
    ]
    assert {r["afzender"] for r in kop} == {"65656055" if nummer == 302 else "0392"}
    van_klant = retour.filter(pl.col("niveau") != "bericht")
    assert van_klant["client_id"].n_unique() == 1 and van_klant["client_id"].null_count() == 0


@pytest.mark.parametrize("voor", ["wmo", "jw"])
def test_retour_of_a_change_request_and_of_an_answer(
    voor: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    nummer = e("ToewijzingNummer", "7")
    verzoek = e(
        "Verzoek",
        e("ReferentieAanbieder", "W1"),
        e("RedenVerzoek", "1"),
        e("OngewijzigdeProducten", e("OngewijzigdProduct", nummer, retourcodes("9350"))),
        e(
            "NieuweProducten",
            e(
                "NieuwProduct",
                product(*PRODUCT[voor]),
                e("GewensteIngangsdatum", "2026-07-01"),
                retourcodes("0200"),
            ),
        ),
        retourcodes("9349"),
    )
    kern = e("Client", e("Bsn", BSN_1), verzoek, retourcodes("0200"))
    (tmp_path / "a.xml").write_text(bericht(voor, 318, "3.2", kern, id_="HEEN1", kop=retourkop("0200")))
    antwoord = e("Antwoord", e("ReferentieAanbieder", "W1"), e("VerzoekAntwoord", "1"), retourcodes("9355"))
    (tmp_path / "b.xml").write_text(
        bericht(voor, 320, "3.2", antwoord, id_="HEEN2", kop=retourkop(id_="RET2"))
    )
    (tmp_path / "c.xml").write_text(
        bericht(voor, 320, "3.2", "", id_="HEEN3", kop=retourkop("0200", id_="RET3"))
    )
    verslag = laad(tmp_path)
    assert {b["name"]: b["regels"] for b in verslag["files"]} == {"a.xml": 2, "b.xml": 1, "c.xml": 0}
    assert all(b["redenen"] == {} for b in verslag["files"])
    retour = rows(lake, "retour").sort("heen_identificatie", "niveau", "regel_nr")
    assert retour.select("heen_identificatie", "niveau", "retourcodes", "toewijzing_sleutel").rows() == [
        ("HEEN1", "bericht", "0200", None),
        ("HEEN1", "client", "0200", None),
        ("HEEN1", "product", "9350", "7"),
        ("HEEN1", "product", "0200", None),
        ("HEEN1", "verzoek", "9349", None),
        ("HEEN2", "antwoord", "9355", None),
        ("HEEN2", "bericht", None, None),
        ("HEEN3", "bericht", "0200", None),
    ]
    sleutels = retour.filter(pl.col("niveau").is_in(["verzoek", "antwoord"]))["referentie_sleutel"]
    assert sleutels.n_unique() == 1 and sleutels.null_count() == 0


@pytest.mark.parametrize("voor", ["wmo", "jw"])
@pytest.mark.parametrize("release", ["2.0", "2.1", "2.2", "2.3", "2.4"])
@pytest.mark.parametrize("kop_2_0", [False, True])
def test_declaration_of_2_x_without_toewijzing_number(
    release: str, kop_2_0: bool, voor: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """No 303 before 2.3 is public: read as 2.3, with the names of 2.0 where those are known."""
    bedrag = e("Bedrag", 4000) + e("DebetCredit", "C")
    regel = e(
        "Prestatie",
        e("Beschikkingnummer" if kop_2_0 else "BeschikkingNummer", "425"),
        e("ProductCategorie", PRODUCT[voor][0]),
        e("ProductCode", PRODUCT[voor][1]),
        e("ProductPeriode", e("Begindatum", "2020-03-02"), e("Einddatum", "2020-04-05")),
        e(
            "IngediendeBedragPrestatie",
            *(e("GeleverdVolume", 3), e("Eenheid", "21"), e("ProductTarief", 1300)),
            e("DeclaratieFactuurBedrag", bedrag),
        ),
        e("ProductReferentie", e("ReferentieNummer", "R1")),
    )
    code = {"wmo": "416", "jw": "432"}[voor]
    hoofd = e("Berichtspecificatie", e("Code", code)) if kop_2_0 else e("BerichtCode", code)
    hoofd += e("Gemeente", "0392") + e("Aanbieder", "65656055")
    hoofd += e(
        "DeclaratieFactuurIdentificatie",
        e("DeclaratiePeriode", e("Begindatum", "2020-03-02"), e("Einddatum", "2020-04-05")),
        e("DeclarantFactuurNummer", "F1") + e("FactuurDagtekening", "2020-04-07"),
    )
    totaal = e("DeclaratieFactuurTotaalBedrag", e("TotaalBedrag", 4000), e("DebetCredit", "C"))
    hoofd += e("DeclaratieFactuurBedragen", totaal)
    kern = e("Clienten", e("Client", persoon(BSN_1), e("Prestaties", regel)))
    heel = bericht(voor, 303, release, "@")
    tekst = heel[: heel.index("<m:Header>")] + e("Header", hoofd) + kern + "</m:Bericht>"
    (tmp_path / "a.xml").write_text(tekst)
    bestand = laad(tmp_path / "a.xml")["files"][0]
    # The rules of 3.x (whole months, amount is volume times tariff, the previous reference) do not hold here.
    assert (bestand["status"], bestand["bedrag_cent"], bestand["redenen"]) == ("geladen", -4000, {})
    (rij,) = rows(lake, "declaratieregel").to_dicts()
    assert (rij["bedrag_cent"], rij["volume"], rij["tarief_cent"], rij["eenheid"]) == (-4000, -3, 1300, "21")
    assert (rij["declaratienummer"], rij["toewijzing_sleutel"], rij["wet"]) == ("F1", None, WETTEN[voor])


@pytest.mark.parametrize("release", ["3.0", "3.1"])
def test_unit_and_frequency_of_2_x_are_unknown_from_3_0(
    release: str, tmp_path: Path, laad: Laad, lake: Path
) -> None:
    """NASLAG 3.1, 3.2: unit 21 and frequency 5 ended with 2.4; the line is kept and told."""
    for naam, nu in (("oud", "2.4"), ("nieuw", release)):
        product_ = toegewezen("wmo", "2020-02-15", nummer="7").replace(omvang(), omvang(6, "21", "5"))
        kern = e("ToegewezenProducten", product_)
        if nu < "3":
            kern = e("Beschikking", e("BeschikkingNummer", "425"), kern)
        (tmp_path / f"{naam}.xml").write_text(bericht("wmo", 301, nu, e("Client", persoon(BSN_1), kern)))
    verslag = laad(tmp_path)
    assert the_file(verslag, "oud.xml")["redenen"] == {}
    assert the_file(verslag, "nieuw.xml")["redenen"] == {
        "bevinding:codelijst:eenheid": 1,
        "bevinding:codelijst:frequentie": 1,
    }
    assert rows(lake, "toewijzing")["eenheid"].to_list() == ["21", "21"]


def test_code_31_means_by_law_and_release(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """31 is in every list, with another meaning in each law; 32 in that of Jeugd and of iWmo 2.0 only."""
    for voor in ("wmo", "jw"):
        for release in ("2.0", "2.3", "3.2"):
            for code in ("31", "32"):
                velden = [e("ToewijzingNummer", "7"), product(*PRODUCT[voor]), e("Begindatum", "2020-02-15")]
                velden += [
                    e("RedenBeeindiging", code),
                    e("Einddatum", "2020-06-30"),
                    e("StatusAanlevering", "1"),
                ]
                kern = e("Client", persoon(BSN_1), e("StopProducten", e("StopProduct", *velden)))
                naam = f"{voor}_{release}_{code}.xml"
                (tmp_path / naam).write_text(bericht(voor, 307, release, kern, id_=f"{release}{code}"))
    verslag = laad(tmp_path)
    vreemd = {b["name"] for b in verslag["files"] if b["redenen"]}
    assert vreemd == {"wmo_2.3_32.xml", "wmo_3.2_32.xml"}
    stop = rows(lake, "stop")
    assert stop.height == 12
    per_wet = stop.filter(pl.col("reden_beeindiging") == "31").group_by("wet").len().sort("wet")
    assert per_wet.rows() == [("Jeugdwet", 3), ("Wmo", 3)]


def one_start() -> str:
    """A client with one start."""
    velden = [
        e("ToewijzingNummer", "7"),
        product(),
        e("Begindatum", "2020-02-15"),
        e("StatusAanlevering", "1"),
    ]
    return e("Client", persoon(BSN_1), e("StartProducten", e("StartProduct", *velden)))


@pytest.mark.parametrize("achtervoegsel", [False, True])
@pytest.mark.parametrize("release", ["2.0", "2.3", "3.2"])
def test_namespace_with_and_without_suffix(
    release: str, achtervoegsel: bool, tmp_path: Path, laad: Laad
) -> None:
    (tmp_path / "a.xml").write_text(bericht("wmo", 305, release, one_start(), achtervoegsel=achtervoegsel))
    bestand = laad(tmp_path / "a.xml")["files"][0]
    assert (bestand["status"], bestand["release"]) == ("geladen", release)


def test_a_release_is_added_by_the_line_that_the_documentation_shows(
    tmp_path: Path, laad: Laad, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/release-toevoegen.md: one word in releases.yaml, and all fourteen messages of 3.3 are read."""
    (tmp_path / "a.xml").write_text(bericht("wmo", 305, "3.3", one_start()))
    assert laad(tmp_path / "a.xml")["files"][0]["status"] == "onbekend"
    uitleg = (Path(etl.mapping.__file__).parents[1] / "docs" / "release-toevoegen.md").read_text("utf-8")
    (regel,) = [r.strip() for r in uitleg.splitlines() if r.strip().startswith("vorm_3:")]
    oud = etl.mapping.RELEASES.read_text("utf-8")
    nieuw = "\n".join(regel if r.startswith("vorm_3:") else r for r in oud.splitlines())
    (tmp_path / "releases.yaml").write_text(nieuw)
    voor = {k: m.versie for k, m in read_mappings().items()}
    monkeypatch.setattr(etl.mapping, "RELEASES", tmp_path / "releases.yaml")
    read_shapes.cache_clear()
    try:
        bestand = laad(tmp_path / "a.xml")["files"][0]
        assert (bestand["status"], bestand["release"], bestand["redenen"]) == ("geladen", "3.3", {})
        na = {k: m.versie for k, m in read_mappings().items()}
        assert len([k for k in na if k[1] == "3.3"]) == 2 * 14
        assert {k: na[k] for k in voor} == voor, "what was loaded before stays loaded"
    finally:
        read_shapes.cache_clear()


def test_unknown_return_code_is_one_finding(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """A return code outside the list of the release is kept and told once, also where two rows carry it."""
    kern = e("Client", persoon(BSN_1), e("StartProducten", ""), retourcodes("0200"))
    (tmp_path / "a.xml").write_text(bericht("wmo", 306, "3.2", kern, kop=retourkop("4711")))
    bestand = laad(tmp_path / "a.xml")["files"][0]
    assert bestand["redenen"] == {"bevinding:codelijst:retourcode": 1}
    assert rows(lake, "bevinding").select("regel_nr", "veld", "code").rows() == [
        (0, "retourcode", "codelijst")
    ]
    assert set(rows(lake, "retour")["retourcodes"]) == {"4711", "0200"}


def test_nothing_of_a_person_is_in_any_table(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Names, addresses, birth dates, referrers and references of any message stay out of the lake."""
    vraag = e("AangevraagdeProducten", gevraagd("wmo", f"voor {BSN_1}"))
    (tmp_path / "a.xml").write_text(bericht("wmo", 315, "2.3", e("Client", persoon(BSN_1), vraag)))
    oud = e("Client", persoon(BSN_2), e("Producten", gevraagd_oud("wmo")))
    (tmp_path / "b.xml").write_text(bericht("wmo", 315, "2.0", e("Clienten", oud), kop_2_0=True))
    adres = e("Contactgegevens", contact("2011AA", huis=98765))
    kern = klant_301("wmo", BSN_1, adres, "425", toegewezen("wmo", "2020-02-15", nummer="7"))
    (tmp_path / "c.xml").write_text(bericht("wmo", 301, "2.3", kern))
    terug = kern.replace("</m:ToegewezenProduct>", retourcodes("9019") + "</m:ToegewezenProduct>")
    (tmp_path / "d.xml").write_text(bericht("wmo", 302, "2.3", terug, kop=retourkop("0200")))
    assert laad(tmp_path)["totaal"]["regels_geladen"] == 4
    for tabel in TABELLEN:
        tekst = rows(lake, tabel).write_csv()
        for geheim in (BSN_1, BSN_2, "Ganzeveer", "2011AA", "1967-08-13", "98765", "Dokter"):
            assert geheim not in tekst, tabel


def test_under_the_sample_key_a_real_person_gets_no_pseudonym(tmp_path: Path, laad: Laad, lake: Path) -> None:
    """Also not on rows beside the lines: of the client of a retour, and of the message itself."""
    for n, bsn in enumerate(("123456782", BSN_1)):
        regel = e("StartProduct", product(), e("Begindatum", "2020-02-15"), retourcodes("9019"))
        kern = e("Client", persoon(bsn), e("StartProducten", regel), retourcodes("0200"))
        tekst = bericht("wmo", 306, "3.2", kern, id_=f"H{n}", kop=retourkop("0200", id_=f"R{n}"))
        (tmp_path / f"{n}.xml").write_text(tekst)
    verslag = laad(tmp_path, sleutel=VOORBEELD)
    assert the_file(verslag, "0.xml")["redenen"] == {"niet_voorbeeld:bsn": 1}
    retour = rows(lake, "retour").sort("heen_identificatie", "niveau")
    assert retour.select("heen_identificatie", "niveau").rows() == [
        ("H0", "bericht"),
        ("H1", "bericht"),
        ("H1", "client"),
        ("H1", "product"),
    ]
    assert retour["client_id"].is_null().to_list() == [True, True, False, False]
