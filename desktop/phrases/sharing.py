"""Sentences about the shared database: connecting to it, sync, and what it refuses."""

SENTENCES: dict[str, str] = {
    "hub.bad-url": "“{value}” is no address of a shared database. Write postgresql://login@host/database.",
    "hub.tls-unknown": "“{value}” is not a way to protect the connection: choose verify-full or disable.",
    "hub.unreachable": "The shared database cannot be reached ({value}): {reason}.",
    "hub.older": "The administrator must upgrade the shared database. Until then everything is saved here.",
    "hub.other": "This address now leads to another shared database than this home belongs to. Nothing is sent.",
    "hub.may-not": "Your role in the shared database, {role}, does not change {value}.",
    "hub.only-looks": "Your role in the shared database, {role}, does not do this.",
    "hub.reads-only": "Your role in the shared database, {role}, reads this and does not change it.",
    "hub.not-yours": "“{value}” was done by {who}. Only an administrator takes back what others did.",
    "hub.token-old": "This computer's data was restored or copied; it gets a new identity.",
    "hub.stage-missing": "A large change did not arrive whole. It is sent again.",
    "hub.too-large": "This is too large for the shared database.",
    "hub.malformed": "The shared database could not read it.",
    "hub.no-right": "Who sent it may not change this.",
    "hub.no-row": "The record is not in the shared database.",
    "hub.row-exists": "The record was in the shared database already.",
    "hub.no-target": "It refers to a record that is not in the shared database.",
    "hub.not-own": "Only an administrator takes back or adds to what others did.",
    "hub.range-taken": "The numbers of this range are taken by another one.",
    "hub.unknown-field": "The shared database does not know this field.",
    "hub.too-long": "The value is longer than the shared database takes.",
    "hub.refused": "The shared database refused this ({value}).",
    # On the way there
    "hub.host-unknown": "No server “{host}” is known here. Look for a slip in its name, and whether the city's "
    "network is connected (VPN).",
    "hub.no-answer": "The server “{host}” does not answer. Look whether the city's network is connected (VPN).",
    "hub.nobody-there": "“{host}” is there, but no PostgreSQL answers at that port. Look for a slip in the address; "
    "else ask the administrator whether the server runs.",
    "hub.cut": "The connection to the shared database broke off. What you did is saved here and will be sent.",
    "hub.not-postgres": "What answers at “{host}” is no PostgreSQL server. Look for a slip in the host and the port.",
    # Certificates
    "hub.no-tls": "The server “{host}” does not encrypt connections, so anybody on the way could read along. The "
    "administrator can switch TLS on there; until then you can only choose “not protected” (sslmode=disable).",
    "hub.tls-wanted": "The server “{host}” takes encrypted connections only: choose a protected connection "
    "(sslmode=verify-full). If it is one already, the administrator must let this computer in.",
    "hub.certificate-untrusted": "The server “{host}” shows a certificate that this computer does not trust. If the "
    "city has an authority of its own, name its certificate file (sslrootcert).",
    "hub.certificate-expired": "The certificate of the server “{host}” has expired, by this computer's date. "
    "The administrator must renew it.",
    "hub.certificate-early": "The certificate of the server “{host}” is not valid yet. Look at this computer's date.",
    "hub.certificate-name": "The certificate of the server is for another name than “{host}”. Use the name that it is "
    "for: {reason}.",
    "hub.certificate-file": "The file of the authority's certificate cannot be used: {reason}.",
    # Signing on
    "hub.password-missing": "The server asks for a password for “{login}”.",
    "hub.password-wrong": "The login “{login}” or its password is wrong.",
    "hub.sign-on": "The server did not take this computer's sign-on: {reason}. Sign on to the city's network again, or "
    "use a login with a password.",
    "hub.not-let-in": "The server does not let “{login}” into “{database}” from this computer: {reason}. The "
    "administrator of the database can change that.",
    "hub.no-database": "The server has no database “{database}”. Look for a slip in its name.",
    "hub.none-here": "The database “{database}” is no shared database of Muster yet. An administrator prepares it "
    "with “muster hub create”.",
    "hub.no-member": "“{login}” may not use this shared database. An administrator adds you with "
    "“muster hub add-user”.",
    "hub.no-keyring": "This system has no place to keep passwords safely, so it is asked for each time.",
    # What the server is up to
    "hub.full": "The server has no room for more connections just now. Muster tries again by itself.",
    "hub.starting": "The server is just starting. Try again in a minute.",
    "hub.stopping": "The server was stopped. What you did is saved here and will be sent when it runs again.",
    "hub.busy": "The shared database is busy. Muster tries again by itself.",
    "hub.disk-full": "The disk of the server is full. The administrator must make room; what you did is saved here.",
    "hub.read-only": "This server only gives out copies and takes no changes. Connect to the main server.",
    "hub.damaged": "The shared database is damaged: {reason}. Tell the administrator at once; your copy is whole.",
    "lease.needed": (
        "This computer has no tag numbers of {value} left. The shared database gives the next ones: "
        "sync while it can be reached, then try again. Tags from a pre-printed roll can be used meanwhile."
    ),
    "lease.none-left": "The shared database has no numbers of {value} left. Add a scheme with more digits.",
    "lease.no-scheme": "The shared database does not know the tag scheme yet. Sync, then try again.",
    "hub.connected": "This home is connected already, to {value}. Disconnect it first.",
    "hub.not-connected": "This home is not connected to a shared database.",
    "hub.unsent": "{value} changes were never sent. Sync first, or say that they may stay behind (in the backup).",
    "hub.password-file": "The file with the password cannot be read: {reason}.",
    # Bringing in what a home has
    "adopt.changed": "Something was changed here meanwhile. Make the plan again.",
}
