"""Saved views of one person: filters, order and columns of a table under a name."""

from dataclasses import dataclass, field
from typing import Any

from desktop.memory import Memory


@dataclass(frozen=True)
class SavedView:
    """What a table showed when it was saved. `terms` are pieces of the query language."""

    name: str
    terms: tuple[str, ...] = ()
    sort: tuple[str, bool] | None = None
    columns: tuple[str, ...] = field(default=())


class SavedViews:
    """The saved views of one kind of record."""

    def __init__(self, memory: Memory, word: str) -> None:
        self._memory = memory
        self._key = f"views.{word}"

    def all(self) -> list[SavedView]:
        """The views by name."""
        return sorted(map(_view, self._memory.get(self._key, [])), key=lambda view: view.name.casefold())

    def save(self, view: SavedView) -> None:
        """Keep a view; one of the same name is replaced."""
        others = [each for each in self._memory.get(self._key, []) if each["name"] != view.name]
        made = {"name": view.name, "terms": list(view.terms), "sort": view.sort, "columns": list(view.columns)}
        self._memory.put(self._key, [*others, made])

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._memory.put(self._key, [each for each in self._memory.get(self._key, []) if each["name"] != name])


def _view(data: dict[str, Any]) -> SavedView:
    sort = data.get("sort")
    return SavedView(
        data["name"], tuple(data.get("terms", ())), (sort[0], sort[1]) if sort else None, tuple(data.get("columns", ()))
    )
