"""The query tree as SQL. Values are always bound; names of tables and columns come from the declared fields."""

import datetime as dt
import re
import typing
from decimal import Decimal, InvalidOperation

from sqlalchemy import REAL, ColumnElement, Table, and_, cast, false, func, not_, or_, select, true
from sqlalchemy.sql.selectable import Select

from models.fields.field import Field
from models.fields.kind import Kind
from models.fields.kinds import Choice, Day, Moment, Money, Number, Percent, Ref, YesNo
from models.fields.problem import BadValue, UsageError
from models.query.index import begins_a_word, index_of, matching
from models.query.tree import All, Any, Compare, Never, Node, Not, OfKind, Op, Word
from models.query.words import match_tree
from models.schema.catalogue import Catalogue
from models.schema.columns import Base
from models.schema.records import RECORDS, TABLES, RecordType, record_type

_AMOUNTS = (Money, Number, Percent)
_TODAY = re.compile(r"today(?:([+-][0-9]{1,5})([dwmy]))?", re.IGNORECASE)
_YEAR_OR_MONTH = re.compile(r"((?:19|20|21)[0-9]{2})(?:-(0[1-9]|1[0-2]))?")


class Translator:
    """Turns trees over one kind of record into SQL conditions."""

    def __init__(self, catalogue: Catalogue, word: str) -> None:
        """`word`: the kind of record. Raises UsageError("kind.unknown")."""
        self.catalogue = catalogue
        self.kind: RecordType = record_type(word)
        self.table: Table = self.kind.sql

    def scope(self) -> ColumnElement[bool]:
        """Live records of the kind."""
        live = self.table.c.deleted.is_(None)
        return and_(live, self.table.c.kind == self.kind.asset_kind) if self.kind.asset_kind else live

    def condition(self, node: Node) -> ColumnElement[bool]:
        """The condition for one tree. Raises UsageError for a value that its field cannot take."""
        if expression := match_tree(node):
            return self.table.c.nr.in_(matching(self.kind.table, expression))
        match node:
            case Word(text=letter):
                found = select(index_of(self.kind.table).c.rowid).where(begins_a_word(self.kind.table, letter))
                return self.table.c.nr.in_(found)
            case Compare():
                return self._compare(node)
            case OfKind(word=word):
                return self._of_kind(word)
            case Never():
                return false()
            case Not(node=inner):
                # A field without a value is not equal to anything: NULL counts as false before it is turned round.
                return not_(func.coalesce(self.condition(inner), false()))
            case All(nodes=nodes):
                return and_(true(), *map(self.condition, nodes))
            case Any(nodes=nodes):
                return or_(false(), *map(self.condition, nodes))

    def value_of(self, field: Field) -> ColumnElement[typing.Any]:
        """The SQL for a field's canonical value."""
        if field.custom:
            return func.json_extract(self.table.c.extra, f'$."{field.key}"')
        return self.table.c[field.key]

    def order_of(self, field: Field) -> ColumnElement[typing.Any]:
        """What to sort by: numbers by their amount, references by their names, text in any case."""
        value: ColumnElement[typing.Any] = self.value_of(field)
        if isinstance(field.kind, _AMOUNTS):
            return cast(value, REAL)
        if isinstance(field.kind, Ref):
            target = TABLES[field.kind.table]
            other = target.sql.alias(f"sort_{field.key}")
            named = select(other.c[target.naming]).where(other.c.id == value).scalar_subquery()
            return named.collate("NOCASE")
        return value if field.kind.whole else value.collate("NOCASE")

    def _of_kind(self, word: str) -> ColumnElement[bool]:
        wanted = RECORDS[word]
        if wanted.table != self.kind.table:
            return false()
        return true() if wanted.asset_kind is None else self.table.c.kind == wanted.asset_kind

    def _compare(self, node: Compare) -> ColumnElement[bool]:
        field, value = node.field, node.value
        column = self.value_of(field)
        if node.op in (Op.HAS, Op.IS) and value.casefold() in ("", "none", "any", "*"):
            return column.is_(None) if value.casefold() in ("", "none") else column.is_not(None)
        if isinstance(field.kind, Ref):
            return self._refers(node, field.kind)
        if isinstance(field.kind, (Day, Moment)):
            return _within(node, column)
        if isinstance(field.kind, _AMOUNTS):
            return _ordered(node.op, cast(column, REAL), float(_amount(node)))
        if field.kind.whole:
            return _ordered(node.op, column, int(_amount(node)))
        if node.op in (Op.HAS, Op.IS):
            return self._equal(node)
        return _ordered(node.op, column.collate("NOCASE"), node.value)

    def _equal(self, node: Compare) -> ColumnElement[bool]:
        field, value = node.field, node.value
        column = self.value_of(field)
        try:
            parsed = field.kind.parse(value, [])
        except BadValue as error:
            if node.op is Op.IS and not isinstance(field.kind, (Choice, YesNo)):
                raise _bad(node) from error
            return _contains(column, value)
        if node.op is Op.IS or isinstance(field.kind, (Choice, YesNo)):
            return _is(column, parsed or "")
        # The index finds candidates among a million rows; the column then says whether it was this field.
        expression = match_tree(Word(value)) if field.search else None
        found = _contains(column, value)
        if expression:
            found = and_(self.table.c.nr.in_(matching(self.kind.table, expression)), found)
        # A value in another form than ours, a telephone number with its blanks, is found as a whole.
        return or_(found, _is(column, parsed)) if parsed and parsed.casefold() != value.casefold() else found

    def _refers(self, node: Compare, kind: Ref) -> ColumnElement[bool]:
        if node.op not in (Op.HAS, Op.IS):
            raise UsageError("query.not-ordered", node.field.label, position=str(node.start + 1))
        return self.value_of(node.field).in_(referred(kind.table, node.value, exact=node.op is Op.IS))


def referred(table: str, value: str, *, exact: bool) -> Select[str]:
    """The ids of the records that a name means; for places also all that is inside them."""
    target = TABLES[table]
    rows = target.sql
    naming = rows.c[target.naming]
    named = _is(naming, value) if exact else _contains(naming, value)
    if target.naming in {field.key for field in target.fields if isinstance(field.kind, Ref)}:
        inner = next(field.kind for field in target.fields if field.key == target.naming)
        named = naming.in_(referred(inner.table, value, exact=exact)) if isinstance(inner, Ref) else named
    found = select(rows.c.id).where(rows.c.deleted.is_(None), named)
    if table not in ("location", "department"):
        return found
    inside = found.cte(recursive=True)
    below = Base.metadata.tables[table].alias()
    # UNION, not UNION ALL: a ring of places ends the search instead of the program.
    inside = inside.union(select(below.c.id).where(below.c.parent == inside.c.id, below.c.deleted.is_(None)))
    return select(inside.c.id)


def _ordered(op: Op, left: ColumnElement[typing.Any], right: float | str) -> ColumnElement[bool]:
    match op:
        case Op.LESS:
            return left < right
        case Op.MOST:
            return left <= right
        case Op.MORE:
            return left > right
        case Op.LEAST:
            return left >= right
    return left == right


def _is(column: ColumnElement[typing.Any], value: str) -> ColumnElement[bool]:
    if value.isascii():
        return column.collate("NOCASE") == value
    return func.casefold(column) == value.casefold()


def _contains(column: ColumnElement[typing.Any], value: str) -> ColumnElement[bool]:
    if value.isascii():
        return column.like(f"%{_escaped(value)}%", escape="\\")
    return func.instr(func.casefold(column), value.casefold()) > 0


def _amount(node: Compare) -> Decimal:
    try:
        return Decimal((node.field.kind.parse(node.value, []) or "0").split()[0])
    except (BadValue, InvalidOperation) as error:
        raise _bad(node) from error


def _within(node: Compare, column: ColumnElement[typing.Any]) -> ColumnElement[bool]:
    """A day or moment against what is meant, which may be a month or a year: "<=2026" holds in all of 2026."""
    start, end = _span(node)
    match node.op:
        case Op.LESS:
            return column < start
        case Op.MOST:
            return column < end
        case Op.MORE:
            return column >= end
        case Op.LEAST:
            return column >= start
    return and_(column >= start, column < end)


def _span(node: Compare) -> tuple[str, str]:
    """The first canonical value that is meant and the first after it; days of moments are those of this machine."""
    moment = node.field.kind if isinstance(node.field.kind, Moment) else None
    if moment and ":" in node.value:
        at = _read(node, moment)
        until = moment.value(at) + (dt.timedelta(seconds=1) if node.value.count(":") > 1 else dt.timedelta(minutes=1))
        return at, until.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    first, after = _days(node)
    return (_read(node, moment, first), _read(node, moment, after)) if moment else (first, after)


def _days(node: Compare) -> tuple[str, str]:
    """The first day that is meant and the first after it: of a year, a month, `today+90d`, or a day in any form."""
    if found := _TODAY.fullmatch(node.value):
        try:
            day = _shifted(int(found[1] or 0), (found[2] or "d").lower())
        except (ValueError, OverflowError) as error:
            raise _bad(node) from error
    elif found := _YEAR_OR_MONTH.fullmatch(node.value):
        year, month = int(found[1]), int(found[2] or 0)
        after = f"{year + 1:04}-01-01" if month in (0, 12) else f"{year:04}-{month + 1:02}-01"
        return f"{year:04}-{month or 1:02}-01", after
    else:
        day = dt.date.fromisoformat(_read(node, Day()))
    return day.isoformat(), (day + dt.timedelta(days=1)).isoformat()


def _read(node: Compare, kind: Kind, text: str | None = None) -> str:
    try:
        return kind.parse(node.value if text is None else text, []) or ""
    except BadValue as error:
        raise _bad(node) from error


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _shifted(amount: int, unit: str) -> dt.date:
    today = _today()
    if unit in "dw":
        return today + dt.timedelta(days=amount * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + amount * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    first_of_next = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(today.day, (first_of_next - dt.timedelta(days=1)).day))


def _bad(node: Compare) -> UsageError:
    return UsageError("query.bad-value", node.value, field=node.field.label, position=str(node.start + 1))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
