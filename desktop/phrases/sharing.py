"""Sentences about the shared database: connecting to it, sync, and what it refuses."""

SENTENCES: dict[str, str] = {
    "hub.bad-url": "“{value}” is no address of a shared database. Write postgresql://login@host/database.",
    "hub.tls-unknown": "“{value}” is not a way to protect the connection: choose verify-full or disable.",
    "hub.unreachable": "The shared database cannot be reached ({value}): {reason}",
    "hub.may-not": "Your role in the shared database, {role}, does not change {value}.",
    "hub.only-looks": "Your role in the shared database, {role}, does not do this.",
    "hub.reads-only": "Your role in the shared database, {role}, reads this and does not change it.",
    "hub.not-yours": "“{value}” was done by {who}. Only an administrator takes back what others did.",
    "hub.refused": "The shared database refused this ({value}).",
}
