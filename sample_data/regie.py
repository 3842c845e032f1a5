"""Start and stop of care (305/307).

Real deliveries of P*Q toewijzingen, and of taakgericht care without a number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data import toewijzingen as tw
from sample_data import zorg
from sample_data.instellingen import (
    NOOIT,
    SWITCH,
    Aantallen,
    Instellingen,
    begin_van,
    werkdag_na,
    werkdagen_tussen,
)
from sample_data.producten import GGZ_NIEUW, PRODUCTEN, WMO
from sample_data.toewijzingen import Segmenten, Toewijzingen

# RedenBeeindiging by why care ends: Wmo, Jeugdwet (code 31 means something else in each law)
_STOP: dict[int, tuple[str, str]] = {
    zorg.PLAN: ("19", "31"),
    zorg.OVERLEDEN: ("02", "02"),
    zorg.VERHUISD: ("31", "35"),
    zorg.ANDER_DOMEIN: ("39", "39"),
    zorg.LEEFTIJD: ("19", "31"),
    zorg.CLIENT: ("21", "32"),
    zorg.AANBIEDER: ("22", "33"),
    zorg.SAMEN: ("23", "34"),
    zorg.KANTELING: ("36", "36"),
    zorg.WOONPLAATS: ("36", "35"),
    tw.ZWAARTE: ("37", "37"),
    tw.OVERSTAP: ("38", "38"),
    tw.OMVANG: ("37", "37"),
    tw.HERCODERING: ("36", "36"),
    tw.LUMPSUM: ("36", "36"),
    tw.STOPT: ("38", "38"),
}
_OUD = {"36": ("23", "34"), "37": ("23", "34"), "38": ("23", "34"), "39": ("19", "31")}  # lists of 2.3
TIJDELIJK = "20"
ZONDER_START = 0.015  # share of toewijzingen whose start was never told
STOP_ZONDER_START = 0.004
START_LAAT = 0.10
STOP_LAAT = 0.02
TERMIJN = 5  # working days (OP271, OP272)
# kind: rule
REGIE_FOUTEN = {
    "late start": "OP271",
    "late stop": "OP272",
    "stop zonder start": "TR382",
    "start onbekende toewijzing": "TR019",
    "tweede start": "TR326",
    "tweede tijdelijke stop": "TR413",
    "stop voor eerdere stop": "TR414",
    "tweede definitieve stop": "TR415",
}
_WET = np.array([0 if p.wet == WMO else 1 for p in PRODUCTEN])
_REGIE = np.array([p.regie for p in PRODUCTEN])
_CODES = np.array([p.code for p in PRODUCTEN])


@dataclass
class Regie:
    """Starts and stops.

    Columns wet, aanbieder, persoon, nummer (null = taakgericht), code, begin, ontvangen, vuil.
    """

    starts: pl.DataFrame
    stops: pl.DataFrame
    ontbreekt: pl.DataFrame  # care that began without a start message ever being sent


def make_regie(
    inst: Instellingen,
    t: Toewijzingen,
    alle_seg: Segmenten,
    pauze: tuple[Aantallen, Aantallen],
    gestuurd: Aantallen,
) -> Regie:
    """All starts and stops received up to the end of the run, with late, missing and orphaned ones.

    ``gestuurd``: the day on which each toewijzing was first sent (0: after the end of the run); the term of a
    start or stop runs from then when that is later.
    """
    rng = inst.rng(14)
    taak = alle_seg.take(alle_seg.taak)
    n, m = t.nummer.size, taak.begin.size
    # 'mens' tells whether care really began: not for deleted toewijzingen, nor for what is told without
    # 305/307
    kan = ~t.verwijderd & _REGIE[t.seg.product] & (t.zorg_begin <= inst.tot_dag) & (gestuurd > 0)
    nummer = np.concatenate([t.nummer, np.full(m, -1)])
    begin = np.concatenate([t.zorg_begin, taak.begin])
    eind = np.concatenate([t.seg.eind, taak.eind])
    reden = np.concatenate([t.seg.reden, taak.reden])
    product = np.concatenate([t.seg.product, taak.product])
    wie = np.concatenate([t.seg.aanbieder, taak.aanbieder])
    persoon = np.concatenate([t.seg.persoon, taak.persoon])
    nieuw = np.concatenate([t.seg.nieuwe_code, np.zeros(m, bool)])
    doet = np.concatenate([kan, np.ones(m, bool)])
    p0 = np.concatenate([pauze[0], np.full(m, NOOIT)])
    p1 = np.concatenate([pauze[1], np.full(m, NOOIT)])
    alles = n + m
    ontbreekt = (rng.random(alles) < ZONDER_START) & (nummer >= 0)
    wees = (rng.random(alles) < STOP_ZONDER_START) & ~ontbreekt & (nummer >= 0)
    geen_start = ontbreekt | wees
    laat = rng.random(alles) < START_LAAT
    sinds = np.concatenate([gestuurd, np.zeros(m, dtype=np.int64)])
    vanaf_start = np.maximum(begin, sinds)
    vanaf_stop = np.maximum(np.minimum(eind, NOOIT - 400), sinds)
    # a late start is later than a 301 that is itself on its way for days
    op_start = werkdag_na(vanaf_start, np.where(laat, rng.integers(15, 45, alles), rng.integers(0, 6, alles)))
    stop_laat = rng.random(alles) < STOP_LAAT
    op_stop = werkdag_na(
        vanaf_stop, np.where(stop_laat, rng.integers(15, 40, alles), rng.integers(1, 6, alles))
    )
    # a late start is still told before the stop, and may so delay it
    wacht = np.where(geen_start, op_stop, op_start)
    op_stop = np.where(wacht > op_stop, werkdag_na(wacht, np.full(alles, 15)), op_stop)
    stop_laat = werkdagen_tussen(vanaf_stop, op_stop) > TERMIJN
    basis = pl.DataFrame(
        {
            "wet": _WET[product],
            "aanbieder": wie,
            "persoon": persoon,
            "nummer": nummer,
            "code": np.where(nieuw, GGZ_NIEUW, _CODES[product]),
            "begin": begin,
            "eind": eind,
            "ontvangen": op_start,
            "vuil": np.where(
                ontbreekt,
                "start ontbreekt",
                np.where(wees, "stop zonder start", np.where(laat, "late start", "")),
            ),
        }
    ).with_columns(
        nummer=pl.when(pl.col("nummer") < 0).then(None).otherwise("nummer"),
        vuil=pl.col("vuil").replace("", None),
    )
    pauzeert = doet & (p0 < eind) & (p0 <= inst.tot_dag) & (p0 > begin)
    hervat = pauzeert & (p1 + 1 < eind)
    starts = pl.concat(
        [
            basis.filter(pl.Series(doet & ~geen_start)),
            basis.with_columns(
                begin=pl.Series(p1 + 1),
                vuil=pl.lit(None, pl.String),
                ontvangen=pl.Series(
                    werkdag_na(np.maximum(np.minimum(p1 + 1, NOOIT - 400), sinds), rng.integers(0, 6, alles))
                ),
            ).filter(pl.Series(hervat & ~geen_start)),
        ]
    ).drop("eind")
    gestopt = doet & ~ontbreekt & (eind <= inst.tot_dag) & ~(pauzeert & ~hervat)
    begin_stop = np.where(hervat, p1 + 1, begin)
    stopcode = _stop_codes(_WET[product], reden, op_stop)
    stops = pl.concat(
        [
            basis.with_columns(
                begin=pl.Series(begin_stop),
                ontvangen=pl.Series(op_stop),
                reden=pl.Series(stopcode),
                te_laat=pl.Series(stop_laat),
            ).filter(pl.Series(gestopt)),
            basis.with_columns(
                eind=pl.Series(p0 - 1),
                reden=pl.lit(TIJDELIJK),
                ontvangen=pl.Series(
                    werkdag_na(np.maximum(np.minimum(p0 - 1, NOOIT - 400), sinds), rng.integers(1, 6, alles))
                ),
                te_laat=pl.lit(False),
            ).filter(pl.Series(pauzeert & ~geen_start)),
        ]
    ).with_columns(vuil=pl.when(pl.col("vuil") == "stop zonder start").then("vuil").otherwise(None))
    # without a number the product, the client and the day are the key of a start
    starts = pl.concat(
        [
            starts.filter(pl.col("nummer").is_not_null()),
            starts.filter(pl.col("nummer").is_null())
            .sort("ontvangen")
            .unique(["wet", "persoon", "aanbieder", "code", "begin"], keep="first", maintain_order=True),
        ]
    )
    starts, stops = _add_faults(inst, starts, stops)
    er = pl.concat(
        [x.filter(pl.col("ontvangen") <= inst.tot_dag).select("wet", "nummer") for x in (starts, stops)]
    ).unique()
    # neither start nor stop was received: never sent, or not yet
    zonder = basis.filter(
        pl.Series(doet) & pl.col("nummer").is_not_null() & (pl.col("begin") <= inst.tot_dag)
    )
    zonder = zonder.drop("eind").join(er, on=["wet", "nummer"], how="anti", maintain_order="left")
    uit = [
        x.filter(pl.col("ontvangen") <= inst.tot_dag).sort(
            "ontvangen", "wet", "persoon", "aanbieder", "code", "begin", "nummer"
        )
        for x in (starts, stops)
    ]
    return Regie(uit[0], uit[1], zonder)


def _add_faults(
    inst: Instellingen, starts: pl.DataFrame, stops: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A few starts and stops beside the true ones that break the rules of their order."""
    rng = inst.rng(32)
    m = pl.col
    aantal = max(3, starts.height // 8_000)

    def choose(df: pl.DataFrame) -> pl.DataFrame:
        return df[np.sort(rng.permutation(df.height)[:aantal])]

    sleutel = ["wet", "nummer"]
    schoon = m("nummer").is_not_null() & m("vuil").is_null() & (m("ontvangen") + 40 <= inst.tot_dag)
    een = schoon & (pl.len().over(sleutel) == 1)
    los = starts.filter(een)
    open_ = los.join(stops.select(sleutel).unique(), on=sleutel, how="anti", maintain_order="left")
    onbekend = choose(los).with_columns(
        nummer=m("nummer") + 900_000_000, vuil=pl.lit("start onbekende toewijzing")
    )
    tweede = choose(open_.filter(m("begin") + 60 <= inst.tot_dag - 20))
    begin = tweede["begin"].to_numpy() + 45
    tweede = tweede.with_columns(
        begin=pl.Series(begin),
        ontvangen=pl.Series(
            werkdag_na(np.maximum(begin, tweede["ontvangen"].to_numpy()), np.full(begin.size, 2))
        ),
        vuil=pl.lit("tweede start"),
    )
    tijdelijk = stops.filter(
        schoon & ~m("te_laat") & (m("reden") == TIJDELIJK) & (pl.len().over(sleutel) == 1)
    )
    eind = stops.filter(schoon & ~m("te_laat") & (m("reden") != TIJDELIJK) & (pl.len().over(sleutel) == 1))
    # at most half of them, so that the next kind finds some too
    lang = tijdelijk.filter(m("eind") - m("begin") > 30)
    gekozen = choose(lang)[: max(1, lang.height // 2)]
    nogmaals = _after(gekozen, "tweede tijdelijke stop", 3)
    rest = tijdelijk.join(gekozen.select(sleutel), on=sleutel, how="anti", maintain_order="left")
    eerder = _after(choose(rest.filter(m("eind") - m("begin") > 30)), "stop voor eerdere stop", -10)
    eerder = eerder.with_columns(reden=pl.when(m("wet") == 0).then(pl.lit("21")).otherwise(pl.lit("32")))
    definitief = _after(choose(eind), "tweede definitieve stop", 4)
    nieuw = pl.concat([nogmaals, eerder, definitief]).with_columns(te_laat=pl.lit(False))
    return pl.concat([starts, onbekend, tweede]), pl.concat([stops, nieuw])


def _after(df: pl.DataFrame, naam: str, dagen: int) -> pl.DataFrame:
    """The same stop once more, with another einddatum, some days after the first was received."""
    op = werkdag_na(df["ontvangen"].to_numpy(), np.full(df.height, 8))
    return df.with_columns(eind=pl.col("eind") + dagen, ontvangen=pl.Series(op), vuil=pl.lit(naam))


def _stop_codes(wet: Aantallen, reden: Aantallen, op: Aantallen) -> list[str]:
    """RedenBeeindiging per stop; before 2021 the longer list did not exist yet."""
    hoogste = max(_STOP) + 1
    switch = int(begin_van(np.array([SWITCH]))[0])
    tabel = np.full((hoogste, 2, 2), "", dtype="<U2")
    for r, codes in _STOP.items():
        for w in (0, 1):
            tabel[r, w, 1] = codes[w]
            tabel[r, w, 0] = _OUD[codes[w]][w] if codes[w] in _OUD else codes[w]
    return [str(x) for x in tabel[reden, wet, (op >= switch).astype(np.int64)]]
