"""Checks: each ``checks/*.sql`` is a SELECT that must return no row; its first comment says what holds."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import ModelError

CHECKS = Path(__file__).parent / "checks"


@dataclass(frozen=True)
class Check:
    """One check: its name (the file's), what must hold (Dutch) and the SELECT that finds offenders."""

    name: str
    omschrijving: str
    sql: str


@dataclass(frozen=True)
class Finding:
    """Outcome of one check: number of offending rows, the first few of them and their column names."""

    check: Check
    count: int
    columns: list[str]
    rows: list[tuple[object, ...]]

    @property
    def ok(self) -> bool:
        """Whether what must hold holds."""
        return self.count == 0


def read_checks(folder: Path = CHECKS) -> list[Check]:
    """Read all checks in `folder`, by name; raises ModelError where the description is missing."""
    checks = []
    for file in sorted(folder.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        words = [line.removeprefix("--").strip() for line in sql.splitlines() if line.startswith("--")]
        if not words:
            raise ModelError(f"controle {file.stem} zegt niet wat moet gelden")
        checks.append(Check(file.stem, " ".join(words), sql))
    return checks


def run_check(con: duckdb.DuckDBPyConnection, check: Check, show: int = 5) -> Finding:
    """Run one check and count what it finds; at most `show` rows are kept for the message."""
    found = con.execute(check.sql)
    columns = [column[0] for column in found.description or []]
    rows = found.fetchall()
    return Finding(check, len(rows), columns, [tuple(row) for row in rows[:show]])


def describe_failures(findings: list[Finding]) -> str:
    """Message for the person who started the build: which checks failed, how often, and the first rows."""
    lines: list[str] = []
    for finding in findings:
        if not finding.ok:
            lines.append(f"Controle '{finding.check.name}' klopt niet: {finding.check.omschrijving}")
            lines.append(f"  {finding.count} {'rij' if finding.count == 1 else 'rijen'} gevonden, de eerste:")
            for row in finding.rows:
                cells = zip(finding.columns, row, strict=True)
                lines.append("  " + ", ".join(f"{naam}={waarde}" for naam, waarde in cells))
    return "\n".join(lines)
