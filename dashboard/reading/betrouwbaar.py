"""How far the figures can be relied on: what is still to come, and whether the books agree."""

from dashboard.access.reader import Lezer
from dashboard.access.suppress import Clienten
from dashboard.reading.laden import LADEN

# An estimate of the whole city, or of a whole wet, over the months of a year.
KOMT_NOG = """
WITH geld AS (
    SELECT sum(nagekomen_cent)::BIGINT AS nagekomen_cent, sum(ultimate_cent)::BIGINT AS ultimate_cent
    FROM stad.nagekomen WHERE @jaar AND @wet),
mensen AS (
    SELECT count(DISTINCT client_id) AS clienten FROM stad.client_maand
    WHERE @jaar AND @wet)
SELECT nagekomen_cent, ultimate_cent, clienten FROM geld, mensen WHERE nagekomen_cent IS NOT NULL
"""
# A difference that is explained is no difference; of the newest book year.
GROOTBOEK = """
SELECT jaar, sum(abs(verschil - coalesce(verklaard, 0)))::BIGINT AS open_cent,
       sum(abs(links))::BIGINT AS links
FROM vrij.aansluiting WHERE stap = 'mart naar grootboek' AND grootheid = 'cent'
GROUP BY jaar ORDER BY jaar DESC LIMIT 1
"""


def read_komt_nog(lezer: Lezer, jaar: int, wet: str | None = None) -> tuple[int, int] | None:
    """Cents still to be declared over the months of a year, and the estimated whole; None if unknown."""
    regel = Clienten("clienten", ("nagekomen_cent", "ultimate_cent"))
    df = lezer.read(KOMT_NOG, regel, {"jaar": jaar, "wet": wet})
    if df.height == 0 or not df["ultimate_cent"][0]:
        return None
    return int(df["nagekomen_cent"][0]), int(df["ultimate_cent"][0])


def read_grootboek(lezer: Lezer) -> tuple[int, float] | None:
    """The newest book year and the share of its euros on which the ledger agrees, or that is explained."""
    df = lezer.read(GROOTBOEK, LADEN)
    if df.height == 0 or not df["links"][0]:
        return None
    return int(df["jaar"][0]), max(0.0, 1 - df["open_cent"][0] / df["links"][0])
