"""What a role may see and change, as the local database and its catalogue tell it."""

import pytest

from models.fields.problem import UsageError
from models.rules.rights import ROLES, check_write, may_write, restricted_fields
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES
from models.store.database import Database
from models.store.home import Home
from models.store.local import READS, ROLE, home_reads, home_role, set_local


@pytest.fixture
def database(tmp_path):
    made = Database.open(Home(tmp_path / "city"))
    yield made
    made.close()


def test_a_home_of_its_own_knows_no_role(database):
    with database.reading() as connection:
        assert home_role(connection) is None
        assert home_reads(connection) is None
    keys = {(table, key) for table in TABLES for key in database.catalogue().table_keys(table)}
    assert set(restricted_fields()) <= keys


@pytest.mark.parametrize("word", ROLES)
def test_a_role_sees_the_fields_that_it_may_read(database, word):
    reads = ROLES[word].reads
    with database.writing() as connection:
        set_local(connection, ROLE, word)
        set_local(connection, READS, " ".join(reads))
    database.forget_catalogue()
    catalogue = database.catalogue()
    for (table, key), readers in restricted_fields().items():
        assert (key in catalogue.table_keys(table)) is (readers in reads)
    plain = {field.key for field in Catalogue().fields("radio") if not field.readers}
    assert plain <= set(catalogue.keys("radio"))


def test_a_role_is_told_what_it_may_not_change():
    check_write(None, "asset")
    check_write("technician", "asset")
    with pytest.raises(UsageError) as refused:
        check_write("technician", "custom_field")
    assert (refused.value.problem.code, refused.value.problem.details["role"]) == ("hub.may-not", "Technician")
    assert not may_write("of-tomorrow", "asset")
