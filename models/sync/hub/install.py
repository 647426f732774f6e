"""The shared database is installed and upgraded: the same statements, in one transaction."""

from typing import TYPE_CHECKING, Any

from models.sync.hub.definition import DOORS, statements

if TYPE_CHECKING:
    import psycopg


def install(connection: "psycopg.Connection[tuple[Any, ...]]", *, owner: str, group: str) -> None:
    """Make the shared database in the one of the connection, or bring it up to date.

    `owner` is the role (without login) that owns everything, `group` the one that members are in; both are there, as
    are the schemas. The connection's login may act as `owner`. See `preparing`, which makes all that.
    """
    from psycopg import sql

    with connection.transaction():
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(owner)))
        connection.execute("SET LOCAL client_min_messages = warning")
        # The functions call each other, whatever their order.
        connection.execute("SET LOCAL check_function_bodies = off")
        for statement in statements():
            connection.execute(statement.encode())
        _open_doors(connection, group)


def _open_doors(connection: "psycopg.Connection[tuple[Any, ...]]", group: str) -> None:
    """Members may call the doors and read the views; nobody may do anything else."""
    from psycopg import sql

    members = sql.Identifier(group)
    connection.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA muster FROM PUBLIC")
    connection.execute(sql.SQL("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA muster FROM {}").format(members))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA muster, muster_read TO {}").format(members))
    for door in DOORS:
        connection.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(sql.SQL(door), members))
    connection.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA muster_read TO {}").format(members))
    connection.execute(sql.SQL("GRANT SELECT ON muster.snapshot_head TO {}").format(members))
