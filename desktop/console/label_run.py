"""Labels that are printed one by one while scans come from standard input."""

from concurrent.futures import ThreadPoolExecutor

from desktop.console.session import Session, sentence
from desktop.phrases import count, say
from models.fields.problem import KnownError, UsageError
from models.labels.own import all_stocks, design_for
from models.labels.stocks import find_stock
from models.labels.texts import house_texts
from models.printers.queue import PrintQueue
from models.printers.request import LabelFor, PrintRequest
from models.query.names import Names
from models.services.registry import find_record


class LabelRun:
    """Prints beside the scans, so that a slow printer holds up none of them. `labels` counts what was queued."""

    def __init__(self, session: Session, printer: str, stock: str, design: str, word: str) -> None:
        """`word` is the kind of most records. Raises UsageError where labels cannot be printed at all."""
        from desktop.printing.painting import QtPainting  # Qt takes a while to load

        if not stock:
            raise UsageError("tagrun.no-stock", printer)
        self._session = session
        self._printer = printer
        self._design = design
        self._house = house_texts(session.settings)
        with session.database.reading() as connection:
            self._stock = find_stock(stock, all_stocks(connection))
            design_for(connection, self._stock, design, word)
        self._queue = PrintQueue(session.database, session.settings, session.settings.author, QtPainting())
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="printing")
        self.labels = 0

    def print_label(self, table: str, row: str) -> None:
        """Put the label of a record, by its id, into the queue and print what is due."""
        catalogue = self._session.catalogue
        try:
            with self._session.database.reading() as connection:
                found = find_record(connection, catalogue, table, row)
                names, fields = Names(connection), catalogue.keys(found.kind)
                design = design_for(connection, self._stock, self._design, found.kind)
                values = ((key, value) for key, value in found.values.items() if value is not None)
                texts = {key: names.shown(fields[key], value) for key, value in values}
            label = LabelFor(table, row, {**self._house, **texts})
            added = self._queue.add(self._printer, PrintRequest(self._stock.name, design, (label,)))
        except KnownError as error:  # what was scanned is done all the same
            self._session.tell(sentence(error.problem))
            return
        self.labels += added.labels
        self._session.tell(*(say(refused.problem) for refused in added.refused))
        self._thread.submit(self._queue.work)

    def finish(self) -> None:
        """Wait for the printer, and tell what it has not taken."""
        self._thread.shutdown(wait=True)
        waiting = sum(job.labels - job.printed for job in self._queue.jobs() if job.problem is not None)
        if waiting:
            self._session.tell(f"{count(waiting, 'label')} not printed yet. “muster queue” tells why.")
