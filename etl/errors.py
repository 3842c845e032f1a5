"""The two ways in which loading goes wrong: nothing can be done at all, or one file cannot be read."""

import polars as pl

PROGRAMMAFOUTEN: tuple[type[Exception], ...] = (
    pl.exceptions.PolarsError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a fault in this program itself looks like. It may cost the file it is about, never the batch; a fault
of disk or lake is no such thing.
"""


class UsageError(Exception):
    """Nothing was changed; the command stops with exit 2. The text is Dutch and fit for the screen."""


class WriteError(Exception):
    """The lake could not be written; its cause says why. A type of its own, so that it is not taken for a
    fault of the file that was being read.
    """


class RefusedError(Exception):
    """One file cannot be read as what it says it is. Carries a code of `reasons`, never content.

    Parsers quote values in their messages (xml2arrow does), so their texts are never passed on.
    """

    def __init__(self, code: str, veld: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.veld = veld

    @property
    def reden(self) -> str:
        """Code and field as they are counted in the report."""
        return f"{self.code}:{self.veld}" if self.veld else self.code
