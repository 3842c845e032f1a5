"""Reads the Dutch header comment of a model: what a row is, what each column means, in which unit.

Form of a header, the comment block at the top of the file::

    -- Een rij is ...                       the row, any number of lines
    -- Volgorde: levermaand, wet            optional: the order in which the rows are stored
    -- Vorm: zicht                          optional: not stored, worked out where it is read
    -- Kolommen:
    --   levermaand: eerste dag van de maand waarin de zorg is geleverd
    --   volume: geleverd volume            continued on deeper lines
"""

import re
from dataclasses import dataclass

from warehouse.errors import ModelError

_COLUMN = re.compile(r"^  (?P<naam>[a-z_0-9]+): (?P<tekst>.+)$")


@dataclass(frozen=True)
class Header:
    """A model's own words: description of the row, text per column, columns to order by, a view or not."""

    omschrijving: str
    kolommen: dict[str, str]
    volgorde: list[str]
    zicht: bool = False


def parse_header(sql: str, name: str) -> Header:
    """Parse the leading comment block of `sql`.

    Raises ModelError when it has no description or no columns.
    """
    lines: list[str] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line[2:].removeprefix(" ").rstrip())
    description: list[str] = []
    columns: dict[str, str] = {}
    order: list[str] = []
    view = False
    in_columns = False
    current = ""
    for line in lines:
        if line.strip() == "Kolommen:":
            in_columns = True
        elif in_columns:
            found = _COLUMN.match(line)
            if found:
                current = found["naam"]
                columns[current] = found["tekst"].strip()
            elif current and line.startswith("    "):
                columns[current] += " " + line.strip()
            elif line.strip():
                raise ModelError(f"{name}: onleesbare kopregel '{line.strip()}'")
        elif line.startswith("Volgorde:"):
            order = [part.strip() for part in line.removeprefix("Volgorde:").split(",")]
        elif line.strip() == "Vorm: zicht":
            view = True
        elif line.strip():
            description.append(line.strip())
    if not description or not columns:
        raise ModelError(f"{name}: de kop moet zeggen wat een rij is en wat elke kolom betekent")
    return Header(" ".join(description), columns, order, view)
