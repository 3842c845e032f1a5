"""The page In-, door- en uitstroom on the rows of proefvolume: it balances, and nothing follows from that."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from dashboard import words_stroom as words
from dashboard.access.reader import Lezer
from dashboard.access.roles import Bereik
from dashboard.access.snapshot import Snapshot
from dashboard.access.suppress import Stromen, protect
from dashboard.figures.doorstroom import make_banden, make_matrix, make_overgangen
from dashboard.figures.duur import make_overleving
from dashboard.figures.stroom import make_balans, make_balansen
from dashboard.filters import Filters
from dashboard.numbers import duration
from dashboard.reading import doorstroom, stroomgroepen, stroomtabel
from dashboard.reading.stroomtabel import FIJN, HOOFD, Cel
from dashboard.style import LICHT
from tests.dashboard.bezoek import Opener, as_table, read_html
from tests.dashboard.proefstad import BEG, DAG

TOTAAL = Cel("totaal", "totaal", "alle zorg")
BEGELEIDING = Cel("productgroep", "Wmo|Begeleiding", "Begeleiding")


@pytest.fixture(scope="module")
def snap(volumestad: Path) -> Snapshot:
    return Snapshot(volumestad)


@pytest.fixture
def lees(snap: Snapshot) -> Callable[..., Lezer]:
    return lambda cel=10: Lezer(snap, Bereik("proef", cel))


@pytest.fixture
def open_(bezoek: Opener, volumestad: Path) -> Opener:
    return partial(bezoek, "tactisch/stroom", volumestad, rol="directie")


def test_the_stock_of_the_period_and_its_table(open_: Opener) -> None:
    at = open_()
    # 1.000 at 2024-01, two more a month: 24 and 33 months later
    assert "Het aantal cliënten steeg van 1.048 naar 1.066 (jan t/m sep 2026)" in read_html(at)
    at.segmented_control(key="stroom_per").set_value("jaar").run()
    tabel = as_table(at, "stroom").replace("\n", "")
    rij = "".join(f'<td class="getal">{w}</td>' for w in ("1.000", "360", "240", "120", "336", "1.024"))
    assert f'<td class="kort">2024</td>{rij}' in tabel
    assert '<td class="kort">2026 t/m sep (voorlopig)</td>' in tabel


def test_clients_households_and_interruptions(open_: Opener) -> None:
    at = open_()
    at.segmented_control(key="stroom_wie").set_value("huishoudens").run()
    assert "Het aantal huishoudens steeg van 948 naar 965" in read_html(at)
    at = open_()
    at.segmented_control(key="stroom_dagen").set_value(365).run()
    at.segmented_control(key="stroom_per").set_value("jaar").run()
    assert ">324<" in as_table(at, "stroom")


@pytest.mark.parametrize("korrel", ["maand", "kwartaal", "jaar"])
@pytest.mark.parametrize("cel", [TOTAAL, BEGELEIDING])
def test_every_row_balances(lees: Callable[..., Lezer], cel: Cel, korrel: str) -> None:
    df = stroomtabel.read_balans(lees(1), cel, korrel)
    assert df.height == {"maand": 33, "kwartaal": 11, "jaar": 3}[korrel]
    for r in df.iter_rows(named=True):
        erbij = r["instroom"] + r["bijkomend"] + r["doorstroom_in"]
        eraf = r["doorstroom_uit"] + r["afgevallen"] + r["uitstroom"]
        assert r["stand_begin"] + erbij - eraf == r["stand_eind"]
        assert r["nieuw"] + r["terug"] == r["instroom"]
        assert (r["binnen_in"], r["binnen_uit"]) == (
            r["bijkomend"] + r["doorstroom_in"],
            r["doorstroom_uit"] + r["afgevallen"],
        )


def test_small_parts_stay_away_while_their_sums_are_shown(lees: Callable[..., Lezer]) -> None:
    maand = stroomtabel.read_balans(lees(10), BEGELEIDING, "maand")
    assert maand["binnen_in"].to_list() == [11] * 33 and maand["bijkomend"].null_count() == 33
    jaar = stroomtabel.read_balans(lees(10), BEGELEIDING, "jaar")
    assert jaar["bijkomend"].to_list() == [72, 72, 54] and jaar["terug"].to_list() == [48, 48, 36]


def test_a_small_month_takes_its_year_along_as_the_year_is_shown(lees: Callable[..., Lezer]) -> None:
    cel = Cel("productgroep", "Wmo|Dagbesteding", "Dagbesteding")
    maand = stroomtabel.read_balans(lees(10), cel, "maand")
    getoond = maand.filter(pl.col("instroom").is_not_null())["tijdvak"]
    # only March is small, but the eleven others and the sum would tell it
    assert set(getoond.dt.year()) == {2024, 2025} and getoond.len() == 24
    assert stroomtabel.read_balans(lees(10), cel, "jaar")["instroom"].to_list() == [144, 144, 99]
    assert stroomtabel.read_balans(lees(3), cel, "maand")["instroom"].null_count() == 0


def test_a_small_stock_does_not_follow_from_the_flows(lees: Callable[..., Lezer]) -> None:
    cel = Cel("productgroep", "Wmo|Huishouden", "Huishouden")
    df = stroomtabel.read_balans(lees(10), cel, "maand")
    assert df["stand_begin"].null_count() == df["instroom"].null_count() == 33


def test_stromen_hold_groups_and_ends_together() -> None:
    df = pl.DataFrame({"jaar": [1, 1, 2], "in_": [3, 50, 60], "uit": [20, 20, 20], "stand": [80, 90, 7]})
    los = protect(df, Stromen(("in_", "uit"), ("stand",)), 10, 10)
    assert los["in_"].to_list() == [None, 50, 60] and los["stand"].to_list() == [80, 90, None]
    samen = protect(df, Stromen(("in_", "uit"), ("stand",), samen=("jaar",)), 10, 10)
    assert samen["in_"].to_list() == [None, None, 60]
    sluit = protect(df, Stromen(("in_", "uit"), ("stand",), sluit=True), 10, 10)
    assert sluit["in_"].to_list() == [None, 50, None] and sluit["stand"].to_list() == [80, 90, None]


def test_the_cell_of_a_view(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    vind = stroomtabel.find_cel
    assert vind(lees(), kijk()) == TOTAAL
    assert vind(lees(), kijk(wet="Wmo")) == Cel("wet", "Wmo", "Wmo")
    # a hoofdproduct of one productgroep is that productgroep; the wet follows
    assert vind(lees(), kijk(hoofdproduct=BEG)) == BEGELEIDING
    product = vind(lees(), kijk(hoofdproduct=DAG, productgroep="Dagbesteding", product="Dagbesteding"))
    assert product == Cel("product", "Wmo|Dagbesteding", "Dagbesteding") and product.paren
    assert not TOTAAL.paren


def test_clients_with_a_product_are_named_and_not_to_be_added(open_: Opener) -> None:
    at = open_(hoofdproduct=BEG)
    tekst = read_html(at)
    assert "Het aantal cliënten met Begeleiding bleef gelijk: 200" in tekst
    assert "tel ze niet op met die van andere producten" in tekst
    assert not [c for c in at.segmented_control if c.key in ("stroom_wie", "stroom_dagen")]
    tabel = as_table(at, "stroom").replace("\n", "")
    # a quarter: 36 in, 18 + 15 from and 24 + 15 to other care, 30 out; all of it balances
    rij = (200, 36, 24, 12, 33, 18, 15, 39, 15, 24, 30, 200)
    assert "".join(f'<td class="getal">{n}</td>' for n in rij) in tabel


def test_a_hoofdproduct_of_several_groups_shows_each_and_adds_none(open_: Opener) -> None:
    at = open_(hoofdproduct=DAG)
    tekst = read_html(at)
    # Vervoer: 40 + 3 · 24 at the beginning of 2026, nine months later 27 more; Dagbesteding stays at 150
    assert "1 van de 2 productgroepen van Dagbesteding groeide (jan t/m sep 2026)" in tekst
    assert "Tel ze niet op; van het hoofdproduct als geheel zijn daarom geen stromen bepaald." in tekst
    at.segmented_control(key="stroom_per").set_value("jaar").run()
    tabel = as_table(at, "stroom").replace("\n", "")
    # with its own rows: 15 a month come, 12 go
    rij = "".join(f'<td class="getal">{n}</td>' for n in (40, 180, 180, 0, 0, 0, 0, 0, 0, 0, 144, 76))
    assert f'<td class="">Vervoer</td><td class="kort">2024</td>{rij}' in tabel
    rij = "".join(f'<td class="getal">{n}</td>' for n in (150, 144, 144, 0, 0, 0, 0, 0, 0, 0, 144, 150))
    assert f'<td class="">Dagbesteding</td><td class="kort">2024</td>{rij}' in tabel
    # 190, 324, 288: nothing is the sum of the two
    assert not [n for n in (190, 324, 288) if f'">{n}</td>' in tabel]
    # what does not need one cell is still there
    assert "De instroom zou bij 30 dagen" in tekst and "Vervoer groeide het meest: + 27 cliënten" in tekst


def test_the_groups_of_a_hoofdproduct(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    groepen = stroomgroepen.find_groepen(lees(), kijk(hoofdproduct=DAG))
    assert [c.cel for c in groepen.cellen] == ["Wmo|Dagbesteding", "Wmo|Vervoer"] and groepen.gedeeld == ()
    # Begeleiding begins with 200 of which none is shown to who may see groups of 300 only
    per_jaar = stroomgroepen.read_balansen(lees(300), groepen, "jaar")
    assert {n: d["stand_begin"].null_count() for n, d in per_jaar.items()} == {
        "Dagbesteding": 3,
        "Vervoer": 3,
    }
    with pytest.raises(ValueError, match="geen hoofdproduct"):
        stroomgroepen.find_groepen(lees(), kijk())


@pytest.mark.parametrize(
    ("standen", "zin"),
    [
        ([], "In- en uitstroom per productgroep van A"),
        ([(None, 3)], "In- en uitstroom per productgroep van A"),
        ([(1, 2)], "Eén productgroep van A groeide"),
        ([(2, 2), (None, None)], "Eén productgroep van A groeide niet"),
        ([(2, 2), (3, 1)], "Geen van de 2 productgroepen van A groeide"),
        ([(2, 3), (3, 1)], "1 van de 2 productgroepen van A groeide"),
        ([(2, 3), (3, 4), (3, 1)], "2 van de 3 productgroepen van A groeiden"),
        ([(2, 3), (3, 4)], "Alle 2 productgroepen van A groeiden"),
    ],
)
def test_how_many_groups_grew(standen: list[tuple[int | None, int | None]], zin: str) -> None:
    assert words.title_groepen("A", standen) == zin


def test_the_wet_follows_from_the_product(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    f = kijk(hoofdproduct=BEG)
    assert stroomtabel.complete_wet(lees(), f).wet == "Wmo"
    assert stroomtabel.complete_wet(lees(), kijk()).wet is None


def test_reasons_add_up_to_all_who_left(
    open_: Opener, lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    redenen = stroomtabel.read_redenen(lees(), kijk(), TOTAAL)
    assert sum(int(redenen[k] or 0) for k in stroomtabel.REDENEN) == 9 * 28
    assert redenen["overig"] == redenen["ander_domein"] == 18
    at = open_()
    assert "43 % eindigde volgens plan" in read_html(at)
    assert ">108<" in as_table(at, "redenen")
    klein = stroomtabel.read_redenen(lees(19), kijk(), TOTAAL)
    assert {klein[k] for k in stroomtabel.REDENEN} == {None}


def test_the_most_frequent_transition_and_a_second_hole(
    open_: Opener, lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = doorstroom.read_paren(lees(10), kijk())
    # four went back from Dagbesteding: the next smallest is kept back with them
    assert df["paren"].to_list() == [15, 12, None, None]
    tekst = read_html(open_())
    assert "De meeste gingen van Begeleiding / licht naar Begeleiding / zwaar (15 keer)" in tekst
    assert "2 soorten overgangen met elk minder dan 10 cliënten: niet getoond." in tekst
    assert "Dagbesteding / " not in as_table(open_(), "doorstroom")


def test_up_and_down_in_two_ways(
    open_: Opener, lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = doorstroom.read_schalen(lees(10), kijk()).select(
        "maat", "opschalen", "gelijk", "afschalen", "onbekend"
    )
    assert df.rows() == [("zwaarte", 15, 15, 12, 0), ("euro per week", 19, 0, 23, 0)]
    assert "Vaker naar zwaardere zorg (15 keer) dan andersom (12)" in read_html(open_())
    assert doorstroom.read_schalen(lees(10), kijk(wet="Jeugdwet")).height == 0


def test_duration_counts_who_still_has_care(open_: Opener, lees: Callable[..., Lezer]) -> None:
    assert "De helft heeft langer dan 15 maanden zorg" in read_html(open_())
    # the last point is over nine people
    assert doorstroom.read_curve(lees(10), TOTAAL)["dag"].to_list() == [0, 450, 480]


def test_sensitivity_uses_months_that_no_choice_can_change(
    open_: Opener, lees: Callable[..., Lezer], kijk: Callable[..., Filters]
) -> None:
    df = stroomtabel.read_gevoeligheid(lees(), kijk())
    assert df["van"].unique().to_list() == [date(2024, 10, 1)] and df["tot"].unique().to_list() == [
        date(2025, 10, 1)
    ]
    assert df.select("dagen", "instroom").rows() == [(30, 384), (90, 360), (365, 324)]
    assert "De instroom zou bij 30 dagen 6,7 % hoger en bij 365 dagen 10,0 % lager zijn" in read_html(open_())


def test_cells_of_a_year(lees: Callable[..., Lezer], kijk: Callable[..., Filters]) -> None:
    df = stroomtabel.read_cellen(lees(10), kijk(), "productgroep", 2026)
    rijen = {r["deel"]: r for r in df.iter_rows(named=True)}
    assert rijen["Begeleiding"]["instroom"] == 108 and rijen["Begeleiding"]["binnen_uit"] == 117
    assert rijen["Huishouden"]["instroom"] is None and rijen["Huishouden"]["stand_begin"] is None


def test_without_data_it_says_so(open_: Opener, lege_stad: Path) -> None:
    assert "Er zijn nog geen declaraties geladen" in read_html(open_(lege_stad))


def test_sentences_in_their_cases() -> None:
    assert words.title_balans("cliënten", 5, 5) == "Het aantal cliënten bleef gelijk: 5"
    assert words.title_balans("cliënten", 5, 4) == "Het aantal cliënten daalde van 5 naar 4"
    assert words.title_balans("cliënten", None, 4) == "In- en uitstroom van cliënten"
    cellen = pl.DataFrame({"deel": ["a", "b"], "saldo": [5, -9]})
    assert words.title_cellen(cellen) == "b kromp het meest: − 9 cliënten"
    assert words.title_cellen(cellen.head(1)) == "a groeide het meest: + 5 cliënten"
    assert words.title_cellen(cellen.with_columns(saldo=0)) == "Elk onderdeel bleef even groot"
    assert words.title_cellen(cellen.clear()) == "Groei en krimp per onderdeel"
    assert words.title_schalen(None, None) == "Op- en afschalen"
    assert words.title_schalen(0, 0) == "Geen overgangen naar zwaardere of lichtere zorg"
    assert words.title_schalen(3, 3) == "Even vaak naar zwaardere als naar lichtere zorg: 3 keer"
    assert words.title_schalen(3, 30) == "Vaker naar lichtere zorg (30 keer) dan andersom (3)"
    assert words.title_redenen({"overleden": 3, "overig": None}) == "Waarom zorg eindigde"
    assert words.title_redenen({"overleden": 3, "overig": 1}) == "75 % eindigde door overlijden"
    assert words.title_duur(None, 1200) == "Meer dan de helft heeft na 3,3 jaar nog zorg"
    assert words.title_duur(None, None) == "Hoe lang zorg duurt"
    assert words.word_rest(3, 1, "minder dan 10 cliënten") == (
        "De tabel heeft er nog 3. 1 soort overgang met elk minder dan 10 cliënten: niet getoond."
    )
    assert words.word_rest(-4, 0, "x") == ""
    gevoelig = pl.DataFrame({"dagen": [30, 90], "is_ingesteld": [False, True], "instroom": [30, 30]})
    assert words.title_gevoeligheid(gevoelig) == "De instroom zou bij 30 dagen gelijk zijn"
    assert words.title_gevoeligheid(gevoelig.clear()) == "Wat een andere onderbreking zou uitmaken"
    assert [duration(d) for d in (None, 31, 457, 1200)] == ["–", "1 maand", "15 maanden", "3,3 jaar"]


def test_figures_of_flows() -> None:
    df = pl.DataFrame(
        {
            "naam": ["jan", "feb"],
            "kort": ["j", "f"],
            "instroom": [30, 20],
            "binnen_in": [0, 0],
            "uitstroom": [28, 25],
            "binnen_uit": [0, 0],
            "voorlopig": [False, True],
        }
    )
    fig = make_balans(df, LICHT)
    # nothing moved between cells, so only two bars and the balance
    assert [list(t.y) for t in fig.data] == [[30, 20], [-28, -25], [2, -5]]
    assert list(fig.data[0].marker.pattern.shape) == ["", "/"]
    paren = pl.DataFrame(
        {"van": ["a", "a"], "naar": ["b", "a"], "paren": [15, 10], "richting": ["opschalen", "gelijk"]}
    )
    assert make_matrix(paren, LICHT).data[0].z[0] == [10, 15]
    lijst = make_overgangen(paren, LICHT)
    assert list(lijst.data[0].x) == [15, 10] and list(lijst.data[0].text) == ["15 ▲", "10"]
    assert [a.text for a in lijst.layout.annotations] == ["a →<br>b", "a →<br>a"]
    curve = pl.DataFrame({"dag": [0, 365], "overleving": [1.0, 0.5]})
    assert len(make_overleving(curve, LICHT, 365, None).layout.shapes) == 1
    assert set(HOOFD) & set(FIJN) == set()


def test_names_stand_beside_the_bands_and_apart() -> None:
    paren = pl.DataFrame(
        {
            "van": ["Een / licht", "Een / licht", "Twee / zwaar", "Drie"],
            "naar": ["Twee / zwaar", "Drie", "Een / licht", "Een / licht"],
            "paren": [60, 20, 12, 10],
            "richting": ["opschalen", "gelijk", "afschalen", "gelijk"],
        }
    )
    fig = make_banden(paren, LICHT)
    banden = {t.text: t for t in fig.data if t.fill == "toself"}
    assert set(banden) == {
        "Een / licht → Twee / zwaar: 60 keer, opschalen",
        "Een / licht → Drie: 20 keer, gelijk",
        "Twee / zwaar → Een / licht: 12 keer, afschalen",
        "Drie → Een / licht: 10 keer, gelijk",
    }

    def thickness(tekst: str) -> float:
        # a band runs to the right along its top and back along its bottom
        y = banden[tekst].y
        return float(y[-1] - y[0])

    dik = {t: thickness(t) for t in banden}
    een = dik["Een / licht → Drie: 20 keer, gelijk"] / 20
    assert all(d == pytest.approx(een * int(t.split(": ")[1].split()[0])) for t, d in dik.items())
    # the axis carries the names: it makes its own room, outside what is drawn
    links, rechts = fig.layout.yaxis, fig.layout.yaxis2
    assert list(links.ticktext) == ["Een<br>licht (80)", "Twee<br>zwaar (12)", "Drie (10)"]
    assert list(rechts.ticktext) == ["Twee<br>zwaar (60)", "Drie (20)", "Een<br>licht (22)"]
    assert rechts.side == "right" and links.automargin and rechts.automargin
    # two lines of 12 pixels fit between any two names, whatever the thickness of their bands
    for as_ in (links, rechts):
        plek = list(as_.tickvals)
        assert all(b - a >= 34 for a, b in pairwise(plek)), plek
    # bands do not leave the node that they come from
    assert fig.layout.height >= max(*links.tickvals, *rechts.tickvals)


def test_small_figures_have_one_scale() -> None:
    def flow(n: int) -> pl.DataFrame:
        rij = {"naam": "2025", "kort": "2025", "instroom": n, "binnen_in": 0, "uitstroom": n, "binnen_uit": 0}
        return pl.DataFrame([rij | {"voorlopig": False}])

    weg = flow(1).with_columns(pl.lit(None, pl.Int64).alias("instroom"))
    fig = make_balansen({"a": flow(10), "b": flow(100), "weg": weg}, LICHT)
    assert [a.text for a in fig.layout.annotations] == ["<b>a</b>", "<b>b</b>"], "nothing to draw: no panel"
    assert fig.layout.yaxis.range == fig.layout.yaxis2.range
    assert fig.layout.yaxis.range[1] > 100 and fig.layout.xaxis2.domain[0] > fig.layout.xaxis.domain[1]
    onder = make_balansen({"a": flow(10), "b": flow(100)}, LICHT, 1)
    assert onder.layout.yaxis2.domain[1] < onder.layout.yaxis.domain[0]
    assert make_balansen({"weg": weg}, LICHT).layout.annotations[0].text == "Geen stromen om te tonen."
