"""Start and stop of care (305/307).

Real deliveries of P*Q toewijzingen, and of taakgericht care without a number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data import toewijzingen as tw
from sample_data import zorg
from sample_data.declaraties import SWITCH
from sample_data.instellingen import NOOIT, Aantallen, Instellingen, begin_van, werkdagen_later
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
    inst: Instellingen, t: Toewijzingen, alle_seg: Segmenten, pauze: tuple[Aantallen, Aantallen]
) -> Regie:
    """All starts and stops received up to the end of the run, with late, missing and orphaned ones."""
    rng = inst.rng(14)
    taak = alle_seg.take(alle_seg.taak)
    n, m = t.nummer.size, taak.begin.size
    # 'mens' tells whether care really began: not for deleted toewijzingen, nor for what is told without
    # 305/307
    kan = ~t.verwijderd & _REGIE[t.seg.product] & (t.zorg_begin <= inst.tot_dag)
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
    op_start = werkdagen_later(begin, np.where(laat, rng.integers(8, 45, alles), rng.integers(0, 6, alles)))
    op_stop = werkdagen_later(np.minimum(eind, NOOIT - 400), rng.integers(1, 6, alles))
    op_stop = np.maximum(op_stop, op_start)  # a late start is still told before the stop
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
                    werkdagen_later(np.minimum(p1 + 1, NOOIT - 400), rng.integers(0, 6, alles))
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
                begin=pl.Series(begin_stop), ontvangen=pl.Series(op_stop), reden=pl.Series(stopcode)
            ).filter(pl.Series(gestopt)),
            basis.with_columns(
                eind=pl.Series(p0 - 1),
                reden=pl.lit(TIJDELIJK),
                ontvangen=pl.Series(werkdagen_later(np.minimum(p0, NOOIT - 400), rng.integers(1, 6, alles))),
            ).filter(pl.Series(pauzeert & ~geen_start)),
        ]
    ).with_columns(vuil=pl.when(pl.col("vuil") == "stop zonder start").then("vuil").otherwise(None))
    zonder = basis.filter(pl.Series(doet & ontbreekt & (op_start <= inst.tot_dag))).drop("eind")
    uit = [
        x.filter(pl.col("ontvangen") <= inst.tot_dag).sort(
            "ontvangen", "wet", "persoon", "aanbieder", "code", "begin", "nummer"
        )
        for x in (starts, stops)
    ]
    return Regie(uit[0], uit[1], zonder)


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
