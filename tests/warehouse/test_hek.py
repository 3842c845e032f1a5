"""The tables of the documents about the Hek come out to the digit, computed from their parts."""

import re
from pathlib import Path

import pytest

from tests.warehouse.conftest import Snapshot
from tests.warehouse.tiny import Row

BRONNEN = Path(__file__).resolve().parents[3] / "shared" / "bronnen"
AEF = BRONNEN / "aef_ontwikkelagenda_sociaal_domein.txt"
COLLEGE = BRONNEN / "collegebesluit_gewoon_in_de_wijk.txt"
needs_documents = pytest.mark.skipif(not AEF.is_file(), reason="de bronnen staan niet naast het project")


def printed(file: Path, label: str, numbers: int) -> list[int]:
    """The numbers of the line that holds `label` and nothing but numbers after it, as printed (x € 1.000)."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(re.escape(label) + r"[\s\d.-]+", line.strip()):
            found = re.findall(r"-?\d{1,3}(?:\.\d{3})*", line.strip()[len(label) :])
            assert len(found) == numbers, line
            return [int(number.replace(".", "")) for number in found]
    raise AssertionError(f"{label} niet gevonden in {file.name}")


def part(jaar: int, soort: str, duizend: int, **more: object) -> Row:
    return {
        "jaar": jaar,
        "soort": soort,
        "bedrag_cent": duizend * 100_000,
        "vastgesteld_op": "2019-06-01",
        "bron": "document",
        **more,
    }


@needs_documents
def test_meerjarenbeeld_is_reproduced(snapshot: Snapshot) -> None:
    jaren = (2019, 2020, 2021, 2022, 2023)
    parts = {
        "tekort begroting": "TOTAAL BEGROTING 2019",
        "landelijke ontwikkeling": "Landelijke ontwikkeling (mei-circ. '18)",
        "meevaller": "Haarlemse meevallers",
        "tegenvaller": "Haarlemse tegenvallers",
        "ombuiging": "Ramingsbijstellingen en ombuigingen",
    }
    rows = [
        part(jaar, soort, amount)
        for soort, label in parts.items()
        for jaar, amount in zip(jaren, printed(AEF, label, 5), strict=True)
    ]
    vraag = snapshot({"begroting": rows})
    after = printed(AEF, "Saldo na mee- en tegenvallers", 5)
    end = printed(AEF, "EN OMBUIGINGEN", 5)
    assert (after[0], after[-1], end[0], end[-1]) == (6020, 1429, 5920, 139)
    assert vraag(
        "SELECT jaar, tekort_na_mee_en_tegenvallers_cent, tekort_na_ombuigingen_cent, saldo_hek_cent,"
        " saldo_soort FROM mart.hek_jaar ORDER BY jaar"
    ) == [
        (jaar, a * 100_000, e * 100_000, -e * 100_000, "raming")
        for jaar, a, e in zip(jaren, after, end, strict=True)
    ]
    sums = "SELECT bedrag_cent // 100000 FROM mart.hek_regel WHERE is_som AND volgorde = {} ORDER BY jaar"
    assert [row[0] for row in vraag(sums.format(5))] == after
    assert [row[0] for row in vraag(sums.format(9))] == end


@needs_documents
def test_budgets_of_the_collegebesluit_are_reproduced(snapshot: Snapshot) -> None:
    jaren = (2021, 2022, 2023, 2024, 2025)
    labels = (
        "Vervoersvoorzieningen",
        "Woonvoorzieningen",
        "Huishoudelijke ondersteuning",
        "Ambulante Begeleiding",
        "Begeleiding Dagopvang",
        "Gezinsbegeleiding en jongvolwassenen",
        "Overige voorzieningen volwassenen",
    )
    rows = [
        part(jaar, "product", amount, wet="Wmo", hoofdproduct=label)
        for label in labels
        for jaar, amount in zip(jaren, printed(COLLEGE, label, 5), strict=True)
    ]
    rows += [
        part(jaar, "taakstelling", amount, wet="Wmo")
        for jaar, amount in zip(jaren, printed(COLLEGE, "Totaal taakstellingen Wmo", 5), strict=True)
    ]
    vraag = snapshot({"begroting": rows})
    total = printed(COLLEGE, "Totaal", 5)
    assert total[1] == 31_223
    assert vraag("SELECT jaar, begroting_cent FROM mart.hek_jaar ORDER BY jaar") == [
        (jaar, amount * 100_000) for jaar, amount in zip(jaren, total, strict=True)
    ]


@needs_documents
def test_uitkeringen_and_surpluses_are_reproduced(snapshot: Snapshot) -> None:
    labels = (
        "WMO HO",
        "WMO Dagbesteding en begeleiding",
        "Jeugd",
        "Beschermd wonen en opvang",
        "WSW en re-integratie",
    )
    rows = [
        part(jaar, "rijksbudget", amount, hoofdproduct=label)
        for label in labels
        for jaar, amount in zip((2016, 2017, 2018), printed(AEF, label, 3), strict=True)
    ]
    surplus = (15_063, 12_160, 1_076, -2_511)  # aef, line 494-497: the label takes two lines
    assert re.search(r"15\.063 12\.160 1\.076 -2\.511", AEF.read_text(encoding="utf-8"))
    rows += [
        part(jaar, "saldo hek", amount)
        for jaar, amount in zip((2015, 2016, 2017, 2018), surplus, strict=True)
    ]
    vraag = snapshot({"begroting": rows})
    total = printed(AEF, "TOTAAL", 3)
    assert total == [116_610, 117_424, 120_860]
    assert vraag(
        "SELECT jaar, rijksbijdrage_cent, saldo_hek_cent, saldo_soort FROM mart.hek_jaar ORDER BY jaar"
    ) == [
        (jaar, None if rijk is None else rijk * 100_000, saldo * 100_000, "jaarrekening")
        for jaar, rijk, saldo in zip(range(2015, 2019), [None, *total], surplus, strict=True)
    ]


def test_parts_of_the_sample_give_the_printed_saldo(snapshot: Snapshot) -> None:
    # aef_ontwikkelagenda: "Saldo na mee- en tegenvallers 6.020 4.392 2.550 1.060 1.429" and the line after it
    from sample_data import documenten as doc

    rows = [
        part(jaar, soort, reeks[i])
        for i, jaar in enumerate(doc.JAREN_MEERJARENBEELD)
        for soort, reeks in doc.MEERJARENBEELD.items()
    ]
    rows += [part(jaar, soort, stand) for (jaar, soort), stand in doc.RESERVE.items()]
    vraag = snapshot({"begroting": rows})
    found = vraag(
        "SELECT tekort_na_mee_en_tegenvallers_cent // 100000, tekort_na_ombuigingen_cent // 100000"
        " FROM mart.hek_jaar ORDER BY jaar"
    )
    assert found == [(6020, 5920), (4392, 3892), (2550, 1560), (1060, -180), (1429, 139)]
    assert vraag("SELECT max(reserve_begin_cent), max(reserve_eind_cent) FROM mart.hek_jaar") == [
        (1_940_000_000, -330_000_000)
    ]


def test_realisatie_stands_beside_begroting(snapshot: Snapshot) -> None:
    # budget 100 - 10; messages 60, ledger 25 (subsidie): 5 is left
    vraag = snapshot(
        {
            "product": [{"productcode": "02A01", "product": "Begeleiding"}],
            "declaratieregel": [{"periode_begin": "2025-05-01", "bedrag_cent": 6000}],
            "grootboek": [
                {
                    "jaar": 2025,
                    "periode": 5,
                    "hoofdproduct": "Dagbesteding",
                    "soort": "subsidie",
                    "bedrag_cent": 2500,
                    "geboekt_op": "2025-05-31",
                    "ontvangen_op": "2025-05-31",
                }
            ],
            "begroting": [
                {**part(2025, "product", 0, wet="Wmo", hoofdproduct="Dagbesteding"), "bedrag_cent": 10000},
                {**part(2025, "taakstelling", 0, wet="Wmo"), "bedrag_cent": -1000},
            ],
        }
    )
    assert vraag(
        "SELECT jaar, begroting_cent, taakstelling_cent, realisatie_cent, ruimte_cent, volledig,"
        " saldo_hek_cent FROM mart.hek_jaar"
    ) == [(2025, 9000, -1000, 8500, 500, True, None)]
