"""What a scanned or fully typed text names: records that have it whole as a tag, serial, number, alias or name."""

from sqlalchemy import Connection, select

from models.fields.kinds import Choice, Ref
from models.fields.problem import BadValue
from models.query.sql import Translator
from models.schema.catalogue import Catalogue

#: Nobody chooses among more.
_MOST = 20


def identified(connection: Connection, catalogue: Catalogue, word: str, text: str) -> list[int]:
    """The local numbers of a kind's live records that the text names whole, by any column that is indexed for it.

    Letters may be in either case, as scanners and people give them. Raises UsageError("kind.unknown").
    """
    translator = Translator(catalogue, word)
    table = translator.table
    indexed = {column.name for index in table.indexes for column in index.columns}
    found: list[int] = []
    for field in translator.catalogue.fields(word):
        telling = field.identity or field.key == translator.kind.naming or field.key in indexed
        if field.custom or field.kept or not telling or isinstance(field.kind, (Ref, Choice)):
            continue
        try:
            value = field.kind.parse(text, [])
        except BadValue:
            continue
        if value is not None:
            forms = [int(value)] if field.kind.whole else list({value, value.upper(), value.lower(), text.strip()})
            statement = select(table.c.nr).where(translator.scope(), table.c[field.key].in_(forms)).limit(_MOST)
            found.extend(number for number in connection.execute(statement).scalars() if number not in found)
    return found
