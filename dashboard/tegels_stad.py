"""Tiles of the city as a whole: the flow with its control chart, and the share of the top."""

from dataclasses import replace

from dashboard import words_strategisch as words
from dashboard.access.reader import Lezer
from dashboard.filters import Filters
from dashboard.numbers import GEEN, count, percent, plural, signed
from dashboard.reading import stroom, sturing
from dashboard.tegels import Regel, Tegel, make_stroom


def make_stroom_met_oordeel(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of the net flow, and whether its newest mature month is more than ordinary fluctuation."""
    tegel = make_stroom(lezer, f)
    if stroom.find_cel(f) != ("totaal", "totaal"):
        return tegel
    rijen = sturing.read_regelkaart(lezer).select("maand", "signaal", "richting").rows()
    oordeel = tuple(Regel(a, "", b) for a, b in words.describe_signaal(rijen))
    return replace(tegel, regels=(*tegel.regels, *oordeel))


def make_concentratie(lezer: Lezer, f: Filters) -> Tegel:
    """Tile of the share that the most expensive tenth takes, over the newest complete year."""
    df = sturing.read_concentratie(lezer, f)
    waar = f.wet or "hele stad"
    leeg = Tegel("top10", "Duurste 10 % van de cliënten", "gini", GEEN, zekerheid=f"{waar}; geen vol jaar")
    if df.height == 0:
        return leeg
    jaar, n, deel = df.select("jaar", "n", "aandeel_top10").row(-1)
    if deel is None:
        return replace(leeg, waarde=lezer.niet_getoond, zekerheid=f"{waar}, {jaar}")
    regels: list[Regel] = []
    if df.height > 1 and df["aandeel_top10"][-2] is not None:
        oud = df["aandeel_top10"][-2]
        punten = signed(percent(deel - oud)).replace(" %", " procentpunt")
        regels.append(Regel(str(df["jaar"][-2]), percent(oud), punten))
    blijft = df.filter(df["persistentie_top10"].is_not_null())
    if blijft.height:
        regels.append(Regel(f"ook in {blijft['jaar'][-1] + 1} bij de duurste", percent(blijft[-1, 3], 0)))
    return Tegel(
        sleutel="top10",
        titel="Duurste 10 % van de cliënten",
        begrip="gini",
        waarde=f"{percent(deel)} van de kosten",
        zekerheid=f"{waar}, heel {jaar}, via berichten",
        delen=((f"dat zijn {plural(n // 10, 'cliënt', 'cliënten')} van {count(n)}", ""),),
        regels=tuple(regels),
    )
