"""The flows of METHODEN §4 a second time, by walking through the days: slow, plain, and without SQL.

Days are numbers from the first day of the history. A history is a list of deliveries; everything here is
counted from sets of days on which someone has care.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

VIEWS = ("productgroep", "product", "zwaarte", "aanbieder", "wijk")
RANK = ("overleden", "verhuisd", "ander domein", "volgens plan", "voortijdig", "overig")


@dataclass(frozen=True)
class Levering:
    """A delivery: `last` is its last day, None when it is open."""

    client: str
    wet: str
    product: str
    zwaarte: str
    groep: str
    aanbieder: str
    begin: int
    last: int | None
    bedrag: int
    reden: str


@dataclass(frozen=True)
class Stuk:
    """A part of a delivery in one cell."""

    cell: str
    begin: int
    last: int | None
    bedrag: int


@dataclass
class Eiland:
    """An island of care: from its first to its last day; last is None when it is open."""

    cell: str
    begin: int
    last: int | None
    bedrag: int = 0


def islands(parts: Iterable[Stuk], gap: int, horizon: int) -> list[Eiland]:
    """Merge parts (of one cell of one person) with at most `gap` days between them, day after day."""
    parts = list(parts)
    care: set[int] = set()
    for part in parts:
        care |= set(range(part.begin, horizon if part.last is None else part.last + 1))
    found: list[Eiland] = []
    seen: int | None = None
    for day in range(min(care), horizon):
        if day in care:
            if seen is None or day - seen - 1 > gap:
                found.append(Eiland(parts[0].cell, day, day))
            found[-1].last = seen = day
    for island, following in zip(found, [*found[1:], None], strict=True):
        inside = [
            p for p in parts if island.begin <= p.begin and (following is None or p.begin < following.begin)
        ]
        island.bedrag = sum(part.bedrag for part in inside)
        if any(part.last is None for part in inside):
            island.last = None
    return found


@dataclass(frozen=True)
class Telling:
    """A stay in a cell as it counts: day in, day out (None when open), how, whether new, and why it ended."""

    niveau: str
    cell: str
    dag_in: int
    dag_uit: int | None
    soort_in: str
    soort_uit: str | None
    nieuw: bool
    reden: str


def _reason(deliveries: list[Levering], last: int | None) -> str:
    """Heaviest reason among the deliveries that ended last."""
    reasons = [d.reden for d in deliveries if d.last is not None and d.last == last]
    return min(reasons, key=RANK.index) if reasons else "overig"


def _parts(view: str, deliveries: list[Levering], moves: dict[str, list[int]], horizon: int) -> list[Stuk]:
    """Parts of deliveries by the cell of the view; a move cuts a delivery in two wijken."""
    if view != "wijk":
        name: dict[str, Callable[[Levering], str]] = {
            "productgroep": lambda d: f"{d.wet}|{d.groep}",
            "product": lambda d: f"{d.wet}|{d.product}",
            "zwaarte": lambda d: f"{d.wet}|{d.product}|{d.zwaarte}",
            "aanbieder": lambda d: d.aanbieder,
        }
        return [Stuk(name[view](d), d.begin, d.last, d.bedrag) for d in deliveries]
    found = []
    for d in deliveries:
        days = sorted(moves.get(d.client, []))
        edges = [-(10**6), *days, 10**6]
        for number in range(len(edges) - 1):
            begin, until = max(d.begin, edges[number]), edges[number + 1]
            last = d.last if d.last is None or d.last < until else until - 1
            if d.last is None and until < 10**6:
                last = until - 1
            if begin < until and (last is None or last >= begin):
                found.append(Stuk(f"W{number % 2}", begin, last, d.bedrag))
    return found


def count_stays(
    deliveries: list[Levering],
    moves: dict[str, list[int]],
    gap: int,
    horizon: int,
    is_new: Callable[[int, int], bool],
) -> list[Telling]:
    """Every stay of every person in every view; is_new(end of the former spell, begin) says who is new."""
    found: list[Telling] = []
    by_client: dict[tuple[str, str], list[Levering]] = defaultdict(list)
    for delivery in deliveries:
        by_client["totaal", delivery.client].append(delivery)
        by_client[delivery.wet, delivery.client].append(delivery)
    for (ouder, _), own in by_client.items():
        spells = islands([Stuk(ouder, d.begin, d.last, 0) for d in own], gap, horizon)
        news, reasons = [], []
        for number, spell in enumerate(spells):
            former = spells[number - 1].last if number else None
            news.append(former is None or is_new(former + 1, spell.begin))
            reasons.append(_reason(own, spell.last))
            niveau = "totaal" if ouder == "totaal" else "wet"
            leave = None if spell.last is None else "uitstroom"
            found.append(
                Telling(niveau, ouder, spell.begin, spell.last, "instroom", leave, news[-1], reasons[-1])
            )
        for view in VIEWS:
            if (view in ("aanbieder", "wijk")) == (ouder == "totaal"):
                parts = _parts(view, own, moves, horizon)
                found += _stays_of(view, parts, spells, news, reasons, gap, horizon)
    return found


def _stays_of(
    view: str,
    parts: list[Stuk],
    spells: list[Eiland],
    news: list[bool],
    reasons: list[str],
    gap: int,
    horizon: int,
) -> list[Telling]:
    """Stays of one person in one view: walk through the days, let each start look back for an end."""
    by_cell: dict[str, list[Stuk]] = defaultdict(list)
    for part in parts:
        by_cell[part.cell].append(part)
    stays = [island for own in by_cell.values() for island in islands(own, gap, horizon)]
    inside = [max(n for n, spell in enumerate(spells) if spell.begin <= stay.begin) for stay in stays]
    with_in = [stay.begin == spells[n].begin for stay, n in zip(stays, inside, strict=True)]
    with_out = [
        stay.last is not None and stay.last == spells[n].last for stay, n in zip(stays, inside, strict=True)
    ]
    to: dict[int, int] = {}
    for day in range(horizon):
        starting = [n for n, stay in enumerate(stays) if stay.begin == day and not with_in[n]]
        for start in sorted(starting, key=lambda n: (-stays[n].bedrag, stays[n].cell)):
            waiting = [
                n
                for n, stay in enumerate(stays)
                if stay.last is not None
                and not with_out[n]
                and n not in to
                and stay.cell != stays[start].cell
                and 0 <= day - (stay.last + 1) <= gap
            ]
            if waiting:
                first = min(waiting, key=lambda n: (stays[n].last or 0, -stays[n].bedrag, stays[n].cell))
                to[first] = start
    found = []
    for n, stay in enumerate(stays):
        came = "instroom" if with_in[n] else "doorstroom" if n in to.values() else "bijkomend"
        out, left = stay.last, None if stay.last is None else "uitstroom" if with_out[n] else "afgevallen"
        if n in to:
            out, left = stays[to[n]].begin, "doorstroom"
        found.append(
            Telling(view, stay.cell, stay.begin, out, came, left, news[inside[n]], reasons[inside[n]])
        )
    return found


def month_table(
    stays: list[Telling], months: list[tuple[int, int]]
) -> dict[tuple[int, str, str], Counter[str]]:
    """Per month (its number), niveau and cell: stock at both edges and flows; months are [first, next)."""
    table: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for number, (first, following) in enumerate(months):
        for stay in stays:
            row = table[number, stay.niveau, stay.cell]
            for name, day in (("begin", first), ("eind", following)):
                row[name] += stay.dag_in < day and (stay.dag_uit is None or stay.dag_uit >= day)
            if first <= stay.dag_in < following:
                row[stay.soort_in + ("_in" if stay.soort_in == "doorstroom" else "")] += 1
                row["instroom_nieuw"] += stay.soort_in == "instroom" and stay.nieuw
            if stay.dag_uit is not None and first <= stay.dag_uit < following:
                row[f"{stay.soort_uit}" + ("_uit" if stay.soort_uit == "doorstroom" else "")] += 1
                if stay.soort_uit == "uitstroom":
                    row[f"uitstroom_{stay.reden.replace(' ', '_')}"] += 1
                    row["uitstroom_overig"] += stay.reden == "ander domein"
    return {key: row for key, row in table.items() if any(row.values())}
