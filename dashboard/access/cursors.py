"""Cursors that are used again, and a watch on how long each query takes.

A new cursor with its variables and a timer of its own costs a small query more than the query itself.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

Aanbieders = tuple[str, ...] | None
"""Whose rows a cursor sees in the schema `eigen`: None is everyone's, an empty tuple nobody's."""


class Wekker:
    """Interrupts what runs too long: one thread looks now and then at everything that runs."""

    def __init__(self, tel: float = 0.25) -> None:
        self.tel = tel
        self._slot = threading.Lock()
        self._lopend: dict[int, tuple[float, duckdb.DuckDBPyConnection]] = {}
        self._nummer = 0
        self._wakker = False

    def start(self, cursor: duckdb.DuckDBPyConnection, seconden: float) -> int:
        """Watch a cursor; returns the number to `stop` by."""
        with self._slot:
            self._nummer += 1
            self._lopend[self._nummer] = (time.monotonic() + seconden, cursor)
            if not self._wakker:
                self._wakker = True
                threading.Thread(target=self._look, name="wekker", daemon=True).start()
            return self._nummer

    def stop(self, nummer: int) -> bool:
        """Watch it no longer; returns False when it was interrupted."""
        with self._slot:
            return self._lopend.pop(nummer, None) is not None

    def _look(self) -> None:
        while True:
            time.sleep(self.tel)
            with self._slot:
                nu = time.monotonic()
                for nummer in [n for n, (tot, _) in self._lopend.items() if tot < nu]:
                    # within the lock: what has been stopped, and serves another query by now, is never hit
                    self._lopend.pop(nummer)[1].interrupt()


WEKKER = Wekker()


class Cursors:
    """Idle cursors of one database by whose rows they see; one never serves another reach than its own."""

    def __init__(self, basis: duckdb.DuckDBPyConnection, hoogstens: int = 32, seconden: float = 20.0) -> None:
        self._basis, self.hoogstens, self.seconden = basis, hoogstens, seconden
        self._slot = threading.Lock()
        self._vrij: list[tuple[Aanbieders, duckdb.DuckDBPyConnection]] = []

    @contextmanager
    def lend(self, aanbieders: Aanbieders) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor that sees these aanbieders as its own, for one query of at most `seconden`.

        After any error it is thrown away. The query raises duckdb.InterruptException when it takes too long.
        """
        cursor = self._take(aanbieders) or self._make(aanbieders)
        nummer, heel = WEKKER.start(cursor, self.seconden), False
        try:
            yield cursor
            heel = True
        finally:
            if WEKKER.stop(nummer) and heel:
                self._keep(aanbieders, cursor)
            else:
                cursor.close()

    def _make(self, aanbieders: Aanbieders) -> duckdb.DuckDBPyConnection:
        cursor = self._basis.cursor()
        cursor.execute("SET VARIABLE alle = $alle", {"alle": aanbieders is None})
        cursor.execute("SET VARIABLE bereik = $b::varchar[]", {"b": list(aanbieders or ())})
        return cursor

    def _take(self, aanbieders: Aanbieders) -> duckdb.DuckDBPyConnection | None:
        with self._slot:
            for plek in range(len(self._vrij) - 1, -1, -1):
                if self._vrij[plek][0] == aanbieders:
                    return self._vrij.pop(plek)[1]
        return None

    def _keep(self, aanbieders: Aanbieders, cursor: duckdb.DuckDBPyConnection) -> None:
        with self._slot:
            self._vrij.append((aanbieders, cursor))
            weg = self._vrij.pop(0)[1] if len(self._vrij) > self.hoogstens else None
        if weg is not None:
            weg.close()
