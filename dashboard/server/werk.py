"""Commands of the house that a page starts: a child process with what goes in, how far it is, what came out.

`dashboard` and `etl` do not import each other; what a page wants done it starts as the command that an
administrator would type.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

WORTEL = Path(__file__).resolve().parents[2]
_GEDULD_SECONDEN = 30.0
"""How long a process gets to take itself back before it is ended the hard way."""
Bestanden = Sequence[tuple[str, bytes]]


class BezigError(Exception):
    """Something is running already; there is one lake, and one thing at a time is done with it."""


class Werk:
    """One command: started, running, and then done with an exit code."""

    def __init__(
        self,
        soort: str,
        woorden: Sequence[str],
        bestanden: Bestanden = (),
        wat: Mapping[str, str] | None = None,
    ) -> None:
        self.soort, self.wat = soort, dict(wat or {})
        self.begonnen = datetime.now()
        self.klaar = self.totaal = 0
        self.naam = ""
        self.regels: list[str] = []
        """What the command said on the error channel, progress aside."""
        self.uit = ""
        self.gestopt = False
        self._proces = subprocess.Popen(
            [sys.executable, "-m", *woorden],
            cwd=WORTEL,
            stdin=subprocess.PIPE if bestanden else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Apart from the server's own group: Ctrl+C there is passed on by `stop`, once.
            start_new_session=True,
        )
        self._draden = [
            threading.Thread(target=self._listen, daemon=True),
            threading.Thread(target=self._collect, daemon=True),
        ]
        if bestanden:
            self._draden.append(threading.Thread(target=self._feed, args=(bestanden,), daemon=True))
        for draad in self._draden:
            draad.start()
        del bestanden

    @property
    def loopt(self) -> bool:
        """Whether the command is still running, or its last words are still coming in."""
        return self._proces.poll() is None or any(d.is_alive() for d in self._draden)

    @property
    def uitgang(self) -> int | None:
        """Exit code; None while it runs."""
        return None if self.loopt else self._proces.returncode

    def wait(self, seconden: float) -> bool:
        """Wait until it is done; whether it was in time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._proces.wait(seconden)
        for draad in self._draden:
            draad.join(seconden)
        return not self.loopt

    def stop(self) -> None:
        """Ask the command to stop; it takes itself back. Ended the hard way when it does not."""
        self.gestopt = True
        if self._proces.poll() is None:
            self._proces.terminate()
            wekker = threading.Timer(_GEDULD_SECONDEN, self._end)
            wekker.daemon = True
            wekker.start()

    def _end(self) -> None:
        if self._proces.poll() is None:
            with contextlib.suppress(OSError):
                if os.name == "nt":
                    self._proces.kill()
                else:
                    os.killpg(self._proces.pid, signal.SIGKILL)

    def _feed(self, bestanden: Bestanden) -> None:
        """One zip as it is, else a zip of all files; made while it is being read, so never held whole."""
        assert self._proces.stdin is not None
        # A command that stopped reading has said why on the error channel.
        with contextlib.suppress(OSError, ValueError), self._proces.stdin as naar:
            if len(bestanden) == 1 and is_zip(*bestanden[0]):
                naar.write(bestanden[0][1])
            else:
                _write_zip(bestanden, naar)

    def _listen(self) -> None:
        assert self._proces.stderr is not None
        for regel in self._proces.stderr:
            tekst = regel.decode(errors="replace").strip()
            try:
                stand = json.loads(tekst)
                self.klaar, self.totaal, self.naam = stand["klaar"], stand["totaal"], stand["naam"]
            except (ValueError, KeyError, TypeError):
                if tekst:
                    self.regels = [*self.regels[-199:], tekst]

    def _collect(self) -> None:
        assert self._proces.stdout is not None
        self.uit = self._proces.stdout.read().decode(errors="replace")


def is_zip(naam: str, inhoud: bytes) -> bool:
    """Whether a file is a zip by name and by content; an XLSX is one by content alone."""
    return naam.lower().endswith(".zip") and inhoud.startswith(b"PK")


def _write_zip(bestanden: Bestanden, naar: IO[bytes]) -> None:
    with zipfile.ZipFile(naar, "w", zipfile.ZIP_STORED) as archief:
        for n, (naam, inhoud) in enumerate(bestanden):
            # A folder a file: two files may have the same name.
            archief.writestr(f"{n}/{naam}", inhoud)


class Werkplaats:
    """Where commands are started: one at a time for the whole server, and the last one kept to be read."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self.werk: Werk | None = None

    def start(
        self,
        soort: str,
        woorden: Sequence[str],
        bestanden: Bestanden = (),
        wat: Mapping[str, str] | None = None,
    ) -> Werk:
        """Start a command; raises BezigError when another one is running."""
        with self._slot:
            if self.werk is not None and self.werk.loopt:
                raise BezigError
            self.werk = Werk(soort, woorden, bestanden, wat)
            return self.werk

    def clear(self) -> None:
        """Forget the last command, when it is done."""
        with self._slot:
            if self.werk is not None and not self.werk.loopt:
                self.werk = None

    def stop_all(self) -> None:
        """Stop what is running: the server ends."""
        if self.werk is not None and self.werk.loopt:
            self.werk.stop()
            self.werk.wait(_GEDULD_SECONDEN)


WERKPLAATS = Werkplaats()


def ask(*woorden: str, seconden: float = 60.0) -> bytes | None:
    """What a command prints that only reads; None when it fails or takes too long."""
    try:
        klaar = subprocess.run(
            [sys.executable, "-m", *woorden],
            cwd=WORTEL,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconden,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return klaar.stdout if klaar.returncode == 0 else None
