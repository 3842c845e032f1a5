"""The dates a snapshot stands on, as one-row tables that models join: no date is ever pasted into SQL."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from warehouse.settings import Settings
from warehouse.tekst import register_text

SATURDAY = 5


def first_of_month(day: date, months: int = 0) -> date:
    """First day of the month of `day`, moved by `months`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def months_back(day: date, months: int) -> date:
    """`day` moved back by whole months, kept within the month (31 March - 1 month = 28 or 29 February)."""
    first = first_of_month(day, -months)
    last = first_of_month(first, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def first_open_day(bekend_op: date) -> date:
    """First day of which something may still be unknown at the end of `bekend_op`.

    When no working day (Monday to Friday) of the month is left, nothing can come in that month any more: a
    Friday before a weekend that ends the month closes that month.
    """
    day = bekend_op + timedelta(days=1)
    while day.month == bekend_op.month and day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day if day.month != bekend_op.month else bekend_op + timedelta(days=1)


@dataclass(frozen=True)
class Peil:
    """The moments of one snapshot, all derived from bekend_op."""

    bekend_op: date
    grens: date
    """First day that is not known any more: bekend_op + 1."""
    toen_grens: date
    laatste_levermaand: date
    voorlopig_vanaf: date
    geleverd_tot: date
    """Day after the last full levermaand: how long nothing was delivered is known up to here."""
    stroom_voorlopig_vanaf: date
    """First month whose instroom and uitstroom may still change (METHODEN §4.7)."""
    stilte_voorlopig_vanaf: date
    """The same for cells where start and stop are missing."""
    laatste_maand: date
    """Last month that has fully passed at bekend_op (stocks and flows)."""

    @property
    def toen_op(self) -> date:
        """The date of 'as known then'."""
        return self.toen_grens - timedelta(days=1)


def derive_peil(bekend_op: date, settings: Settings) -> Peil:
    """Derive all moments from bekend_op.

    A levermaand is full when its regular month of declaration (the one after it) has passed.
    """
    grens = bekend_op + timedelta(days=1)
    first_open = first_open_day(bekend_op)
    last_full = first_of_month(first_open, -2)
    delivered = first_of_month(last_full, 1)
    return Peil(
        bekend_op=bekend_op,
        grens=grens,
        toen_grens=_limit_then(bekend_op, settings.vergelijk_maanden),
        laatste_levermaand=last_full,
        voorlopig_vanaf=first_of_month(last_full, -settings.voorlopig_maanden),
        geleverd_tot=delivered,
        stroom_voorlopig_vanaf=_first_unsure_flows(
            first_of_month(delivered, -settings.stroom_rijp_maanden), settings.onderbreking_dagen
        ),
        stilte_voorlopig_vanaf=_first_unsure_flows(
            first_of_month(delivered, -settings.stilte_rijp_maanden), settings.onderbreking_dagen
        ),
        laatste_maand=first_of_month(first_open, -1),
    )


def _first_unsure_flows(sure: date, gap_days: int) -> date:
    """First month of which the last day lies no full interruption before `sure`, the first of a month."""
    month = sure
    while (sure - month).days <= gap_days:
        month = first_of_month(month, -1)
    return month


def _limit_then(bekend_op: date, months: int) -> date:
    """First day that was unknown `months` before; the end of a month stays the end of a month."""
    grens = bekend_op + timedelta(days=1)
    if grens.day == 1:
        return first_of_month(grens, -months)
    return months_back(bekend_op, months) + timedelta(days=1)


def register_peil(con: duckdb.DuckDBPyConnection, peil: Peil, settings: Settings) -> None:
    """Create catalog ``peil``: bekend (one row), peil (nu, toen), instelling (one row), two calendars, texts.

    maand ends in the month of bekend_op, kalender in December of its year (what is still to be delivered).
    """
    con.execute("ATTACH ':memory:' AS peil")
    register_text(con)
    con.execute(
        "CREATE TABLE peil.bekend AS SELECT CAST(? AS DATE) AS bekend_op, CAST(? AS DATE) AS grens,"
        " CAST(? AS DATE) AS toen_op, CAST(? AS DATE) AS toen_grens, CAST(? AS DATE) AS laatste_levermaand,"
        " CAST(? AS DATE) AS voorlopig_vanaf, CAST(? AS DATE) AS geleverd_tot,"
        " CAST(? AS DATE) AS stroom_voorlopig_vanaf, CAST(? AS DATE) AS stilte_voorlopig_vanaf,"
        " CAST(? AS DATE) AS laatste_maand,"
        " CAST(? AS DATE) AS toen_eerste_maand, CAST(? AS DATE) AS toen_laatste_maand",
        [
            peil.bekend_op,
            peil.grens,
            peil.toen_op,
            peil.toen_grens,
            peil.laatste_levermaand,
            peil.voorlopig_vanaf,
            peil.geleverd_tot,
            peil.stroom_voorlopig_vanaf,
            peil.stilte_voorlopig_vanaf,
            peil.laatste_maand,
            first_of_month(peil.laatste_levermaand, -2 * settings.vergelijk_maanden),
            first_of_month(peil.toen_op),
        ],
    )
    con.execute(
        "CREATE TABLE peil.peil AS SELECT 'nu' AS peil, CAST(? AS TIMESTAMP) AS grens"
        " UNION ALL SELECT 'toen', CAST(? AS TIMESTAMP)",
        [peil.grens, peil.toen_grens],
    )
    names = [naam for naam, _, _ in settings.as_rows()]
    con.execute(
        f"CREATE TABLE peil.instelling ({', '.join(f'{naam} BIGINT' for naam in names)})",
    )
    con.execute(
        f"INSERT INTO peil.instelling VALUES ({', '.join('?' for _ in names)})",  # noqa: S608
        [waarde for _, waarde, _ in settings.as_rows()],
    )
    for naam, last in (
        ("maand", first_of_month(peil.bekend_op)),
        ("kalender", date(peil.bekend_op.year, 12, 1)),
    ):
        con.execute(
            f"CREATE TABLE peil.{naam} AS"  # noqa: S608
            " SELECT CAST(m AS DATE) AS maand, CAST(m + INTERVAL 1 MONTH AS DATE) AS volgende,"
            " CAST(date_diff('day', m, m + INTERVAL 1 MONTH) AS BIGINT) AS dagen,"
            " CAST(year(m) AS BIGINT) AS jaar, CAST(date_diff('day', date_trunc('year', m),"
            " date_trunc('year', m) + INTERVAL 1 YEAR) AS BIGINT) AS jaardagen"
            " FROM generate_series(TIMESTAMP '2010-01-01', CAST(? AS TIMESTAMP), INTERVAL 1 MONTH) t(m)",
            [last],
        )
