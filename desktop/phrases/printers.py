"""What the print queue and the printers say."""

SENTENCES: dict[str, str] = {
    "printer.unknown": "There is no printer called “{value}” here. Known: {known}.",
    "printer.bad-address": "“{value}” is no address of a printer. Write tcp://HOST, tcp://HOST:PORT or raw:QUEUE.",
    "printer.unreachable": "“{value}” cannot be reached at {address}: {reason}. See whether it is on.",
    "printer.broke-off": "The connection to “{value}” broke off.",
    "printer.no-answer": (
        "“{value}” does not answer. See whether it has labels and ribbon and is closed: some do not answer then."
    ),
    "printer.strange-answer": (
        "“{value}” gives an answer that Muster does not know. If it is no Zebra, say in its settings that it does not "
        "answer."
    ),
    "printer.cannot-be-asked": "“{value}” cannot be asked: only ZPL printers in the network tell their status.",
    "printer.head-open": "“{value}” is open. Close its print head.",
    "printer.paper-out": "“{value}” has no labels left. Put in a new roll.",
    "printer.ribbon-out": "“{value}” has no ribbon left. Put in a new one.",
    "printer.paused": "“{value}” is paused. Press its pause button.",
    "printer.buffer-full": "“{value}” has its memory full and takes nothing yet.",
    "printer.too-hot": "“{value}” is too hot. It goes on when it has cooled down.",
    "printer.no-spooler": "This computer has no spooler for “{value}” (the command lp is not there).",
    "printer.spooler-refused": "The system did not take labels for “{value}”: {reason}.",
    "printer.ended-midway": "Muster ended while a label was on its way to the printer.",
    "printer.brother-not-installed": (
        "Brother's printers need the library brother_ql. Install it with “pip install muster[brother]”, or print "
        "through the system's driver."
    ),
    "printer.brother-model": "There is no Brother model “{value}”. Known: {known}.",
    "printer.brother-stock": "“{value}” is no roll of Brother's. Choose labels whose name begins with Brother.",
    "printer.brother-too-wide": "“{value}” is too wide for a {model}.",
    "printer.bad-name": "“{value}” cannot be a printer's name.",
    "printer.bad-dpi": "{value} dots per inch cannot be. Label printers have 203, 300 or 600.",
    "printer.bad-darkness": "The darkness is 0 to 30, not {value}.",
    "printer.bad-speed": "The speed is 1 to 14 inches per second, not {value}.",
    "printer.test-needs-stock": "Say which labels are in “{value}”, as --stock avery-5160.",
    "printer.no-model": "Say which of Brother's models “{value}” is, as QL-820NWB.",
    "queue.yes-or-no": "Say yes or no: did the label come out? “{value}” is neither.",
    "queue.unknown": "There is no print job {value}.",
    "queue.is-waiting": "Print job {value} waits for its printer. There is nothing to say about it yet.",
    "queue.is-printing": "Print job {value} is being printed. There is nothing to say about it yet.",
    "queue.is-held": "Look first whether the label of print job {value} came out, and say so.",
    "queue.is-done": "Print job {value} is done.",
    "queue.is-cancelled": "Print job {value} was cancelled.",
}
