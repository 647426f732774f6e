"""Tag blocks from the shared database: a sync fetches what this home needs, before it runs out.

The block is an entry of the shared database's own journal; the pull that follows brings it like any other. So a lease
whose answer was lost is no harm: its block comes with the next pull, and only then is it known whether one is needed.
"""

import socket
from typing import TYPE_CHECKING, Any

from models.fields.ids import new_id
from models.fields.problem import HubError
from models.services.tag_leases import keep_answer, needs
from models.services.tags import block_size
from models.settings import Settings
from models.store.database import Database
from models.store.local import DEVICE, local, set_local
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg


def refill(hub: "psycopg.Connection[tuple[Any, ...]]", database: Database) -> int:
    """Lease what this home needs now; how many blocks were leased. To be called after a pull, and followed by one.

    A block that the shared database does not lend ("lease.*": no numbers are left) is remembered for who asks for
    a tag, and stops nothing else. Raises HubError, DatabaseError.
    """
    with database.reading() as connection:
        wanted = needs(connection, block_size(Settings(database.home.settings)))
        device = local(connection, DEVICE)
    if wanted and device is None:  # nothing was ever written here: numbers are lent to somebody all the same
        device = new_id()
        with database.writing() as connection:
            set_local(connection, DEVICE, device)
            set_local(connection, "device_name", socket.gethostname() or "this device")
    lent = 0
    for need in wanted:
        code = ""
        try:
            with hub_errors():
                hub.execute("SELECT muster.lease(%s, %s, %s)", (device, need.scheme, need.count))
            lent += 1
        except HubError as error:
            code = error.problem.code
            if not code.startswith("lease."):
                raise
        with database.writing() as connection:
            keep_answer(connection, need.scheme, code)
    return lent
