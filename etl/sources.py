"""From what was given to load to single files: through zips and gzips, and which tables go first."""

from collections.abc import Callable, Iterator

from etl.containers import Bron, members, unpack
from etl.contract import OPZOEK
from etl.errors import RefusedError
from etl.recognise import is_gzip, is_xml, is_zip
from etl.recognise_table import Extract, recognise_table
from etl.settings import Instellingen
from etl.tabel_xlsx import is_workbook

Melder = Callable[[Bron, RefusedError], None]
Teller = Callable[[Bron], None]
VOORAF = ("postcode_wijk", OPZOEK)
"""Tables that other files of the same load need: addresses the postcodes, PDC's tables its clients."""


def is_named_xml(bron: Bron) -> bool:
    """Whether the name says XML, so that it need not be looked at before it is read."""
    return bron.fout is None and bron.naam.lower().endswith(".xml")


def walk(bron: Bron, refuse: Melder, count_member: Teller) -> Iterator[Bron]:
    """The files in a source, through zips and gzips.

    `refuse` hears of what cannot be opened, `count_member` of each member of a zip that was handed out.
    """
    try:
        if is_named_xml(bron):
            yield bron
            return
        begin = bron.peek()
        if not begin:
            raise RefusedError("leeg")
        if is_gzip(begin):
            yield from walk(unpack(bron), refuse, count_member)
        elif is_zip(begin) and not is_workbook(bron, begin):
            for lid in members(bron):
                yield from walk(lid, refuse, count_member)
                count_member(lid)
        else:
            yield bron
    except RefusedError as fout:
        refuse(bron, fout)
    finally:
        bron.bewaard = None


def find_first(bron: Bron, instellingen: Instellingen) -> Iterator[Bron]:
    """The tables in a source that other files need; what cannot be opened is passed over here."""
    for lid in walk(bron, lambda *_: None, lambda _: None):
        if is_named_xml(lid) or is_xml(lid.peek()):
            continue
        try:
            soort = recognise_table(lid, instellingen)
        except RefusedError:
            continue
        if isinstance(soort, Extract) and soort.contract.tabel in VOORAF:
            yield lid
