"""What is drawn, said and put on tiles: data of figures, sentences, the product table."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import dossier, tegels, words
from dashboard.access.reader import Lezer
from dashboard.access.snapshot import Momentopname
from dashboard.figures import afloop, jaren, reeksen, wijkkaart
from dashboard.figures.basis import CONFIG, break_name
from dashboard.filters import Filters, make_periodes
from dashboard.numbers import euro
from dashboard.producttabel import TAAKSTELLING, make_producttabel
from dashboard.reading import reeks, stad, verloop
from dashboard.style import DONKER, LICHT, Palet
from dashboard.ui.tiles import draw_spark, draw_tile

WORTEL = Path(__file__).resolve().parents[2]
Maak = Callable[..., Lezer]
Kijk = Callable[..., Filters]


def _luminance(kleur: str) -> float:
    delen = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lin = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in delen]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def _contrast(a: str, b: str) -> float:
    hoog, laag = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


@pytest.mark.parametrize("palet", [LICHT, DONKER])
def test_colours_can_be_told_from_the_background(palet: object) -> None:
    p = LICHT if palet is LICHT else DONKER
    for tekst in (p.tekst, p.stil, p.nadeel, p.voordeel, p.accent):
        assert _contrast(tekst, p.achtergrond) >= 4.5
        assert _contrast(tekst, p.vlak) >= 4.5
    for teken in (p.realisatie, p.vorig, p.begroting):
        assert _contrast(teken, p.achtergrond) >= 3.0
    for vlak, inkt in zip(p.reeks, p.tekst_op_reeks, strict=True):
        assert _contrast(vlak, inkt) >= 4.5


def test_the_uitgaven_tile_adds_up(lezer: Maak, kijk: Kijk) -> None:
    t = tegels.make_uitgaven(lezer(10), kijk())
    # Nine months: messages 9 · 31.090, vaste bedragen 9 · 5.000, subsidie and pgb 9 · 3.000.
    assert t.waarde == "€ 0,4 mln"
    assert dict(t.delen) == {
        "via berichten": "€ 0,3 mln",
        "vaste bedragen": "€ 45.000",
        "alleen in grootboek": "€ 27.000",
    }
    nu = tegels.read_uitgaven(lezer(10), kijk())
    assert (nu.berichten, nu.vast, nu.grootboek) == (27_981_000, 4_500_000, 2_700_000)
    begroting = verloop.prorate(verloop.read_begroting(lezer(10), kijk()), kijk().periode)
    assert begroting == (12_000_000 + 15_000_000 + 3_000_000 - 1_200_000) * 9 // 12
    assert t.regels[0].oordeel == "nadeel"
    assert t.regels[0].verschil == "+ € 0,1 mln (62,9 %)"


def test_last_year_is_as_it_was_known_then(lezer: Maak, kijk: Kijk) -> None:
    f = kijk()
    jaar = tegels.last_year(lezer(10), f)
    assert jaar is not None
    vorig, toen, label = jaar
    assert (toen, label) == (True, "vorig jaar, zoals toen bekend")
    # September 2025 was young then and had half its euros: 8,5 months of messages.
    assert tegels.read_uitgaven(lezer(10), vorig, toen=True).berichten == 3_109_000 * 17 // 2
    assert tegels.read_uitgaven(lezer(10), vorig).berichten == 3_109_000 * 9
    assert tegels.last_year(lezer(10), kijk(periode="2024")) is None


def test_certainty_names_the_young_months(lezer: Maak, kijk: Kijk) -> None:
    assert tegels.describe_certainty(lezer(), kijk().periode) == (
        "voorlopig: jul t/m sep 2026 zijn nog niet compleet"
    )
    assert tegels.describe_certainty(lezer(), kijk(periode="2025").periode) == ""


def test_other_tiles(lezer: Maak, kijk: Kijk) -> None:
    assert tegels.make_clienten(lezer(10), kijk()).waarde == "81"
    assert tegels.make_kosten(lezer(10), kijk()).waarde == euro(27_981_000 / 81)
    assert tegels.make_uitnutting(lezer(10), kijk()).waarde == "80,0 %"
    assert tegels.make_stroom(lezer(1), kijk()).waarde == "+ 18"
    assert tegels.make_stroom(lezer(10), kijk()).waarde == "minder dan 10 cliënten: niet getoond"
    wmo = tegels.make_stroom(lezer(10), kijk(wet="Wmo"))
    assert (wmo.waarde, dict(wmo.delen)) == ("+ 18", {"instroom": "108", "uitstroom": "90"})
    assert tegels.make_clienten(lezer(10), kijk(wijk="WK039202")).waarde == (
        "minder dan 10 cliënten: niet getoond"
    )


def test_a_tile_escapes_and_hatches(lezer: Maak, kijk: Kijk) -> None:
    html = draw_tile(lezer(10), tegels.make_uitgaven(lezer(10), kijk()))
    assert html.count('class="voorlopig"') == 3
    assert "Wat zorg in deze maanden kostte." in html
    vreemd = tegels.Tegel("x", "<script>alert(1)</script>", "bestaat niet", "<b>", delen=(("<i>", "&"),))
    assert "<script>" not in draw_tile(lezer(10), vreemd)
    punten = (tegels.Punt(date(2026, 1, 1), None, False), tegels.Punt(date(2026, 2, 1), 3.0, False))
    assert 'class="weg"' in draw_spark(punten, "proef")


def test_product_table_at_the_top(lezer: Maak, kijk: Kijk) -> None:
    t = make_producttabel(lezer(10), kijk())
    rijen = {r["deel"]: r for r in t.rijen.iter_rows(named=True)}
    beg = rijen["Ambulante begeleiding"]
    assert beg["berichten_cent"] == 9 * (12 * 24_000 + 4 * 64_000)
    assert beg["realisatie_cent"] == beg["berichten_cent"] + 9 * 800_000
    # the year still runs: its whole budget against where it ends (proefstad.VOORSPELD)
    assert beg["begroting_cent"] == 15_000_000
    assert beg["verschil_cent"] == 6_500_000 - 15_000_000
    assert beg["clienten"] == 16
    assert rijen["Huishoudelijke ondersteuning"]["p"] == "€ 30,00 / uur"
    assert rijen["Huishoudelijke ondersteuning"]["q"] == "3.600 uur"
    assert rijen[TAAKSTELLING]["begroting_cent"] == -1_200_000
    assert len(rijen["Dagbesteding"]["verloop"]) == 12


def test_product_table_goes_down_to_zwaarte_and_hides(lezer: Maak, kijk: Kijk) -> None:
    t = make_producttabel(lezer(10), kijk(product="Begeleiding"))
    assert (t.niveau, t.heeft_begroting) == ("zwaarte", False)
    for rij in t.rijen.iter_rows(named=True):  # zwaar has 4 clients, and licht would give them away
        assert rij["niet_getoond"]
        assert [rij[k] for k in ("realisatie_cent", "clienten", "prijs_cent", "volume", "verloop")] == [
            None
        ] * 5
        assert (rij["p"], rij["q"]) == ("niet getoond", "niet getoond")
    open_ = make_producttabel(lezer(1), kijk(product="Begeleiding")).rijen
    assert open_["deel"].to_list() == ["licht", "zwaar"]
    assert open_["p"].to_list() == ["€ 60,00 / uur", "€ 80,00 / uur"]


def test_volumes_of_two_units_are_never_one(lezer: Maak, kijk: Kijk) -> None:
    assert words.word_q(10, ["04", "16"]) == "meer eenheden"
    assert words.word_p(10, 5, ["04", "16"]) == "meer eenheden"
    assert words.word_p(10, 5, ["83"]) == "–"


def test_small_multiples_share_one_scale(lezer: Maak, kijk: Kijk) -> None:
    df = reeks.read_reeks(lezer(10), kijk()).with_columns(pl.col("nominaal_cent").alias("realisatie_cent"))
    df = df.filter(pl.col("jaar") >= 2024)
    begroting = verloop.read_begroting(lezer(10), kijk()).filter(soort="product")
    fig = jaren.make_jaren(df, begroting, stad.read_breuken(lezer(10), kijk()), LICHT)
    assen = [fig.layout[k].range for k in fig.layout if str(k).startswith("yaxis")]
    assert len(assen) == 4 and len(set(assen)) == 1 and assen[0][0] == 0
    beg = next(t for t in fig.data if "begeleiding<br>%{x}" in (t.hovertemplate or ""))
    assert list(beg.x) == [2024, 2025, 2026]
    assert list(beg.y) == [16_128_000, 16_128_000, 12_096_000]
    assert list(beg.marker.pattern.shape) == ["", "", "/"]
    breuken = [t for t in fig.data if "breuk" in (t.hovertemplate or "")]
    assert ["nieuw contract" in tekst for t in breuken for tekst in t.customdata] == [True]
    assert len(fig.layout.shapes) == 1
    # the first and the last full year bear their amount
    assert list(beg.text) == ["0,2", "0,2", ""]
    naast = [fig.layout[k].domain[0] for k in ("xaxis", "xaxis2", "xaxis3", "xaxis4")]
    assert naast[0] == naast[3] == 0 < naast[1] < naast[2], "three beside each other"
    hoog, breed = fig.layout.height, list(beg.y)
    jaren.fold_jaren(fig)
    naast = [fig.layout[k].domain[0] for k in ("xaxis", "xaxis2", "xaxis3", "xaxis4")]
    assert naast[0] == naast[2] == 0 < naast[1] == naast[3], "two on a phone"
    assert fig.layout.yaxis3.domain[1] < fig.layout.yaxis.domain[0] and fig.layout.height >= hoog
    koppen = {a.name: a.text for a in fig.layout.annotations}
    assert koppen["Huishoudelijke ondersteuning"] == "<b>Huishoudelijke<br>ondersteuning</b>"
    assert list(beg.y) == breed and fig.layout.yaxis.range == fig.layout.yaxis4.range


def test_suppressed_wijken_are_hatched_not_zero(lezer: Maak, kijk: Kijk) -> None:
    df = stad.read_wijken(lezer(10), kijk())
    fig = wijkkaart.make_tegelkaart(df, LICHT, "niet getoond")
    assert list(fig.data[0].marker.pattern.shape) == ["", "/", "/"]
    assert "51" in fig.data[0].text[0] and "niet getoond" in fig.data[0].customdata[1]


@pytest.mark.parametrize(
    ("waarden", "grenzen"),
    [
        ([], []),
        ([5.0], [5.0]),
        ([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10], [2.0, 4.0, 6.0, 8.0, 10.0]),
        ([1.0, 1, 1, 1, 9], [1.0, 9.0]),
    ],
)
def test_classes_hold_as_many_wijken(waarden: list[float], grenzen: list[float]) -> None:
    assert wijkkaart.cut_quantiles(waarden) == grenzen
    assert len(wijkkaart.describe_classes(waarden, grenzen)) == len(grenzen)


def test_the_users_map(tmp_path: Path, lezer: Maak, kijk: Kijk) -> None:
    vlak = {
        "type": "Feature",
        "properties": {"statcode": "WK039201"},
        "geometry": {"type": "Polygon", "coordinates": [[[4, 52], [4.1, 52], [4.1, 52.1], [4, 52]]]},
    }
    bestand = tmp_path / "kaart.geojson"
    bestand.write_text(json.dumps({"type": "FeatureCollection", "features": [vlak]}))
    geojson = wijkkaart.load_geojson(str(bestand))
    assert geojson is not None and geojson["features"][0]["id"] == "WK039201"
    fig = wijkkaart.make_vlakkenkaart(stad.read_wijken(lezer(10), kijk()), geojson, LICHT, "niet getoond")
    assert list(fig.data[0].locations) == ["WK039201"]
    assert CONFIG["topojsonURL"].startswith("/app/static/"), "else plotly asks a server elsewhere"
    bestand.write_text("{kapot")
    assert wijkkaart.load_geojson(str(bestand)) is None
    assert wijkkaart.load_geojson(None) is None


def test_bars_are_hatched_and_gaps_stay_gaps() -> None:
    df = pl.DataFrame(
        {
            "levermaand": [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)],
            "realisatie_cent": [100, None, 300],
            "voorlopig": [False, False, True],
        }
    )
    fig = reeksen.make_bars(df, "realisatie_cent", LICHT, euro)
    assert list(fig.data[0].y) == [100, None, 300]
    assert list(fig.data[0].marker.pattern.shape) == ["", "", "/"]
    assert fig.data[0].customdata[1] == "jun 2026: niet getoond"
    leeg = reeksen.make_bars(df.clear(), "realisatie_cent", LICHT, euro)
    assert not leeg.data and "Geen declaraties" in leeg.layout.annotations[0].text


def _cel(maand: int, leeftijd: int, fractie: float | None, **anders: object) -> dict[str, object]:
    gewoon = {"soort": "bekend", "gewoonlijk": [0.0, 0.6, 0.995][leeftijd], "loop": None, "terug": False}
    tekst = {"uitleg": f"{maand}-{leeftijd}", "niet_getoond": False}
    return {
        "levermaand": date(2026, maand, 1),
        "leeftijd_maanden": leeftijd,
        "fractie": fractie,
        **gewoon,
        **tekst,
        **anders,
    }


@pytest.mark.parametrize("palet", [LICHT, DONKER])
def test_the_triangle_tells_known_expected_slow_and_hidden_apart(palet: Palet) -> None:
    df = pl.DataFrame(
        [
            _cel(3, 0, 0.0),
            _cel(3, 1, 0.3, loop="trager"),
            _cel(3, 2, 0.97),
            _cel(4, 0, -0.02),
            _cel(4, 1, 1.155),
            _cel(4, 2, 0.994, terug=True),
            _cel(6, 0, 0.0, soort="verwacht"),
            _cel(6, 1, 0.6, soort="verwacht"),
            *(_cel(7, j, None, niet_getoond=True) for j in range(3)),
        ],
        infer_schema_length=None,
    )
    fig = afloop.make_afloop(df, palet)
    vak = {t: i for i, t in enumerate(fig.data[0].customdata)}
    tekst, vorm = fig.data[0].text, fig.data[0].marker.pattern.shape
    kleur, rand = fig.data[0].marker.color, fig.data[0].marker.line.width
    # numbers are what they are; a colour stops at the first and the last shade
    assert [tekst[vak[t]] for t in ("3-0", "3-1", "4-0", "4-1", "4-2")] == ["0", "30", "− 2", "116", "99"]
    assert (kleur[vak["4-0"]], kleur[vak["4-1"]]) == (palet.reeks[0], palet.reeks[4])
    assert kleur[vak["4-2"]] == palet.reeks[4] and kleur[vak["3-2"]] == palet.reeks[3]
    assert [vorm[vak[t]] for t in ("3-1", "6-1")] == ["", "/"]
    assert rand[vak["3-1"]] > rand[vak["3-0"]]
    traag, snel, terug = fig.data[1:]
    assert (traag.marker.symbol, len(traag.x), len(snel.x), list(terug.x)) == ("triangle-down", 1, 0, [2.0])
    # July is one box over all three columns; May, of which nothing came, keeps its place
    weg = [i for i, t in enumerate(tekst) if t == "niet getoond"]
    assert len(weg) == 1 and fig.data[0].width[weg[0]] > 2.9 and fig.data[0].x[weg[0]] == 1.0
    namen = list(fig.layout.yaxis.ticktext)
    assert namen == ["▼mrt 2026", "apr 2026", "mei 2026", "jun 2026", "jul 2026", "<b>meestal</b>"]
    assert list(fig.layout.xaxis.ticktext) == ["0", "1", "2"]
    assert not afloop.make_afloop(df.clear(), palet).data


@pytest.mark.parametrize(
    ("fractie", "procent", "tint"),
    [
        (-0.3, -30, 0),
        (0.494, 49, 0),
        (0.495, 50, 1),
        (0.799, 80, 2),
        (0.945, 95, 3),
        (0.984, 98, 3),
        (0.985, 99, 4),
        (0.999, 99, 4),
        (0.9996, 100, 4),
        (2.5, 250, 4),
    ],
)
def test_a_number_stands_in_one_shade_and_is_100_only_when_all_is_in(
    fractie: float, procent: int, tint: int
) -> None:
    assert (afloop.round_part(fractie), afloop.find_shade(fractie)) == (procent, tint)


def test_the_shades_are_named_as_they_are_cut() -> None:
    assert afloop.name_shades() == ["minder dan 50 %", "50 – 79 %", "80 – 94 %", "95 – 98 %", "99 % en meer"]


def test_a_box_of_the_triangle_says_what_it_is() -> None:
    bekend = _cel(4, 2, 1.2, cumulatief_cent=120_000, ultimate_cent=100_000, bij_cent=-20_000, loop="sneller")
    assert afloop.tell_cel(bekend, "klein") == (
        "<b>apr 2026</b>, na 2 maanden<br>120,0 % bekend: € 1.200<br>verwacht wordt in totaal € 1.000<br>"
        "in deze maand is € 200 meer teruggenomen dan er bijkwam<br>meestal 99,5 %: sneller dan anders"
    )
    assert afloop.tell_cel(_cel(4, 1, 0.6, soort="verwacht"), "klein") == (
        "<b>apr 2026</b>, na 1 maand<br>naar verwachting 60,0 % bekend"
    )
    assert afloop.tell_cel(_cel(4, 1, None, niet_getoond=True), "klein").endswith("<br>klein")
    assert "per saldo worden er geen uitgaven verwacht" in afloop.tell_cel(_cel(4, 1, None), "klein")


def test_titles_say_the_finding() -> None:
    assert words.title_change("Q", 110, 100) == "Q steeg 10,0 % tegenover vorig jaar"
    assert words.title_change("Q", 100.1, 100) == "Q bleef gelijk tegenover vorig jaar"
    assert words.title_change("Q", None, 100) == "Q per maand"
    assert words.title_flow(3, 5) == "Er kwamen minder cliënten bij (3) dan er weggingen (5)"
    assert words.title_omzet("X", 50_000_000, 20_000_000) == (
        "X declareerde € 0,5 mln, € 0,3 mln meer dan vergelijkbare aanbieders"
    )


def test_dossier_of_one_aanbieder(lezer: Maak, kijk: Kijk) -> None:
    eigen, f = lezer(10, ("A1",), 1), kijk(aanbieder="A1")
    d = dossier.read_dossier(eigen, f, "Aanbieder A1")
    assert d.hoofdproduct == "Huishoudelijke ondersteuning"
    assert d.vergelijking == "gemiddeld bij 3 vergelijkbare aanbieders"
    tegel = {t.sleutel: t for t in dossier.make_tiles(eigen, f, d)}
    assert tegel["clienten"].waarde == "36"
    assert tegel["stroom"].waarde == "+ 9"
    # 20 · 300 + 12 · 240 + 4 · 640 euro in nine months of a plafond of € 200.000.
    assert tegel["omzet"].regels[0].verschil == "51 % besteed in dit jaar"
    prijzen = dossier.join_prices(d, eigen, f)
    assert prijzen["prijs_anderen_cent"].to_list() == [3000.0, None, None]


def test_a_lump_sum_has_reach_instead_of_pq(lezer: Maak, kijk: Kijk) -> None:
    eigen, f = lezer(10, ("A7",), 1), kijk(aanbieder="A7")
    d = dossier.read_dossier(eigen, f, "Aanbieder A7")
    assert d.is_lump_sum and not d.heeft_pq
    tegel = {t.sleutel: t for t in dossier.make_tiles(eigen, f, d)}
    assert (tegel["bereik"].waarde, tegel["vast-wmo"].waarde) == ("50", "€ 1,9 mln")
    assert "omzet" not in tegel and "volume" not in tegel


def test_no_months_no_periods() -> None:
    meta = Momentopname(date(2026, 10, 31), "g", None, date(2026, 10, 1), date(2026, 9, 1), None, True)
    assert make_periodes(meta) == {}


def test_every_begrip_that_a_page_names_is_defined() -> None:
    genoemd = set()
    for pad in (WORTEL / "dashboard").rglob("*.py"):
        tekst = pad.read_text(encoding="utf-8")
        genoemd |= set(re.findall(r'begrip="(\w+)"', tekst)) | set(
            re.findall(r'draw_begrip\(lezer, "(\w+)"', tekst)
        )
    begrippen = {p.stem for p in (WORTEL / "tests" / "begrippen").glob("*.yaml")}
    assert genoemd and genoemd <= begrippen


def test_a_long_name_is_broken_after_a_word_near_its_middle() -> None:
    assert break_name("Dagbesteding") == "Dagbesteding"
    assert break_name("Gezinsbegeleiding en jongvolwassenen") == "Gezinsbegeleiding<br>en jongvolwassenen"
    assert break_name("Huishoudelijke ondersteuning") == "Huishoudelijke<br>ondersteuning"
