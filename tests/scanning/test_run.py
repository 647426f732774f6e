"""The tag run: what each scan does, what is taken back, and that nothing is ever doubled."""

import pytest

from desktop.phrases import codes as sentences
from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.undo import redo, undo
from models.journal.writer import Journal
from models.scanning.answer import Outcome
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.scanning.run import TagRun
from models.scanning.scan import Command
from models.scanning.things import State
from models.services.registry import BadFields
from models.services.tags import void_tag
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

STICKY = {"model": "Latitude 5450", "location": "Store 3", "po_number": "PO-77"}
IMEI, OTHER_IMEI, EID = "356938035643809", "490154203237518", "89049032123451234512345678901235"


@pytest.fixture
def journal(tmp_path):
    database = Database.open(Home(tmp_path / "home"))
    made = Journal(database, "J. Ruiz")
    dell, model, store, shop, person = (new_id() for _ in range(5))
    made.write(
        "Base",
        [
            Edit("manufacturer", dell, {"name": "Dell"}, new=True),
            Edit(
                "model",
                model,
                {"name": "Latitude 5450", "manufacturer": dell, "number": "210-BLXY", "category": "Laptop"},
                new=True,
            ),
            Edit("location", store, {"name": "Store 3", "code": "CH-ST3"}, new=True),
            Edit("location", shop, {"name": "Radio shop", "code": "RS-1"}, new=True),
            Edit("person", person, {"name": "A. Castellanos", "employee_number": "E-1042"}, new=True),
        ],
    )
    yield made
    database.close()


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def start(journal, settings):
    """Begins a run and gives what takes scans as a scanner sends them."""

    def begin(word="hardware", sticky=STICKY, wants=("tag", "serial"), **more):
        run = TagRun(journal, settings, word, sticky, wants, **more)
        return run, lambda *raws: [run.take(read_scan(raw, shipped_rules())) for raw in raws]

    return begin


def assets(journal):
    """The live assets: tag, serial number, and what else a test asks for."""
    with journal.database.reading() as connection:
        sql = "SELECT tag, serial FROM asset WHERE deleted IS NULL ORDER BY nr"
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def values(journal, tag):
    with journal.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT * FROM asset WHERE tag = ? AND deleted IS NULL", (tag,)).mappings()
        return {key: value for key, value in found.one().items() if value is not None}


def made(journal, word, **more):
    row = new_id()
    journal.write("Add", [Edit("asset", row, {"kind": word, **more}, new=True)])
    return row


def outcomes(answers):
    return [(each.outcome, each.code) for each in answers]


def test_scan_scan_next(journal, start):
    run, scan = start()
    first, second = scan("A-1", "5CG1")
    assert (first.outcome, first.code, first.details["wanted"]) == (Outcome.BEGUN, "tagrun.taken", "Serial number")
    assert (second.outcome, second.code, second.text) == (Outcome.OK, "tagrun.added", "A-1")
    assert second.details["what"] == "Latitude 5450, 5CG1"
    scan("A-2", "5CG2")
    assert assets(journal) == [("A-1", "5CG1"), ("A-2", "5CG2")]
    kept = values(journal, "A-2")
    assert kept["po_number"] == "PO-77"
    assert kept["kind"] == "hardware"
    assert kept["category"] == "Laptop", "the model's own"
    assert kept["manufacturer"], "the model's maker"
    assert [line.state for line in run.standing.lines] == [State.NEW, State.NEW]


def test_nothing_is_written_of_an_unfinished_thing(journal, start):
    run, scan = start()
    scan("A-1")
    assert assets(journal) == []
    assert run.standing.codes == {"tag": "A-1"}
    assert run.standing.wanted == ("serial",)
    assert run.summary.unfinished == {"tag": "A-1"}


def test_each_thing_is_a_deed_of_its_own(journal, start):
    _, scan = start()
    scan("A-1", "5CG1", "A-2", "5CG2")
    assert undo(journal).title == "Tag A-2"
    assert assets(journal) == [("A-1", "5CG1")]


def test_the_order_may_be_the_other_way_round(journal, start):
    _, scan = start(wants=("serial", "tag"))
    scan("5CG1", "A-1")
    assert assets(journal) == [("A-1", "5CG1")]


def test_tags_and_serial_numbers_are_known_by_how_they_look_here(journal, start):
    for number in range(4):
        made(journal, "hardware", tag=f"A-100{number}", serial=f"5CG777{number}")
    _, scan = start()
    scan("5CG9999", "A-2000", "A-2001", "5CG9998")
    assert assets(journal)[4:] == [("A-2000", "5CG9999"), ("A-2001", "5CG9998")]


def test_tags_are_known_by_their_scheme(journal, start):
    journal.write("Scheme", [Edit("tag_scheme", new_id(), {"name": "Radios", "prefix": "R-", "width": "6"}, new=True)])
    _, scan = start("radio", {}, ("tag", "serial"))
    scan("672CYX0116", "R-004471", "R-004472", "672CYX0117")
    assert assets(journal) == [("R-004471", "672CYX0116"), ("R-004472", "672CYX0117")]
    scan("672CYX0118")
    refused = scan("672CYX0119")[0]
    assert (refused.outcome, refused.code) == (Outcome.WRONG, "tag.not-of-scheme")


def test_a_tag_of_another_kind_s_scheme_is_refused(journal, start):
    scheme = {"name": "Radios", "prefix": "R-", "width": "6", "record": "radio"}
    journal.write("Scheme", [Edit("tag_scheme", new_id(), scheme, new=True)])
    _, scan = start()
    assert outcomes(scan("R-004471")) == [(Outcome.WRONG, "tagrun.other-scheme")]


def test_a_wrong_check_character_is_refused(journal, start):
    scheme = {"name": "Laptops", "prefix": "L", "width": "4", "check_character": "mod_11_10"}
    journal.write("Scheme", [Edit("tag_scheme", new_id(), scheme, new=True)])
    _, scan = start(give_tags=True, wants=("serial",))
    scan("5CG1")
    tag = assets(journal)[0][0]
    wrong = tag[:-1] + str((int(tag[-1]) + 1) % 10)
    _, scan = start()
    assert outcomes(scan(wrong)) == [(Outcome.WRONG, "tag.check-character")]


def test_a_void_tag_is_refused(journal, start):
    void_tag(journal, "A-1", "spoilt")
    run, scan = start()
    refused, *_ = scan("A-1")
    assert (refused.outcome, refused.code, refused.details["reason"]) == (Outcome.WRONG, "tag.voided", "spoilt")
    assert run.standing.codes == {}


def test_tags_given_by_the_program(journal, start):
    journal.write("Scheme", [Edit("tag_scheme", new_id(), {"name": "All", "prefix": "A-", "width": "5"}, new=True)])
    run, scan = start(wants=("serial",), give_tags=True)
    assert run.standing.next_tag == "A-00001"
    scan("5CG1", "5CG2", "5CG1")
    assert assets(journal) == [("A-00001", "5CG1"), ("A-00002", "5CG2")]
    assert run.summary.new == 2


def test_where_no_tag_can_be_given_the_thing_waits(journal, start):
    run, scan = start(wants=("serial",), give_tags=True)
    assert outcomes(scan("5CG1")) == [(Outcome.WRONG, "tag.no-scheme")]
    assert run.standing.codes == {"serial": "5CG1"}
    assert assets(journal) == []


def test_what_is_known_is_not_doubled(journal, start):
    made(journal, "hardware", tag="A-17", serial="5CG17")
    run, scan = start()
    assert outcomes(scan("5CG17", "A-17", "a-17")) == [(Outcome.KNOWN, "tagrun.known")] * 3
    assert assets(journal) == [("A-17", "5CG17")]
    assert run.summary.known == 1
    assert run.standing.codes == {}


def test_a_known_serial_without_a_tag_gets_the_tag(journal, start):
    row = made(journal, "hardware", serial="5CG17", cost="900.00", location=None, po_number="PO-1")
    run, scan = start()
    lacks, done = scan("5CG17", "A-17")
    assert (lacks.code, lacks.details["wanted"]) == ("tagrun.lacks", "Asset tag")
    assert done.code == "tagrun.updated"
    assert assets(journal) == [("A-17", "5CG17")]
    kept = values(journal, "A-17")
    assert (kept["id"], kept["cost"], kept["po_number"]) == (row, "900.00", "PO-1"), "what it said stays"
    assert kept["location"], "where it is now"
    assert (run.summary.new, run.summary.updated) == (0, 1)


def test_a_tag_that_waits_for_its_serial_number_gets_it(journal, start):
    made(journal, "hardware", tag="A-17")
    _, scan = start()
    assert outcomes(scan("A-17", "5CG17")) == [(Outcome.BEGUN, "tagrun.lacks"), (Outcome.OK, "tagrun.updated")]
    assert assets(journal) == [("A-17", "5CG17")]


def test_known_with_another_tag(journal, start):
    made(journal, "hardware", tag="A-17", serial="5CG17")
    run, scan = start()
    scan("A-99")
    answer = scan("5CG17")[0]
    assert (answer.outcome, answer.code) == (Outcome.KNOWN, "tagrun.on-another")
    assert (answer.details["there"], answer.details["scanned"]) == ("A-17", "A-99")
    assert run.standing.codes == {"tag": "A-99"}, "the sticker is still in the hand"
    scan("5CG99")
    assert assets(journal) == [("A-17", "5CG17"), ("A-99", "5CG99")]


def test_codes_of_two_records(journal, start):
    made(journal, "hardware", tag="A-17")
    made(journal, "hardware", serial="5CG18")
    _, scan = start()
    assert outcomes(scan("A-17", "5CG18"))[1] == (Outcome.WRONG, "tagrun.two-records")


def test_a_serial_number_of_another_maker_is_another_thing(journal, start):
    maker = new_id()
    journal.write("Maker", [Edit("manufacturer", maker, {"name": "HP"}, new=True)])
    made(journal, "hardware", tag="A-17", serial="5CG17", manufacturer=maker)
    _, scan = start()
    scan("A-18", "5CG17")
    assert assets(journal) == [("A-17", "5CG17"), ("A-18", "5CG17")]


def test_a_thing_of_another_kind_is_left_alone(journal, start):
    made(journal, "radio", tag="R-1")
    _, scan = start()
    assert outcomes(scan("R-1")) == [(Outcome.WRONG, "tagrun.other-kind")]


def test_several_records_of_one_serial_number(journal, start):
    made(journal, "hardware", tag="A-1", serial="5CG1")
    made(journal, "hardware", tag="A-2", serial="5CG1")
    _, scan = start()
    assert outcomes(scan("5CG1")) == [(Outcome.WRONG, "tagrun.several")]


def test_wrong_codes(journal, start):
    run, scan = start()
    assert outcomes(scan(IMEI)) == [(Outcome.WRONG, "tagrun.foreign")]
    assert outcomes(scan("A^1")) == [(Outcome.WRONG, "tag.character")]
    assert outcomes(scan("")) == [(Outcome.WRONG, "tagrun.nothing-scanned")]
    assert outcomes(scan("A-1", "To be filled by O.E.M."))[1] == (Outcome.WRONG, "serial.placeholder")
    assert outcomes(scan("A-1")) == [(Outcome.KNOWN, "tagrun.twice")]
    assert outcomes(scan("MUSTER ISSUE")) == [(Outcome.WRONG, "tagrun.other-card")]
    assert run.summary.refused == 5
    assert assets(journal) == []


def test_phones_are_known_by_their_numbers_in_any_order(journal, start):
    _, scan = start("mobile", {}, ("tag", "serial", "imei"))
    scan("M-1", EID, IMEI, "F2LX1", IMEI)
    scan(OTHER_IMEI, "M-2", "F2LX2")
    assert assets(journal) == [("M-1", "F2LX1"), ("M-2", "F2LX2")]
    assert (values(journal, "M-1")["imei"], values(journal, "M-1")["eid"]) == (IMEI, EID)


def test_a_second_imei_is_the_second_one(journal, start):
    _, scan = start("mobile", {}, ("tag", "imei", "imei2"))
    scan("M-1", IMEI, OTHER_IMEI)
    kept = values(journal, "M-1")
    assert (kept["imei"], kept["imei2"]) == (IMEI, OTHER_IMEI)


def test_a_box_with_several_codes_in_one(journal, start):
    _, scan = start("mobile", {}, ("tag", "serial", "imei"))
    answers = scan("M-1", f"IMEI: {IMEI};EID: {EID};S/N: F2LX1")
    assert [each.code for each in answers] == ["tagrun.taken", "tagrun.added"]
    kept = values(journal, "M-1")
    assert (kept["serial"], kept["imei"], kept["eid"]) == ("F2LX1", IMEI, EID)


def test_the_trade_number_of_the_box_is_no_serial_number(journal, start):
    _, scan = start()
    assert outcomes(scan("A-1", "]E00194644123456"))[1] == (Outcome.WRONG, "box.no-identity")


def test_radios_with_their_unit_id(journal, start):
    _, scan = start("radio", {}, ("tag", "serial", "unit_id"))
    scan("R-A1", "672CYX0116", "4779")
    assert values(journal, "R-A1")["unit_id"] == 4779


def test_a_maker_s_mark_before_the_serial_number_goes(journal, start):
    _, scan = start()
    scan("A-1", "1S20XXS0PXXPF1ABCDE", "A-2", "SGH1234567")
    assert assets(journal) == [("A-1", "PF1ABCDE"), ("A-2", "SGH1234567")]


def test_places_people_and_models_stick_by_themselves(journal, start):
    run, scan = start(sticky={})
    answers = scan("RS-1", "E-1042", "210-BLXY")
    assert [(each.outcome, each.details["field"], each.text) for each in answers] == [
        (Outcome.STICKS, "Location", "Radio shop"),
        (Outcome.STICKS, "Custodian", "A. Castellanos"),
        (Outcome.STICKS, "Model", "Latitude 5450"),
    ]
    assert run.standing.sticky_shown == {
        "location": "Radio shop",
        "custodian": "A. Castellanos",
        "model": "Latitude 5450",
        "manufacturer": "Dell",
        "category": "Laptop",
    }


def test_command_cards_make_the_next_scan_stick(journal, start):
    run, scan = start(sticky={})
    asked, named = scan(Command.LOCATION.code, "Radio shop")
    assert (asked.code, named.code) == ("tagrun.asked", "tagrun.sticks")
    scan(Command.PURCHASE.code, "PO-123")
    assert run.standing.sticky_shown == {"location": "Radio shop", "po_number": "PO-123"}
    assert outcomes(scan(Command.LOCATION.code, "Nowhere"))[1] == (Outcome.UNKNOWN, "tagrun.unknown-name")
    assert run.standing.asked == "location"
    assert outcomes(scan(Command.UNDO.code)) == [(Outcome.UNDONE, "tagrun.asked-no-more")]
    assert run.standing.sticky_shown["location"] == "Radio shop"


def test_another_model_brings_its_own_maker(journal, start):
    hp, other = new_id(), new_id()
    journal.write(
        "HP",
        [
            Edit("manufacturer", hp, {"name": "HP"}, new=True),
            Edit("model", other, {"name": "EliteBook", "manufacturer": hp, "number": "8A4"}, new=True),
        ],
    )
    run, scan = start()
    scan("8A4")
    assert run.standing.sticky_shown["manufacturer"] == "HP"


def test_undo_goes_back_step_by_step(journal, start):
    run, scan = start()
    scan("A-1", "5CG1", "RS-1", "A-2")
    assert outcomes(scan(*[Command.UNDO.code] * 4)) == [
        (Outcome.UNDONE, "tagrun.undone-code"),
        (Outcome.UNDONE, "tagrun.undone-sticky"),
        (Outcome.UNDONE, "tagrun.undone"),
        (Outcome.KNOWN, "tagrun.nothing-to-undo"),
    ]
    assert assets(journal) == []
    assert run.standing.sticky_shown["location"] == "Store 3"
    scan("A-1", "5CG1")
    assert assets(journal) == [("A-1", "5CG1")]


def test_undo_gives_a_completed_record_back_as_it_was(journal, start):
    made(journal, "hardware", serial="5CG17")
    _, scan = start()
    scan("5CG17", "A-17", Command.UNDO.code)
    assert assets(journal) == [(None, "5CG17")]


def test_a_printed_label_does_not_stop_an_undo_but_a_change_does(journal, start):
    run, scan = start()
    scan("A-1", "5CG1")
    row = run.standing.lines[-1].row
    journal.write("Print", [Edit("asset", row, {"label_printed": "2026-11-25T10:00:00+00:00", "label_prints": "1"})])
    assert outcomes(scan(Command.UNDO.code)) == [(Outcome.UNDONE, "tagrun.undone")]
    assert assets(journal) == []
    scan("A-2", "5CG2")
    journal.write("Note", [Edit("asset", run.standing.lines[-1].row, {"notes": "dented"})])
    assert outcomes(scan(Command.UNDO.code)) == [(Outcome.WRONG, "tagrun.undo-kept")]
    assert assets(journal) == [("A-2", "5CG2")]


def test_next_keeps_what_there_is(journal, start):
    run, scan = start()
    assert outcomes(scan(Command.NEXT.code)) == [(Outcome.KNOWN, "tagrun.nothing-begun")]
    scan("A-1", Command.NEXT.code, "A-2", "5CG2")
    assert assets(journal) == [("A-1", None), ("A-2", "5CG2")]
    assert run.summary.new == 2


def test_print_and_end(journal, start):
    run, scan = start()
    assert outcomes(scan(Command.PRINT.code)) == [(Outcome.UNKNOWN, "tagrun.nothing-to-print")]
    scan("A-1", "5CG1")
    printed, ended = scan(Command.PRINT.code, Command.END.code)
    assert (printed.code, printed.text, ended.code) == ("tagrun.print", "A-1", "tagrun.ended")
    assert run.standing.ended
    assert run.summary.by_model == {"Latitude 5450": 1}


def test_a_run_goes_on_after_a_crash(journal, settings, start):
    run, scan = start()
    scan("A-1", "5CG1", "A-2", "5CG2", "A-3")
    again = TagRun(journal, settings, "hardware", STICKY, run=run.run)
    assert [dict(line.codes) for line in again.standing.lines] == [
        {"tag": "A-1", "serial": "5CG1"},
        {"tag": "A-2", "serial": "5CG2"},
    ]
    again.take(read_scan(Command.UNDO.code, shipped_rules()))
    assert assets(journal) == [("A-1", "5CG1")]


def test_what_is_taken_back_elsewhere_leaves_the_list(journal, start):
    run, scan = start()
    scan("A-1", "5CG1", "A-2", "5CG2")
    undo(journal)
    run.look_again()
    assert [line.codes["tag"] for line in run.standing.lines] == ["A-1"]
    redo(journal)
    run.look_again()
    assert [line.codes["tag"] for line in run.standing.lines] == ["A-1", "A-2"]
    assert outcomes(scan(Command.UNDO.code)) == [(Outcome.UNDONE, "tagrun.undone")]
    assert assets(journal) == [("A-1", "5CG1")]


def test_another_program_may_write_meanwhile(journal, settings, start):
    _, scan = start()
    scan("A-1")
    made(journal, "hardware", tag="A-1", serial="5CG9")
    assert outcomes(scan("5CG1")) == [(Outcome.WRONG, "tagrun.overtaken")]
    assert assets(journal) == [("A-1", "5CG9")]


def test_what_cannot_stick_is_said_before_the_first_scan(journal, settings):
    with pytest.raises(BadFields) as caught:
        TagRun(journal, settings, "hardware", {"location": "Nowhere", "cost": "much"})
    assert {problem.field for problem in caught.value.problems} == {"location", "cost"}
    with pytest.raises(UsageError, match=r"tagrun\.wants-nothing"):
        TagRun(journal, settings, "hardware", {}, ())
    with pytest.raises(UsageError, match=r"tagrun\.cannot-scan"):
        TagRun(journal, settings, "hardware", {}, ("model",))


def test_each_answer_has_a_sentence(journal, start):
    made(journal, "hardware", tag="A-17", serial="5CG17")
    _, scan = start()
    answers = scan("A-17", "A-1", IMEI, "A-1", "5CG17", "5CG1", *(command.code for command in Command), "nowhere")
    assert {each.code for each in answers} <= set(sentences())
