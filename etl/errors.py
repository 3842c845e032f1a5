"""The two ways in which loading goes wrong: nothing can be done at all, or one file cannot be read."""


class UsageError(Exception):
    """Nothing was changed; the command stops with exit 2. The text is Dutch and fit for the screen."""


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
