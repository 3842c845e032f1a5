"""The run from begin to end: model the care, derive the paper, write the files."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from sample_data import (
    begroting,
    grootboek,
    levering,
    omgeving,
    papier,
    personen,
    post,
    programma,
    referentie,
    regelkaarten,
    toegang,
    versies,
    verwacht,
)
from sample_data.aanbieders import make_aanbieders, make_tarieven
from sample_data.berichten.xml import write_zip
from sample_data.declaraties import make_declaraties, signed
from sample_data.extracten import write_csv, write_historie
from sample_data.instellingen import GEMEENTE, Instellingen, maand_van, schrijf_maand
from sample_data.producten import PRODUCTEN
from sample_data.regie import make_regie
from sample_data.stad import make_adressen
from sample_data.toewijzingen import make_segmenten
from sample_data.zorg import Stad

SLEUTEL = "voorbeeldsleutel-synthetisch-haarlem-0392-niet-voor-echte-gegevens"
Melden = Callable[[str], None]


class VreemdeMapError(Exception):
    """The folder holds files that no earlier run wrote; nothing was changed."""


def run(inst: Instellingen, melden: Melden) -> dict[str, object]:
    """Write the whole municipality under ``inst.uit``; returns the content of verwacht.json.

    Steps are told through ``melden``. What an earlier run wrote in berichten/ and extracten/ is removed
    first.
    """
    begin = time.perf_counter()

    def stap(tekst: str) -> None:
        melden(f"{time.perf_counter() - begin:6.1f} s  {tekst}")

    _clear(inst)
    mensen, huishoudens, episodes = Stad(inst).run()
    adressen = make_adressen(inst, huishoudens)
    stap(f"zorgproces: {mensen.geboren.size} personen, {episodes.begin.size} episodes")
    aanb = make_aanbieders(inst)
    tarieven = make_tarieven(aanb)
    segmenten = make_segmenten(inst, episodes, mensen, aanb)
    t, v = versies.make_toewijzingen(inst, segmenten)
    pauze = levering.make_onderbrekingen(inst, t)
    regie = make_regie(inst, t, segmenten, pauze, versies.first_sent(t, v))
    stap(f"toewijzingen: {t.nummer.size}, versies: {v.op.size}, starts: {regie.starts.height}")
    geleverd = levering.make_regels(inst, t, aanb, tarieven, pauze)
    decl = make_declaraties(inst, geleverd, t, aanb)
    stap(f"prestaties: {decl.regels.height} in {decl.berichten.height} declaraties")
    pers = personen.make_personen(inst, mensen)
    adr = personen.make_adressen(adressen)
    stukken = papier.make_papier(inst, aanb, pers, t, v, regie, decl)
    stap("papier")
    map_ = inst.uit / "extracten"
    historie = write_historie(inst, stukken, map_)
    stap(f"extracten: {sum(d.height for d in historie.values())} rijen historie")
    bekend = pl.concat(
        [x.select("persoon") for x in (stukken.toewijzingen, stukken.starts, stukken.regels)]
    ).unique(maintain_order=True)
    bsn = np.array(pers["bsn"].to_list())
    tabellen = {
        "producten": referentie.make_producten(inst),
        "aanbieders": referentie.make_aanbieders(inst, aanb),
        "tarieven": referentie.make_tarieven(inst, aanb, tarieven),
        "contracten": referentie.make_contracten(inst, aanb, _per_contract(inst, stukken.regels)),
        "grootboek": grootboek.make_grootboek(inst, decl),
        "begroting": begroting.make_begroting(inst),
        "programmering": programma.make_programmering(inst),
        "volumes_jaar": programma.make_volumes_jaar(inst),
        "clienten": personen.make_clienten(inst, pers, adr, episodes, bekend).select(
            pl.lit(GEMEENTE).alias("gemeentecode"),
            pl.all(),
            pl.lit(referentie.peildatum(inst)).alias("peildatum"),
        ),
        "meldingen": toegang.make_meldingen(inst, mensen, adressen, t, bsn),
        "klantcontacten": toegang.make_klantcontacten(inst),
        "kpi": toegang.make_kpi(inst),
        **omgeving.make_stad(inst),
        **omgeving.make_vast(inst),
        **regelkaarten.make_besluiten(inst),
    }
    for naam, df in tabellen.items():
        write_csv(map_ / f"{naam}.csv", df)
    stap(f"referentietabellen: {len(tabellen)}")
    brieven = post.make_post(inst, stukken, pers, adr)
    tellingen: list[pl.DataFrame] = []
    for maand in brieven.maanden():
        write_zip(inst.uit / "berichten", brieven.seal(maand))
        tellingen.append(verwacht.count_berichten(maand))
    stap(f"berichten: {sum(int(x['bestanden'].sum()) for x in tellingen)} in {len(tellingen)} zips")
    uit = verwacht.make_verwacht(inst, stukken, regie, tellingen, brieven.bijzonder, historie, tabellen)
    uit["signalen"] = aanb.signalen()
    (inst.uit / "verwacht.json").write_text(
        json.dumps(uit, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (inst.uit / "LEESMIJ.txt").write_text(_leesmij(inst), encoding="utf-8")
    stap("klaar")
    return uit


def _clear(inst: Instellingen) -> None:
    """Empty the folder of an earlier run; any other folder is left alone (VreemdeMapError)."""
    merk = inst.uit / "voorbeeldsleutel.txt"
    oud = [inst.uit / deel for deel in ("berichten", "extracten") if (inst.uit / deel).exists()]
    if oud and not merk.exists():
        raise VreemdeMapError(
            f"{inst.uit} bevat al {' en '.join(p.name for p in oud)} die niet van een eerdere run zijn"
        )
    for map_ in oud:
        shutil.rmtree(map_)
    inst.uit.mkdir(parents=True, exist_ok=True)
    merk.write_text(SLEUTEL + "\n", encoding="utf-8")


def _per_contract(inst: Instellingen, regels: pl.DataFrame) -> pl.DataFrame:
    """Cents per aanbieder, wet, year and specialisme: realised, and known when the plafonds were agreed on.

    Known is what was delivered from September two years before to August of the year before and was declared
    by the end of October; nothing where the city does not reach back that far.
    """
    product = regels["product"].to_numpy()
    sleutel = ["wetnaam", "agb", "jaar", "specialisme"]
    rijen = regels.select(
        "wetnaam",
        "agb",
        "maand",
        (pl.col("maand") // 12).alias("jaar"),
        pl.Series("specialisme", np.array([p.specialisme for p in PRODUCTEN])[product]),
        pl.Series("variant", np.array([p.variant for p in PRODUCTEN])[product]),
        pl.Series("ontvangen_maand", maand_van(regels["ontvangen"].to_numpy())),
        pl.when(pl.col("afgekeurd")).then(0).otherwise(signed()).alias("bedrag"),
    )
    bekend = (
        rijen.with_columns(jaar=(pl.col("maand") + 4) // 12 + 1)
        .filter(pl.col("ontvangen_maand") < (pl.col("jaar") - 1) * 12 + 10)
        .filter((pl.col("jaar") - 1) * 12 - 4 >= inst.van)
        .group_by(sleutel)
        .agg(bekend=pl.col("bedrag").sum())
    )
    return (
        rijen.group_by(sleutel)
        .agg(pl.col("variant").min(), pl.col("bedrag").sum())
        .join(bekend, on=sleutel, how="left")
        .sort(sleutel)
    )


def _leesmij(inst: Instellingen) -> str:
    schaal = (
        "Begroting 2021-2025 en andere gepubliceerde cijfers staan er onverkort in (bron = document)."
        if inst.hele_stad
        else "Deze stad heeft een andere maat dan de echte: alle bedragen van begroting en grootboek zijn "
        "meegeschaald en dragen bron = synthetisch."
    )
    return (
        "Synthetische gemeente\n\n"
        "Niets hierin gaat over een echt mens, adres of aanbieder, behalve de namen van de vier partners\n"
        "van VanHier, die in openbare Haarlemse stukken staan. De BSN's beginnen met 99 en worden voor\n"
        "zover bekend niet uitgegeven.\n\n"
        f"Cliënten per gemiddeld jaar: {inst.clienten}. Levermaanden vanaf {schrijf_maand(inst.van)}, "
        f"ontvangen tot en met {schrijf_maand(inst.tot)}. Zaad: {inst.zaad}. Vorm: {inst.wijze}.\n"
        f"{schaal}\n\n"
        "berichten/      iWmo- en iJw-berichten, per maand van ontvangst in een zip\n"
        "extracten/      CSV uit de backoffice en referentietabellen\n"
        "verwacht.json   totalen en de opzettelijke fouten, om een lader mee te toetsen\n"
        "voorbeeldsleutel.txt   sleutel voor pseudoniemen, alleen voor deze voorbeeldgegevens\n"
    )
