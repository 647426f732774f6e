"""Columns that name devices of which none is known: a carrier's list that comes before the telephones themselves."""

from collections.abc import Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection

from models.exchange.judging.cells import ColumnParser
from models.exchange.meaning.mapping import Meaning
from models.exchange.plan import LeftOut, Sure
from models.fields.kinds import Ref
from models.query.names import Names

_ASSET = "asset"
#: So many different names are looked up before a column counts as one of devices that nobody knows.
_TRIED = 200


def unknown_devices(
    connection: Connection, parsers: Sequence[ColumnParser], meanings: Mapping[str, Meaning]
) -> list[LeftOut]:
    """The columns of a list of lines to leave out so that its rows come in, since an unknown device refuses its row.

    A line is one without its device, too. Only where the heading is not the field's own and nobody said what it means.
    """
    names = Names(connection)
    found = []
    for parser in parsers:
        kind, meaning = parser.field.kind, meanings.get(parser.heading)
        if not isinstance(kind, Ref) or kind.table != _ASSET or meaning is None or meaning.sure is not Sure.KNOWN:
            continue
        said = dict.fromkeys(value for value in parser.values if value)
        if said and not any(names.meant(_ASSET, name) for name in islice(said, _TRIED)):
            found.append(LeftOut(parser.heading, parser.field.key, "reference.no-devices", next(iter(said))))
    return found
