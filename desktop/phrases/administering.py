"""Sentences about preparing and administering the shared database."""

SENTENCES: dict[str, str] = {
    "hub.rights-missing": "The login lacks {value} of what it needs on the server. Nothing was changed.",
    "hub.server-old": "The server runs PostgreSQL {value}. Muster needs 15 or newer.",
    "hub.not-unicode": "The database holds text as {value}. Muster needs one that was made with ENCODING 'UTF8'.",
    "hub.schema-taken": "The database has a schema “{value}” of something else. Take a database of its own for Muster.",
    "hub.needs-create": "The login may not make schemas in the database “{value}”.",
    "hub.needs-createrole": "The login “{value}” may not make roles, and the roles that Muster needs are not there.",
    "hub.needs-connect": "Not everybody may connect to the database “{value}”, and the login may not let people in.",
    "hub.needs-owner": "The login may not act as “{value}”, the role that owns what Muster has made.",
    "hub.needs-admin-option": "The owner of the shared database may not let anybody into the group “{value}”.",
    "hub.needs-createrole-for": "The server has no login “{value}”, and you may not make logins there. Ask the "
    "administrator of the server for it, then add it again.",
    "hub.role-no-login": "“{value}” is there on the server, but may not log in. The administrator of the server can "
    "change that.",
    "hub.login-bad": "“{value}” cannot be the name of a login.",
    "hub.login-unknown": "The server has no login “{value}”.",
    "hub.role-unknown": "There is no role “{value}”.",
    "hub.not-administrator": "“{value}” is no administrator of this shared database.",
    "hub.last-administrator": "You are the last administrator. Make somebody else one first.",
    "hub.not-a-member": "“{value}” has no access to this shared database.",
    "hub.prepared": "The database “{value}” is a shared database of Muster already. Upgrade it instead.",
    "hub.newer": "The shared database was made by a newer Muster (revision {value}). Use that version or a newer one.",
    "hub.no-address": "This home is connected to no shared database. Say which one is meant: --url "
    "postgresql://login@host/database.",
    "hub.password-empty": "There is no password in {value}.",
    "hub.passwords-differ": "The two passwords are not the same.",
}
