"""Dutch text of amounts, volumes and dates, for the few columns of a mart that are read as sentences.

Figures stay figures in every other column: they get their Dutch form at the screen. Models call these as
``peil.euro_tekst(x)``; on another engine the same names are functions of that engine.
"""

import duckdb

MACROS = {
    # thousands get their points from the right: the text is turned round for it
    "getal_heel": (
        "(x) AS reverse(rtrim(regexp_replace(reverse(CAST(x AS VARCHAR)), '([0-9]{3})', '\\1.', 'g'), '.'))"
    ),
    "euro_tekst": (
        "(cent) AS '€ ' || CASE WHEN cent < 0 THEN '-' ELSE '' END"
        " || peil.getal_heel(CAST(abs(cent) AS BIGINT) // 100)"
        " || ',' || lpad(CAST(CAST(abs(cent) AS BIGINT) % 100 AS VARCHAR), 2, '0')"
    ),
    "volume_tekst": (
        "(volume) AS CASE WHEN volume < 0 THEN '-' ELSE '' END"
        " || peil.getal_heel(CAST(round(abs(volume) * 100) AS BIGINT) // 100)"
        " || CASE WHEN CAST(round(abs(volume) * 100) AS BIGINT) % 100 = 0 THEN '' ELSE ','"
        " || rtrim(lpad(CAST(CAST(round(abs(volume) * 100) AS BIGINT) % 100 AS VARCHAR), 2, '0'), '0') END"
    ),
    "omvang_tekst": (
        # units of euro (83) and budgets are counted in cents
        "(omvang, in_euro) AS CASE WHEN in_euro THEN peil.euro_tekst(CAST(round(omvang) AS BIGINT))"
        " ELSE peil.volume_tekst(omvang) END"
    ),
    "datum_tekst": "(dag) AS strftime(CAST(dag AS DATE), '%d-%m-%Y')",
}
"""Name and definition of each; whole cents, volumes to two decimals: € 1.234,50, 12,5 and 31-12-2025."""


def register_text(con: duckdb.DuckDBPyConnection) -> None:
    """Create the macros in the catalog ``peil``, which must be attached."""
    for naam, definitie in MACROS.items():
        con.execute(f"CREATE MACRO peil.{naam}{definitie}")
