"""One column of names in a list of computers and telephones: host names of the ones, device names of the others."""

from collections.abc import Sequence

from models.exchange.judging.cells import ColumnParser
from models.exchange.meaning.fields import KIND
from models.exchange.meaning.mapping import Kinds
from models.schema.catalogue import Catalogue

_HOST, _DEVICE, _MOBILE = "hostname", "device_name", "mobile"


def device_names(catalogue: Catalogue, kinds: Kinds, parsers: Sequence[ColumnParser]) -> list[ColumnParser]:
    """A column for the telephones' names, taken out of the one of host names, where the list has no other for them."""
    columns = {parser.field.key: parser for parser in parsers}
    if kinds.word != "asset" or _HOST not in columns or _DEVICE in columns:
        return []
    host, said = columns[_HOST], columns.get(KIND)
    names = ColumnParser(catalogue.field(_MOBILE, _DEVICE), host.heading)
    names.values = [None] * len(host.values)
    for row, value in enumerate(host.values):
        kind = (said.values[row] if said else None) or kinds.usual
        if kind == _MOBILE and value is not None:
            names.values[row], host.values[row] = value, None
            host.problems.pop(row, None)  # what is odd for a network name is none for a telephone
    return [names] if any(names.values) else []
