"""verwacht.json against the files, counted anew with other means."""

from collections import Counter, defaultdict

import polars as pl
import pytest

from tests.sample_data.conftest import Stad
from tests.sample_data.hulp import lees_regels

pytestmark = pytest.mark.xdist_group("sample_data")
EENHEID = {"301": "ToegewezenProduct", "305": "StartProduct", "307": "StopProduct"}


def _bedrag(p: object) -> int:
    pad = p.find("IngediendBedrag")  # type: ignore[attr-defined]
    if pad is None:
        pad = p.find("IngediendeBedragPrestatie/DeclaratieFactuurBedrag")  # type: ignore[attr-defined]
    return int(pad.findtext("Bedrag")) * (1 if pad.findtext("DebetCredit") == "D" else -1)


@pytest.mark.parametrize("welke", ["gemengd", "op_papier"])
def test_files_lines_and_cents_per_berichttype(welke: str, request: pytest.FixtureRequest) -> None:
    stad: Stad = request.getfixturevalue(welke)
    geteld: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for naam, boom in stad.bomen("_"):
        soort = naam.split("_")[0].lower()
        rij = geteld[soort]
        rij[0] += 1
        rij[1] += sum(1 for _ in boom.iter(EENHEID.get(soort[-3:], "Prestatie")))
        if soort[-3:] in ("303", "323"):
            rij[2] += sum(_bedrag(p) for p in boom.iter("Prestatie"))
    verwacht = {
        b["berichttype"]: [b["bestanden"], b["regels"], b["bedrag_cent"]] for b in stad.verwacht["berichten"]
    }
    assert dict(geteld) == verwacht
    assert all(rij[0] for rij in verwacht.values())


def test_rows_and_cents_per_extract(gemengd: Stad) -> None:
    namen = {p.stem for p in (gemengd.map / "extracten").iterdir()}
    assert namen == {e["naam"] for e in gemengd.verwacht["extracten"]}
    for e in gemengd.verwacht["extracten"]:
        df = gemengd.csv(f"{e['naam']}.csv")
        assert df.height == e["rijen"], e["naam"]
        if "bedrag_cent" in e:
            r = lees_regels(df)
            assert (r["bedrag"] * r["teken"]).sum() == e["bedrag_cent"], e["naam"]


@pytest.mark.parametrize("welke", ["gemengd", "op_papier", "ijkstad"])
def test_every_line_once_and_the_totals_per_levermaand(welke: str, request: pytest.FixtureRequest) -> None:
    """Extracts and messages together hold every line once; second messages of an identity aside."""
    stad: Stad = request.getfixturevalue(welke)
    som: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    gezien: Counter[tuple[str, str, str]] = Counter()
    if list((stad.map / "extracten").glob("declaratieregels_*.csv")):
        r = lees_regels(stad.csv("declaratieregels_*.csv"))
        gezien.update(zip(r["wet"], r["aanbieder_agb"], r["referentienummer"], strict=True))
        r = r.with_columns(
            maand=pl.col("begindatum").dt.strftime("%Y-%m"), cent=pl.col("bedrag") * pl.col("teken")
        )
        for maand, wet, n, cent in r.group_by("maand", "wet").agg(pl.len(), pl.col("cent").sum()).rows():
            som[maand, wet] = [n, cent]
    for naam, boom in stad.bomen("3_"):
        if naam.endswith("_2.xml") or naam.split("_")[0][-3:] not in ("303", "323"):
            continue
        wet = "Wmo" if naam.startswith("WMO") else "Jeugdwet"
        agb = boom.findtext("Header/Afzender") or boom.findtext("Header/Aanbieder") or ""
        for p in boom.iter("Prestatie"):
            gezien[wet, agb, p.findtext("ProductReferentie/ReferentieNummer") or ""] += 1
            rij = som[(p.findtext("ProductPeriode/Begindatum") or "")[:7], wet]
            rij[0] += 1
            rij[1] += _bedrag(p)
    # a line with the number of an earlier one (TR314) stands under that number, and not under its own
    for b in stad.verwacht["fouten"]["bijzonder"]:
        if b.get("regel") == "TR314":
            gezien[b["wet"], b["aanbieder"], b["referentienummer"]] -= 1
            assert (b["wet"], b["aanbieder"], b["in_extract"]) not in gezien
    assert set(gezien.values()) == {1}
    verwacht = {
        (m["levermaand"], m["wet"]): [m["regels"], m["bedrag_cent"]] for m in stad.verwacht["levermaanden"]
    }
    assert dict(som) == verwacht


def test_status_in_the_extract_is_what_was_known_before_the_window(gemengd: Stad) -> None:
    """A 323 received just before the window is answered in it.

    The extract says 'in behandeling', the 325 names it.
    """
    r = lees_regels(gemengd.csv("declaratieregels_*.csv"))
    open_ = r.filter(pl.col("status") == "in behandeling")
    assert open_.height > 0
    assert open_["beantwoord_op"].null_count() == open_.height
    genoemd = {b.findtext("DeclaratieAntwoord/DeclaratieNummer") for _, b in gemengd.bomen("325_")}
    # a technically refused message has no DeclaratieAntwoord to be named in
    af = {
        k["declaratienummer"] for k in gemengd.verwacht["fouten"]["koppen"] if k["soort"] == "verkeerd totaal"
    }
    assert set(open_["declaratienummer"]) <= genoemd | af
    klaar = r.filter(pl.col("status") != "in behandeling")
    assert klaar["beantwoord_op"].null_count() == 0
    assert (
        klaar.filter(
            (pl.col("status") == "goedgekeurd") & (pl.col("toegekend_bedrag") != pl.col("bedrag"))
        ).height
        == 0
    )
    assert klaar.filter((pl.col("status") == "afgekeurd") & (pl.col("toegekend_bedrag") != 0)).height == 0


def test_approved_and_rejected_add_up_with_what_is_open(ijkstad: Stad) -> None:
    r = lees_regels(ijkstad.csv("declaratieregels_*.csv"))
    r = r.with_columns(cent=pl.col("bedrag") * pl.col("teken"))
    per = dict(r.group_by("status").agg(pl.col("cent").sum()).rows())
    m = ijkstad.verwacht["levermaanden"]
    assert sum(x["goedgekeurd_cent"] for x in m) == per["goedgekeurd"]
    assert sum(x["afgekeurd_cent"] for x in m) == per["afgekeurd"]
    assert sum(x["bedrag_cent"] for x in m) == sum(per.values())


def test_faults_do_what_they_say(ijkstad: Stad) -> None:
    r = lees_regels(ijkstad.csv("declaratieregels_*.csv"))
    fouten = pl.DataFrame(ijkstad.verwacht["fouten"]["regels"]).with_columns(agb="aanbieder")
    df = fouten.join(
        r,
        left_on=["wet", "agb", "referentienummer"],
        right_on=["wet", "aanbieder_agb", "referentienummer"],
        how="left",
    )
    assert df["bsn"].null_count() == 0  # every key leads to a line
    assert 0.004 < df.height / r.height < 0.02
    nummers = ijkstad.csv("toewijzingen_*.csv").select(
        "wet", pl.col("toewijzingnummer").cast(pl.Int64), client="bsn", ingang="ingangsdatum"
    ).unique(["wet", "toewijzingnummer"])  # fmt: skip
    df = df.join(
        nummers, left_on=["wet", "toewijzingnummer"], right_on=["wet", "toewijzingnummer"], how="left"
    )

    def soort(naam: str) -> pl.DataFrame:
        deel = df.filter(pl.col("soort") == naam)
        assert deel.height > 10, naam
        return deel

    assert (
        soort("onbekend toewijzingnummer")["client"].null_count() == soort("onbekend toewijzingnummer").height
    )
    assert (soort("andere bsn")["client"] != soort("andere bsn")["bsn"]).mean() > 0.95
    voor = soort("buiten toewijzing").with_columns(pl.col("ingang").str.to_date("%d-%m-%Y"))
    assert voor.filter(pl.col("einddatum") >= pl.col("ingang")).height == 0
    assert set(soort("eigen productcode")["productcode"]) == {"HLM01", "HLJ01"}
    for kop in ("afgekeurd",):
        assert 0.7 < df.filter(pl.col("soort") != "")[kop].mean() < 0.9  # type: ignore[operator]
    afgekeurd = df.filter(pl.col("afgekeurd") & pl.col("beantwoord_op").is_not_null())
    assert set(afgekeurd["status"]) == {"afgekeurd"}


def test_missing_starts_are_missing(ijkstad: Stad) -> None:
    starts = ijkstad.csv("starts_*.csv")
    er = set(zip(starts["wet"], starts["toewijzingnummer"], strict=True))
    weg = ijkstad.verwacht["fouten"]["starts_ontbreken"]
    assert len(weg) > 50
    assert not [s for s in weg if (s["wet"], str(s["toewijzingnummer"])) in er]


def test_counts_agree_with_the_lists(gemengd: Stad) -> None:
    f = gemengd.verwacht["fouten"]
    lijsten = ("regels", "koppen", "stops", "regie", "bijzonder")
    geteld = Counter(r["soort"] for lijst in lijsten for r in f[lijst])
    geteld["start ontbreekt"] = len(f["starts_ontbreken"])
    geteld["voorloopnullen kwijt"] = len(f["voorloopnullen_kwijt"])
    aantallen = f["aantallen"]
    assert dict(geteld) == aantallen
    assert min(aantallen.values()) >= 1, aantallen


def test_lost_zeros_are_the_named_rows(gemengd: Stad) -> None:
    r = gemengd.csv("declaratieregels_*.csv")
    kort = r.filter(
        (pl.col("eenheid").str.len_chars() < 2) | (pl.col("productcategorie").str.len_chars() < 2)
    )
    assert set(kort["referentienummer"]) == {
        x["referentienummer"] for x in gemengd.verwacht["fouten"]["voorloopnullen_kwijt"]
    }


def test_doubled_files_are_doubles(gemengd: Stad, op_papier: Stad) -> None:
    for stad in (gemengd, op_papier):
        inhoud = Counter(x for _, _, x in stad.berichten())
        dubbel = [x for x in stad.verwacht["fouten"]["bijzonder"] if x["soort"] == "zelfde bestand nogmaals"]
        assert sum(n - 1 for n in inhoud.values()) == len(dubbel) > 0


def test_same_identity_other_content(gemengd: Stad) -> None:
    per: dict[tuple[str, str | None, str | None], set[int]] = defaultdict(set)
    for naam, boom in gemengd.bomen("323_"):
        sleutel = (
            naam[:3],
            boom.findtext("Header/Afzender"),
            boom.findtext("Header/BerichtIdentificatie/Identificatie"),
        )
        per[sleutel].add(sum(1 for _ in boom.iter("Prestatie")))
    meer = {k: v for k, v in per.items() if len(v) > 1}
    bekend = [
        x for x in gemengd.verwacht["fouten"]["bijzonder"] if x["soort"].startswith("zelfde identiteit")
    ]
    assert {k[2] for k in meer} == {x["bericht"] for x in bekend}
    assert all(max(v) - min(v) == 1 for v in meer.values())
