"""Tag numbers where the shared database gives the blocks: none is made here, and what is needed is known."""

import pytest

from models.fields.ids import new_id
from models.fields.problem import HubError, UsageError
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.services.registry import create_record
from models.services.tag_leases import Need, keep_answer, needs
from models.services.tag_overview import overview
from models.services.tags import next_tags, peek_tag
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home
from models.store.local import DEVICE, local
from models.sync.address import Address, keep_address

SIZE = 100
NEEDED = r"lease\.needed"


class Office:
    """A home that is connected to a shared database; `lend` does what a lease and the pull after it do."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.database = Database.open(self.home)
        self.journal = Journal(self.database, "J. Ruiz")
        texts = {"name": "Radios", "prefix": "R-", "width": "6", "record": "radio"}
        self.scheme = create_record(self.journal, "tag_scheme", texts, Settings(self.home.settings)).row
        self.write(keep_address, Address("db.city.example", "muster"))

    def lend(self, first, last):
        patch = {"scheme": self.scheme, "use": "block", "first": str(first), "last": str(last)}
        patch["device"] = self.read(local, DEVICE)
        self.journal.write("Lease", [Edit("tag_block", new_id(), patch, new=True)])

    def read(self, ask, *rest):
        with self.database.reading() as connection:
            return ask(connection, *rest)

    def write(self, deed, *rest):
        with self.database.writing() as connection:
            deed(connection, *rest)

    def blocks(self):
        return self.read(lambda connection: len(overview(connection).schemes[0].ranges))


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "home")
    yield office
    office.database.close()


def test_no_block_is_made_in_a_connected_home(office):
    with pytest.raises(UsageError, match=NEEDED):
        next_tags(office.journal, "radio")
    assert office.blocks() == 0
    assert office.read(peek_tag, "radio") is None
    assert office.read(lambda connection: overview(connection).schemes[0].leased)


def test_what_was_asked_for_in_vain_is_leased_by_the_next_sync(office):
    assert office.read(needs, SIZE) == []
    with pytest.raises(UsageError, match=NEEDED):
        next_tags(office.journal, "radio", None, 250)
    assert office.read(needs, SIZE) == [Need(office.scheme, 250)]
    office.lend(1, 250)
    assert office.read(needs, SIZE) == []
    assert next_tags(office.journal, "radio", None, 250)[-1] == "R-000250"


def test_a_block_is_followed_before_it_runs_out(office):
    office.lend(1, 100)
    assert office.read(peek_tag, "radio") == "R-000001"
    next_tags(office.journal, "radio", None, 50)
    assert office.read(needs, SIZE) == []
    next_tags(office.journal, "radio")
    assert office.read(needs, SIZE) == [Need(office.scheme, SIZE)]
    assert office.blocks() == 1
    # The numbers go on in the next block, wherever that is.
    office.lend(1001, 1100)
    assert office.read(needs, SIZE) == []
    assert next_tags(office.journal, "radio", None, 51)[-2:] == ["R-001001", "R-001002"]


def test_with_a_connection_the_first_tag_is_leased_at_once(office):
    asked = []

    def lender():
        asked.extend(office.read(needs, SIZE))
        office.lend(501, 600)

    journal = Journal(office.database, "J. Ruiz", lender)
    assert next_tags(journal, "radio") == ["R-000501"]
    assert asked == [Need(office.scheme, SIZE)]
    assert next_tags(journal, "radio") == ["R-000502"]
    assert len(asked) == 1


def test_where_it_cannot_be_reached_that_is_said_of_the_numbers(office):
    def lender():
        raise HubError("hub.unreachable", "db.city.example/muster", reason="timeout")

    with pytest.raises(UsageError, match=NEEDED) as told:
        next_tags(Journal(office.database, "J. Ruiz", lender), "radio")
    assert isinstance(told.value.__cause__, HubError)


def test_why_the_shared_database_lent_nothing_is_told(office):
    office.write(keep_answer, office.scheme, "lease.none-left")
    with pytest.raises(UsageError, match=r"lease\.none-left"):
        next_tags(office.journal, "radio")
    # It is asked again all the same: the scheme may have got more digits.
    assert office.read(needs, SIZE) == [Need(office.scheme, SIZE)]
    office.write(keep_answer, office.scheme, "")
    with pytest.raises(UsageError, match=NEEDED):
        next_tags(office.journal, "radio")


def test_blocks_of_others_are_not_given_from(office):
    office.lend(1, 100)
    with office.database.writing() as connection:
        connection.exec_driver_sql("UPDATE local SET value = ? WHERE key = 'device'", (new_id(),))
    with pytest.raises(UsageError, match=NEEDED):
        next_tags(office.journal, "radio")
