"""Sentences about flows: who came and went, moved on, why care ended and how long it lasts."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard.numbers import count, duration, percent, plural, ratio, signed

REDEN = {
    "volgens_plan": "volgens plan",
    "voortijdig": "voortijdig gestopt",
    "overleden": "overleden",
    "verhuisd": "verhuisd",
    "ander_domein": "naar ander domein (zoals Wlz)",
    "overig": "andere of onbekende reden",
}


def title_balans(wie: str, begin: int | None, eind: int | None) -> str:
    """Say what a stock did: "Het aantal ... daalde van ... naar ..."."""
    if begin is None or eind is None:
        return f"In- en uitstroom van {wie}"
    if begin == eind:
        return f"Het aantal {wie} bleef gelijk: {count(eind)}"
    return f"Het aantal {wie} {'steeg' if eind > begin else 'daalde'} van {count(begin)} naar {count(eind)}"


def title_groepen(hoofdproduct: str, standen: Sequence[tuple[int | None, int | None]]) -> str:
    """Say how many productgroepen of a hoofdproduct grew.

    standen: begin and eind of each; None is not shown, and then not counted.
    """
    bekend = [(a, b) for a, b in standen if a is not None and b is not None]
    if not bekend:
        return f"In- en uitstroom per productgroep van {hoofdproduct}"
    groeit = sum(b > a for a, b in bekend)
    alle = f"{len(bekend)} productgroepen van {hoofdproduct}"
    if len(bekend) == 1:
        return f"Eén productgroep van {hoofdproduct} {'groeide' if groeit else 'groeide niet'}"
    if groeit == 0:
        return f"Geen van de {alle} groeide"
    if groeit == len(bekend):
        return f"Alle {alle} groeiden"
    return f"{groeit} van de {alle} {'groeide' if groeit == 1 else 'groeiden'}"


def title_duren(df: pl.DataFrame) -> str:
    """Name the part with the longest care; df: naam and mediaan_km_dagen (None: not known)."""
    bekend = df.filter(pl.col("mediaan_km_dagen").is_not_null())
    if bekend.height == 0:
        return "Hoe lang zorg duurt per productgroep"
    naam, dagen = bekend.sort("mediaan_km_dagen", "naam").select("naam", "mediaan_km_dagen").row(-1)
    return f"{naam} duurt het langst: de helft heeft langer dan {duration(dagen)} zorg"


def title_cellen(df: pl.DataFrame) -> str:
    """Name the part that grew or shrank most, in clients."""
    rijen = df.filter(pl.col("saldo").is_not_null())
    if rijen.height == 0:
        return "Groei en krimp per onderdeel"
    rij = rijen.sort(pl.col("saldo").abs(), "deel").row(-1, named=True)
    if not rij["saldo"]:
        return "Elk onderdeel bleef even groot"
    doet = "groeide" if rij["saldo"] > 0 else "kromp"
    return f"{rij['deel']} {doet} het meest: {signed(count(rij['saldo']))} cliënten"


def title_paren(df: pl.DataFrame) -> str:
    """Name the most frequent transition; df: van, naar and paren of what may be shown, the largest first."""
    if df.height == 0:
        return "Overgangen tussen producten en zwaarten"
    rij = df.row(0, named=True)
    return f"De meeste gingen van {rij['van']} naar {rij['naar']} ({count(rij['paren'])} keer)"


def title_schalen(op: int | None, af: int | None) -> str:
    """Say whether care went up more often than down, by zwaarte."""
    if op is None or af is None:
        return "Op- en afschalen"
    if not op and not af:
        return "Geen overgangen naar zwaardere of lichtere zorg"
    if op == af:
        return f"Even vaak naar zwaardere als naar lichtere zorg: {count(op)} keer"
    meer, vaak, minder = ("zwaardere", op, af) if op > af else ("lichtere", af, op)
    return f"Vaker naar {meer} zorg ({count(vaak)} keer) dan andersom ({count(minder)})"


def title_redenen(redenen: Mapping[str, int | None]) -> str:
    """Name the most frequent reason and its share."""
    bekend = {k: v for k, v in redenen.items() if v is not None}
    totaal = sum(bekend.values())
    if len(bekend) < len(redenen) or not totaal:
        return "Waarom zorg eindigde"
    naam, aantal = max(bekend.items(), key=lambda p: (p[1], p[0]))
    return f"{percent(aantal / totaal, 0)} eindigde {_reason_words(naam)}"


def _reason_words(naam: str) -> str:
    return {
        "volgens_plan": "volgens plan",
        "voortijdig": "voortijdig",
        "overleden": "door overlijden",
        "verhuisd": "door verhuizing",
        "ander_domein": "door overgang naar een ander domein",
        "overig": "om een andere of onbekende reden",
    }[naam]


def title_duur(mediaan: float | None, gevolgd: float | None) -> str:
    """Say how long half of the people have care, or at least."""
    if mediaan is not None:
        return f"De helft heeft langer dan {duration(mediaan)} zorg"
    if gevolgd is not None:
        return f"Meer dan de helft heeft na {duration(gevolgd)} nog zorg"
    return "Hoe lang zorg duurt"


def title_gevoeligheid(df: pl.DataFrame) -> str:
    """Say how far instroom shifts with the shortest and the longest interruption."""
    nu = df.filter(pl.col("is_ingesteld") & pl.col("instroom").is_not_null())
    if nu.height == 0 or not nu["instroom"][0]:
        return "Wat een andere onderbreking zou uitmaken"
    basis = nu["instroom"][0]
    delen = []
    for r in df.filter(~pl.col("is_ingesteld")).sort("dagen").iter_rows(named=True):
        deel = ratio(None if r["instroom"] is None else r["instroom"] - basis, basis)
        if deel is not None:
            delen.append((r["dagen"], deel))
    if not delen:
        return "Wat een andere onderbreking zou uitmaken"
    tekst = [_shift_words(*d) for d in dict.fromkeys((delen[0], delen[-1]))]
    return f"De instroom zou {' en '.join(tekst)} zijn"


def _shift_words(dagen: int, deel: float) -> str:
    if abs(deel) < 0.0005:
        return f"bij {dagen} dagen gelijk"
    return f"bij {dagen} dagen {percent(abs(deel))} {'hoger' if deel > 0 else 'lager'}"


def word_rest(alleen_tabel: int, te_klein: int, grens: str) -> str:
    """What was left out of a figure of transitions: what only the table has, and what is too small."""
    delen = []
    if alleen_tabel > 0:
        delen.append(f"De tabel heeft er nog {count(alleen_tabel)}.")
    if te_klein > 0:
        soorten = plural(te_klein, "soort overgang", "soorten overgangen")
        delen.append(f"{soorten} met elk {grens}: niet getoond.")
    return " ".join(delen)
