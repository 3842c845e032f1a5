"""The pages Dagbesteding and Huishoudelijke ondersteuning on the figures of proefsturing."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_focus as words
from dashboard.access.reader import Lezer
from dashboard.figures.focus import make_lijnen, make_stapel
from dashboard.reading import focus
from dashboard.style import LICHT
from tests.dashboard.bezoek import Opener, make_lezer, read_html


@pytest.fixture(scope="module")
def lees(sturing: Path) -> Callable[..., Lezer]:
    return make_lezer(sturing)


@pytest.fixture
def open_(bezoek: Opener, sturing: Path) -> Opener:
    return lambda pagina, bestand=None, **vraag: bezoek(f"tactisch/{pagina}", sturing, bestand, **vraag)


def test_dagbesteding_in_words(open_: Opener) -> None:
    at = open_("dagbesteding")
    tekst = read_html(at)
    for zin in (
        # € 70 in the newest complete year; 16 of the 25 euros by the shift of zwaarten
        "Een dagdeel maatwerk kost in 2025 € 70,00, € 25,00 meer dan in 2024; 64 % daarvan door uitsorteren",
        "In 2025 is 50 % minder maatwerk geleverd dan in 2024",
        "In 2025 kostte maatwerk € 70.000 en de algemene voorziening € 25.000",
    ):
        assert zin in tekst, zin
    assert any("Stippellijn, begin 2025: de proefkanteling." in c.value for c in at.caption)
    at.segmented_control(key="dagprijs_vorm").set_value("Tabel").run()
    for cel in ("2026 (voorlopig)", "€ 54,00", "+ € 16,00", "+ € 9,00"):
        assert cel in read_html(at), cel


def test_few_clients_of_a_zwaarte_go_with_the_other(lees: Callable[..., Lezer]) -> None:
    df = focus.read_dagbesteding(lees(21)).filter(pl.col("jaar") == 2024)
    assert df.filter(~pl.col("is_totaal"))["volume"].to_list() == [None, None]
    assert float(df.filter(pl.col("is_totaal"))["volume"][0]) == 2_000
    # a single zwaarte of few clients is the whole of that year
    assert focus.read_dagbesteding(lees(21)).filter(pl.col("jaar") == 2025, kant="maatwerk")[
        "bedrag_cent"
    ].to_list() == [None, None]


def test_hours_in_words_and_the_way_to_the_knob(open_: Opener) -> None:
    at = open_("ho")
    tekst = read_html(at)
    # 2026 still runs: the title tells 2025. Haarlem is the own municipality: two others are left
    assert "Per huishouden is in 2025 150 uur toegewezen en 120 uur geleverd" in tekst
    assert "Meer uren dan in 1 van de 2 gepubliceerde cijfers van gemeenten" in tekst
    assert "toegewezen uren per huishouden, 2026 op jaarbasis; voorlopig" in tekst
    assert at.selectbox(key="ho_elders").value == "Haarlemmermeer 2019: 130,0 uur"
    assert any("Van 150,0 naar 130,0 uur is **− 13 %**" in m.value for m in at.markdown)
    (link,) = [p for p in at.get("page_link") if "knop" in str(p.proto.label)]
    assert "knop_intensiteit=-13" in str(link.proto.query_string)
    assert "hoofdproduct=Huishoudelijke" in str(link.proto.query_string)


def test_few_households_of_a_wijk_are_not_shown(lees: Callable[..., Lezer]) -> None:
    df = focus.read_uren(lees(10)).filter((pl.col("jaar") == 2026) & ~pl.col("is_stad"))
    per = dict(df.select("wijkcode", "uren_per_huishouden").iter_rows())
    # four in one wijk; eleven in another would tell them
    assert per == {"WK039201": 170.0, "WK039202": None, "WK039203": None}
    jaren = dict(focus.read_uren(lees(10)).filter("is_stad").select("jaar", "volledig").iter_rows())
    assert jaren == {2025: True, 2026: False}


def test_without_data_the_pages_say_so(open_: Opener, lege_stad: Path) -> None:
    leeg = read_html(open_("dagbesteding", lege_stad))
    assert "Er is geen dagbesteding geladen" in leeg and "None" not in leeg
    assert "Er zijn nog geen declaraties geladen" in read_html(open_("ho", lege_stad))


def test_bars_stack_from_zero_and_hatch_what_runs() -> None:
    df = pl.DataFrame(
        {
            "jaar": [2025, 2025, 2026],
            "deel": ["zwaar", "licht", "zwaar"],
            "waarde": [30.0, 10.0, 20.0],
            "volledig": [True, True, False],
        }
    )
    fig = make_stapel(df, ["zwaar", "licht"], LICHT, str, (2026, "x"))
    zwaar, licht = fig.data
    assert (list(zwaar.y), list(licht.y)) == ([30.0, 20.0], [10.0])
    assert list(zwaar.marker.pattern.shape) == ["", "/"] and fig.layout.barmode == "stack"
    assert fig.layout.yaxis.rangemode == "tozero" and fig.layout.shapes[0].x0 == 2025.5
    assert {a.text for a in fig.layout.annotations} == {"kanteling", "zwaar", "licht"}
    assert make_stapel(df.clear(), [], LICHT, str).layout.annotations[0].text == "Geen cijfers om te tonen."


def test_lines_are_named_at_their_end() -> None:
    df = pl.DataFrame({"jaar": [2025, 2026], "volledig": [True, False], "a": [1.0, 2.0], "b": [None, 4.0]})
    fig = make_lijnen(df, [("a", "eerste"), ("b", "tweede")], LICHT, lambda v: f"{v:.0f}")
    assert [a.text for a in fig.layout.annotations] == ["eerste 2", "tweede 4"]
    assert list(fig.data[0].marker.color) == [LICHT.realisatie, LICHT.achtergrond]
    assert (fig.data[0].line.dash, fig.data[1].line.dash) == ("solid", "dash")


def test_sentences_in_their_cases() -> None:
    rij = {"jaar": 2025, "basisjaar": 2024, "prijs_cent": 4_000.0, "prijs_basis_cent": 4_500.0}
    assert words.title_dagprijs(None) == "Wat een dagdeel maatwerk kost"
    assert words.title_dagprijs(rij | {"uitsorteereffect_cent": 100.0}) == (
        "Een dagdeel maatwerk kost in 2025 € 40,00, € 5,00 minder dan in 2024;"
        " uitsorteren telt daarin voor + € 1,00"
    )
    basis = rij | {"jaar": 2024, "uitsorteereffect_cent": 0.0}
    assert words.title_dagprijs(basis) == "Een dagdeel maatwerk kost in 2024 € 40,00"
    volume = pl.DataFrame({"jaar": [2024, 2025], "volume": [100.0, 100.0], "volledig": [True, True]})
    assert words.title_dagvolume(volume, 2024) == "Het volume maatwerk is in 2025 gelijk aan dat van 2024"
    assert words.title_dagvolume(volume, None) == "In 2025 zijn 100 dagdelen maatwerk geleverd"
    assert words.title_dagvolume(volume.clear(), 2024) == "Dagdelen maatwerk per zwaarte"
    assert words.title_dageuro(None, None, None) == "Uitgaven aan beide kanten van de kanteling"
    assert words.title_dageuro(2025, 5.0, None).endswith("geen bedrag bekend")
    uren = {"jaar": 2025, "uren_per_huishouden": 150.0, "geleverd_per_huishouden": None}
    assert words.title_uren(uren) == "Per huishouden is in 2025 150 uur toegewezen"
    assert words.title_uren(None) == "Uren huishoudelijke ondersteuning per huishouden"
    elders = pl.DataFrame({"gemeente": ["A", "B"], "jaar": [2019, 2019], "uren_per_huishouden": [1.0, 3.0]})
    assert words.title_elders(9, elders) == "Meer uren dan in alle 2 gepubliceerde cijfers van gemeenten"
    assert words.title_elders(0, elders) == "Minder uren dan in alle 2 gepubliceerde cijfers van gemeenten"
    assert words.title_elders(None, elders) == "Uren per huishouden in andere gemeenten"
    wijk = pl.DataFrame({"wijk": ["A", "B"], "uren_per_huishouden": [10.0, 20.0]})
    assert words.title_wijken(wijk) == "Van 10 uur in A tot 20 uur in B"
    assert words.title_wijken(wijk.head(1)) == "Uren per huishouden per wijk"
