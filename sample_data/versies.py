"""Versions of toewijzingen as the gemeente sent them.

Initial, stretched (04), cut (02, 05, 06, 07, 09, 10), deleted (13).
"""

from __future__ import annotations

import numpy as np

from sample_data import toewijzingen as tw
from sample_data import zorg
from sample_data.instellingen import NOOIT, Aantallen, Instellingen
from sample_data.producten import JEUGD, NUMMER, PRODUCTEN
from sample_data.toewijzingen import Segmenten, Toewijzingen, Versies

# RedenWijziging by why the segment ended
_CODE = {
    zorg.PLAN: 5,
    zorg.OVERLEDEN: 2,
    zorg.VERHUISD: 7,
    zorg.ANDER_DOMEIN: 6,
    zorg.LEEFTIJD: 5,
    zorg.CLIENT: 5,
    zorg.AANBIEDER: 5,
    zorg.SAMEN: 5,
    zorg.KANTELING: 10,
    zorg.WOONPLAATS: 7,
    tw.ZWAARTE: 8,
    tw.OVERSTAP: 9,
    tw.OMVANG: 5,
    tw.HERCODERING: 3,
    tw.LUMPSUM: 10,
    tw.STOPT: 9,
}
# CBS, trajecten jeugdhulp 2021: 01 gemeente, 02 huisarts, 03 jeugdarts, 04 GI, 05 specialist, 06
# zelf/geen, 08 rechter
VERWIJZERS = {1: 0.313, 2: 0.355, 3: 0.028, 4: 0.093, 5: 0.048, 6: 0.151, 8: 0.004}
BUDGETSOORT = {"50A04"}
GEKORT = 0.93  # share of ended care of which the gemeente cuts the toewijzing


def make_toewijzingen(inst: Instellingen, seg_alles: Segmenten) -> tuple[Toewijzingen, Versies]:
    """Number the P*Q segments and derive every version that was sent up to the end of the run."""
    rng = inst.rng(5)
    seg = seg_alles.take(~seg_alles.taak)
    # deleted toewijzingen: sent by mistake, taken back within days, never delivered
    mis = np.flatnonzero((rng.random(seg.begin.size) < 0.008) & seg.eerste & (seg.begin > inst.van_dag))
    n_echt = seg.begin.size
    seg = tw.concat([seg, seg.take(mis)])
    n = seg.begin.size
    verwijderd = np.arange(n) >= n_echt
    wmo = tw.geldig_wet(seg.product)
    terugwerkend = rng.random(n) < 0.07
    besluit = seg.begin - np.where(seg.eerste, rng.integers(0, 13, n), rng.integers(-2, 10, n))
    besluit = np.where(terugwerkend, seg.begin + rng.integers(1, 20, n), besluit)
    ind = tw.indicatiedagen(seg.product)
    soort = _draw_soort(rng, seg)
    zonder_eind = (ind == 0) & (soort == tw.SPECIFIEK)
    ind = np.where(ind == 0, 365 * 5, ind)

    volgorde = np.lexsort((np.arange(n), seg.begin, besluit))
    nummer = np.zeros(n, dtype=np.int64)
    for w, basis in ((True, 1_000_000), (False, 3_000_000)):
        rij = volgorde[wmo[volgorde] == w]
        nummer[rij] = basis + np.arange(rij.size) * 3 + 1
    # a few numbers are shared between the laws on purpose: unique per gemeente x wet only
    jw, wm = volgorde[~wmo[volgorde]], volgorde[wmo[volgorde]]
    gedeeld = min(25, jw.size // 20, wm.size // 20)
    nummer[jw[-gedeeld * 3 :: 3][:gedeeld]] = nummer[wm[-gedeeld * 3 :: 3][:gedeeld]] if gedeeld else 0

    tijd = 8 * 3600 + rng.integers(0, 9 * 3600, n)
    delen: list[tuple[Aantallen, Aantallen, Aantallen, Aantallen]] = []
    eind = np.where(zonder_eind, NOOIT, seg.begin + ind - 1)
    delen.append((np.arange(n), besluit * 86400 + tijd, eind, np.zeros(n, dtype=np.int64)))
    # stretched: a new einddatum some weeks before the old one passes, sometimes late
    rek = np.flatnonzero((eind < NOOIT) & (seg.eind > eind) & ~verwijderd)
    vorig_op = besluit.copy()
    for _ in range(40):
        if rek.size == 0:
            break
        op = np.maximum(eind[rek] - rng.integers(-12, 42, rek.size), vorig_op[rek] + 1)
        gezonden = op <= inst.tot_dag
        rek, op = rek[gezonden], op[gezonden]
        eind[rek] = eind[rek] + ind[rek]
        vorig_op[rek] = op
        delen.append((rek, op * 86400 + tijd[rek], eind[rek].copy(), np.full(rek.size, 4)))
        rek = rek[seg.eind[rek] > eind[rek]]
    # cut: always where the toewijzing is replaced, else nearly always; the rest runs on after the care
    vervangen = seg.reden >= tw.ZWAARTE
    inkort = (seg.eind < eind) & (vervangen | zonder_eind | (rng.random(n) < GEKORT)) & ~verwijderd
    op = np.where(vervangen, seg.eind - rng.integers(-4, 8, n), seg.eind + rng.integers(1, 25, n))
    op = np.maximum(op, vorig_op + 1)
    inkort &= op <= inst.tot_dag
    k = np.flatnonzero(inkort)
    eind[k] = seg.eind[k]
    codes = (
        np.vectorize(_CODE.__getitem__, otypes=[np.int64])(seg.reden[k]) if k.size else np.zeros(0, np.int64)
    )
    delen.append((k, op[k] * 86400 + tijd[k], eind[k].copy(), codes))
    weg = np.flatnonzero(verwijderd)
    op_weg = besluit[weg] + rng.integers(1, 9, weg.size)
    gezonden = op_weg <= inst.tot_dag
    weg, op_weg = weg[gezonden], op_weg[gezonden]
    eind[weg] = seg.begin[weg]
    delen.append((weg, op_weg * 86400 + tijd[weg], eind[weg].copy(), np.full(weg.size, 13)))

    v = [np.concatenate([d[i] for d in delen]) for i in range(4)]
    goed = v[1] <= inst.tot_dag * 86400 + 86399
    v = [x[goed] for x in v]
    orde = np.lexsort((v[1], v[0]))
    versies = Versies(*(x[orde] for x in v))
    zorg_begin = np.minimum(seg.begin + tw.wachtdagen(rng, seg), np.maximum(seg.begin, seg.eind - 1))
    t = Toewijzingen(
        seg,
        nummer,
        soort,
        zorg_begin,
        eind,
        500_000 + nummer % 400_000,
        _draw_verwijzer(rng, seg),
        verwijderd,
    )
    return t, versies


def first_sent(t: Toewijzingen, v: Versies) -> Aantallen:
    """The day on which each toewijzing was first sent; 0 where that is after the end of the run."""
    uit = np.full(t.nummer.size, NOOIT, dtype=np.int64)
    np.minimum.at(uit, v.toewijzing, v.op // 86400)
    return np.where(uit == NOOIT, 0, uit)


def _draw_soort(rng: np.random.Generator, seg: Segmenten) -> Aantallen:
    """Specifiek, aspecifiek (category only), with budget (category + budget) or generiek (budget only)."""
    n = seg.product.size
    u = rng.random(n)
    ambulant = np.isin(seg.product, [NUMMER["45A48"], NUMMER["45A53"]])
    budget = np.isin(seg.product, [NUMMER[c] for c in BUDGETSOORT])
    na2021 = seg.begin >= 18628  # Budget exists since release 3.0 (1-1-2021)
    soort = np.where(ambulant & (u < 0.06), tw.ASPECIFIEK, tw.SPECIFIEK)
    soort = np.where(budget & na2021, np.where(u < 0.6, tw.BUDGET, tw.GENERIEK), soort)
    return np.asarray(soort)


def _draw_verwijzer(rng: np.random.Generator, seg: Segmenten) -> Aantallen:
    """TypeVerwijzer: under the Jeugdwet the shares of 2021 hold over all trajecten.

    GI and judge refer to JB/JR first.
    """
    wmo = tw.geldig_wet(seg.product)
    n = wmo.size
    uit = np.where(rng.random(n) < 0.97, 1, 6)
    jeugd = np.flatnonzero(~wmo)
    gi = np.isin(
        seg.product[jeugd], [i for i, p in enumerate(PRODUCTEN) if p.wet == JEUGD and p.specialisme == "gi"]
    )
    aandeel_gi = gi.mean() if gi.size else 0.0
    codes = np.array(list(VERWIJZERS))
    doel = np.array(list(VERWIJZERS.values()))
    doel = doel / doel.sum()
    p_gi = np.where(codes == 4, 0.93, np.where(codes == 8, 0.07, 0.0))
    rest = np.clip(doel - aandeel_gi * p_gi, 0.0005, None)
    rest /= rest.sum()
    trek = np.where(gi, rng.choice(codes, gi.size, p=p_gi), rng.choice(codes, gi.size, p=rest))
    uit[jeugd] = trek
    return uit
