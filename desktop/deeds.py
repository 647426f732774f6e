"""Writing canonical values that a form or the table has checked: each a short function that makes one deed."""

from collections.abc import Mapping, Sequence

from desktop.jobs import Task
from models.fields.ids import new_id
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.schema.records import record_type
from models.services.tags import next_tags

Patch = Mapping[str, str | None]


def change_each(journal: Journal, task: Task, word: str, patches: Mapping[str, Patch], title: str) -> Changes:
    """Give each record (by id) its own values."""
    table = record_type(word).table
    edits = [Edit(table, row, patch) for row, patch in patches.items()]
    return journal.write(title, edits, total=len(edits), progress=task)


def add_record(journal: Journal, task: Task, word: str, patch: Patch, title: str) -> Changes:
    """Make one record."""
    return paste_cells(journal, task, word, {}, [patch], title)


def add_with_next_tag(
    journal: Journal, task: Task, word: str, patch: Patch, department: str | None, title: str
) -> Changes:
    """Make one record that has the next tag of its scheme, taken now: no other record gets it, whatever happens.

    It may be a later one than was offered; the title says it. Raises UsageError as `next_tags`.
    """
    (tag,) = next_tags(journal, word, department)
    title = title.replace(patch.get("tag") or tag, tag)
    return add_record(journal, task, word, {**patch, "tag": tag}, title)


def paste_cells(
    journal: Journal, task: Task, word: str, patches: Mapping[str, Patch], added: Sequence[Patch], title: str
) -> Changes:
    """Give each record (by id) its own values and make new ones, as one deed."""
    table = record_type(word).table
    edits = [Edit(table, row, patch) for row, patch in patches.items()]
    edits += [Edit(table, new_id(), with_kind(word, patch), new=True) for patch in added]
    return journal.write(title, edits, total=len(edits), progress=task)


def with_kind(word: str, patch: Patch) -> dict[str, str | None]:
    """The values of a new record, with what tells its kind where a table holds several."""
    kind = record_type(word).asset_kind
    return {**patch, **({"kind": kind} if kind else {})}
