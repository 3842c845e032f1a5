"""A visitor without a browser: speaks the websocket of Streamlit, so that many can come at once.

It opens a page as the browser does, collects the lists that stand on it, and chooses from them.
"""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

KLAAR = ForwardMsg.ScriptFinishedStatus.Value("FINISHED_SUCCESSFULLY")
MAX_BYTES = 64_000_000
ROL = {
    "strategisch": "directie",
    "tactisch": "budgethouder",
    "operationeel": "contractmanager",
    "beheer": "beheer",
    "algemeen": "directie",
}
"""Who opens the pages of a level here."""


class PaginaFoutError(Exception):
    """The page showed an error or did not get ready."""


@dataclass(frozen=True)
class Antwoord:
    """What one question cost: seconds until the page was ready, and the bytes that came."""

    seconden: float
    bytes: int


@dataclass
class Bezoeker:
    """One session; use as an async context manager."""

    adres: str
    rol: str
    lijsten: dict[str, Any] = field(default_factory=dict)
    _pad: str = ""
    _vraag: str = ""
    _stand: dict[str, str] = field(default_factory=dict)
    _ws: ClientConnection | None = None

    async def __aenter__(self) -> "Bezoeker":
        """Connect."""
        self._ws = await connect(
            f"{self.adres.replace('http', 'ws', 1)}/_stcore/stream",
            origin=self.adres,  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=MAX_BYTES,
            open_timeout=30,
        )
        return self

    async def __aexit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        """Leave."""
        if self._ws is not None:
            await self._ws.close()

    async def open(self, pad: str, **vraag: str) -> Antwoord:
        """Open a page by its address, as a link does; what was chosen before stays."""
        self._pad, self._vraag = pad, urlencode({"rol": self.rol, **vraag})
        self.lijsten.clear()
        return await self._ask()

    async def choose(self, lijst: str, optie: str) -> Antwoord:
        """Choose from a list on the page by its label."""
        self._stand[self.lijsten[lijst].id] = optie
        return await self._ask()

    async def _ask(self) -> Antwoord:
        bericht = BackMsg()
        toestand = bericht.rerun_script
        toestand.query_string, toestand.page_name = self._vraag, self._pad
        toestand.context_info.url = f"{self.adres}/{self._pad}"
        toestand.context_info.timezone, toestand.context_info.locale = "Europe/Amsterdam", "nl-NL"
        for kenmerk, waarde in self._stand.items():
            toestand.widget_states.widgets.add(id=kenmerk, string_value=waarde)
        assert self._ws is not None
        begin = time.perf_counter()
        await self._ws.send(bericht.SerializeToString())
        totaal = 0
        async for ruw in self._ws:
            assert isinstance(ruw, bytes)
            totaal += len(ruw)
            terug = ForwardMsg.FromString(ruw)
            self._look(terug)
            if terug.WhichOneof("type") == "script_finished" and terug.script_finished == KLAAR:
                return Antwoord(time.perf_counter() - begin, totaal)
        raise PaginaFoutError(f"{self._pad}: de verbinding viel weg")

    def _look(self, terug: ForwardMsg) -> None:
        if terug.WhichOneof("type") == "page_not_found":
            raise PaginaFoutError(f"{self._pad} bestaat niet")
        if terug.WhichOneof("type") != "delta" or terug.delta.WhichOneof("type") != "new_element":
            return
        element = terug.delta.new_element
        soort = element.WhichOneof("type")
        if soort == "exception":
            raise PaginaFoutError(f"{self._pad}: {element.exception.message}")
        if soort == "alert" and "foutnummer" in element.alert.body:
            raise PaginaFoutError(f"{self._pad}: {element.alert.body}")
        if soort == "selectbox":
            self.lijsten[element.selectbox.label] = element.selectbox
