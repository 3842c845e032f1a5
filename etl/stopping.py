"""Being told to stop, with Ctrl+C or SIGTERM: an exception that nothing swallows on its way to the lake."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_SIGNALEN = (signal.SIGINT, signal.SIGTERM)


class Afgebroken(BaseException):
    """Someone asked to stop. No Exception, so that no reader takes it for a fault of the file it reads."""

    def __init__(self, signaal: int) -> None:
        super().__init__(signaal)
        self.exit_code = 128 + signaal


def _stop(signaal: int, _: FrameType | None) -> None:
    raise Afgebroken(signaal)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turns Ctrl+C and SIGTERM into Afgebroken as long as this lasts; elsewhere than in the main thread it
    changes nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    eerder = {s: signal.signal(s, _stop) for s in _SIGNALEN}
    try:
        yield
    finally:
        for s, wat in eerder.items():
            signal.signal(s, wat)


def ignore_further() -> None:
    """From here on the work is done, or being taken back: a second Ctrl+C must not break that off."""
    if threading.current_thread() is threading.main_thread():
        for s in _SIGNALEN:
            signal.signal(s, signal.SIG_IGN)
