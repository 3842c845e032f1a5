"""Sets a report in type: `python -m dashboard.rapport.zetter`, content as JSON on stdin, PDF on stdout.

A process of its own: the typesetter keeps what it made for the next time, and text it cannot handle can make
it fall over; neither should cost the server anything. It reads one folder, with the template alone, and
the letters that come with it.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

SJABLOON = Path(__file__).resolve().parent / "sjabloon"
NERGENS = {"https_proxy": "127.0.0.1:9", "HTTPS_PROXY": "127.0.0.1:9", "no_proxy": "", "NO_PROXY": ""}


def set_type(inhoud: str, moment: datetime, map_: Path = SJABLOON) -> bytes:
    """The PDF of `inhoud` (JSON) by the template in `map_`, made at `moment`; raises typst.TypstError."""
    return typst.compile(
        map_ / "rapport.typ",
        root=map_,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        package_path=map_,
        package_cache_path=map_,
        sys_inputs={"inhoud": inhoud},
        pdf_standards=["ua-1"],
        timestamp=moment,
    )


def main(map_: Path = SJABLOON) -> int:
    """Read, set, write; 1 with a line on stderr when it could not be set."""
    # The template asks for no package; should one ever do so, nothing is fetched from elsewhere.
    os.environ.update(NERGENS)
    gevraagd = json.load(sys.stdin.buffer)
    try:
        pdf = set_type(json.dumps(gevraagd["inhoud"]), datetime.fromtimestamp(gevraagd["moment"], UTC), map_)
    except typst.TypstError as fout:
        print(f"{fout.message}\n{fout.diagnostic}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
