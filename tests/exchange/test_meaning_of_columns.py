"""What rows and columns mean: the kind of record, the headings, what a person says, what may not come in."""

import json

import openpyxl
import pytest

from desktop.phrases import say
from models.exchange.errors import write_errors
from models.exchange.look import look_at
from models.exchange.meaning.headings import guess_kind, map_headings
from models.exchange.meaning.secrets import is_secret
from models.exchange.options import ImportOptions
from models.exchange.plan_json import plan_json
from models.fields.problem import InputError, UsageError
from models.schema.catalogue import Catalogue
from tests.exchange.register import codes, counts

CATALOGUE = Catalogue()


# Kinds


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["Device name", "Serial number", "IMEI", "Phone number", "ICCID", "OS"], "mobile"),
        (["Radio ID", "Alias", "Serial Number", "Template", "Flashcode"], "radio"),
        (["Computer Name", "Serial Number", "RAM", "MAC Address"], "hardware"),
        (["User principal name", "Display name", "First name", "Last name", "Department"], "person"),
        (["Wireless Number", "User Name", "Plan", "MRC", "Account Number"], "line"),
        (["Item name", "Seats", "Purchase Date", "Expiration Date", "Licensed To Name"], "entitlement"),
        (["Product_Display_Name", "String_Id", "GUID"], "product"),
    ],
)
def test_headings_tell_the_kind(headings, kind):
    assert guess_kind(CATALOGUE, headings) == kind


@pytest.mark.parametrize("headings", [["Name"], ["Name", "Value"], ["Date", "Amount", "Paid by"], ["Column A"]])
def test_headings_that_anybody_has_tell_nothing(headings):
    with pytest.raises(InputError) as error:
        guess_kind(CATALOGUE, headings)
    assert error.value.problem.code == "import.unclear"


def test_no_field_is_meant_twice_and_its_own_name_goes_first():
    found = map_headings(CATALOGUE, "hardware", ["S/N", "Serial Number", "Barcode", "Asset tag", "Shelf"])
    assert found == {"S/N": None, "Serial Number": "serial", "Barcode": None, "Asset tag": "tag", "Shelf": None}


# Assets of any kind


def test_a_list_of_all_kinds_of_asset_comes_back_the_same(register, tmp_path):
    county = register.add("system", name="County")
    register.add("hardware", tag="L-1", hostname="pc1")
    register.add("mobile", tag="P-1", imei="490154203237518")
    register.add("radio", serial="672CYX1", unit_id="4779", system=county)
    for ending in ("csv", "xlsx"):
        path = register.export("asset", tmp_path / f"out.{ending}")
        for kind in ("asset", None):
            plan = register.plan(path, kind)
            assert plan.kind == "asset"
            assert counts(plan) == (0, 0, 3, 0)
            assert {"kind", "hostname", "imei", "unit_id", "system"} <= {column.field.key for column in plan.columns}
    assert counts(register.plan(path, "hardware")) == (0, 0, 1, 2)


def test_rows_of_all_kinds_are_made_and_checked_by_their_kind(register, sheet):
    register.add("radio", tag="R-1")
    path = sheet(
        ("Asset tag", "Kind", "Hostname", "IMEI", "Unit ID"),
        ["R-1", "Hardware", "", "", ""],
        ["L-1", "computer", "pc1", "", ""],
        ["P-1", "phone", "", "490154203237518", ""],
        ["R-2", "Radio", "", "", "4779"],
        ["R-3", "Radio", "pc9", "", "4780"],
        ["X-1", "", "pc8", "", ""],
    )
    plan = register.bring_in(path)
    assert plan.kind == "asset"
    assert counts(plan) == (5, 0, 0, 1)
    assert codes(plan) == [(2, "tag", "match.other-kind"), (6, "hostname", "field.other-kind")]
    made = {values["tag"]: values["kind"] for values in register.values("asset")}
    assert made == {
        "R-1": "radio",
        "L-1": "hardware",
        "P-1": "mobile",
        "R-2": "radio",
        "R-3": "radio",
        "X-1": "hardware",
    }
    assert "hostname" not in register.one("asset", tag="R-3")
    assert counts(register.plan(path)) == (0, 0, 5, 1)


def test_without_a_column_of_kinds_the_headings_tell_the_kind_of_new_assets(register, sheet):
    register.add("hardware", tag="L-1")
    path = sheet(("Asset tag", "Subscriber ID", "Alias", "Notes"), ["R-1", "4779", "E7", ""], ["L-1", "", "", "moved"])
    plan = register.bring_in(path, "asset")
    assert counts(plan) == (1, 1, 0, 0)
    assert {values["tag"]: values["kind"] for values in register.values("asset")} == {"L-1": "hardware", "R-1": "radio"}
    assert register.plan(path).kind == "radio"


def test_words_for_things_say_of_which_kind_each_row_is(register, sheet):
    path = sheet(
        ("Asset tag", "Serial", "Device type"),
        ["L-1", "S1", "Laptops"],
        ["P-2", "S2", "iPhone"],
        ["R-3", "S3", "Radio"],
    )
    plan = register.bring_in(path)
    assert (plan.kind, plan.kind_column, counts(plan)) == ("asset", "Device type", (3, 0, 0, 0))
    found = {values["tag"]: (values["kind"], values["category"]) for values in register.values("asset")}
    assert found == {"L-1": ("hardware", "Laptops"), "P-2": ("mobile", "iPhone"), "R-3": ("radio", "Radio")}
    assert counts(register.plan(path)) == (0, 0, 3, 0)


def test_words_of_which_one_says_nothing_are_no_kinds(register, sheet):
    plan = register.plan(sheet(("Asset tag", "Serial", "Type"), ["L-1", "S1", "Laptop"], ["L-2", "S2", "Gizmo"]))
    assert (plan.kind, plan.kind_column) == ("hardware", None)


def test_a_person_says_which_column_tells_the_kind_and_what_its_words_mean(register, sheet):
    path = sheet(
        ("Asset tag", "Serial", "Group"), ["A", "S1", "Field kit"], ["B", "S2", "Cruiser"], ["C", "S3", "Mystery"]
    )
    kinds = {"field kit": "mobile", "Cruiser": "radio"}
    plan = register.bring_in(path, "hardware", kind_column="group", kinds=kinds)
    assert codes(plan) == [(4, "kind", "kind.usual")]
    assert counts(plan) == (3, 0, 0, 0)
    assert [values["kind"] for values in register.values("asset")] == ["mobile", "radio", "hardware"]
    with pytest.raises(UsageError, match=r"kind\.not-an-asset"):
        register.plan(path, kind_column="Group", kinds={"Cruiser": "person"})
    with pytest.raises(UsageError, match=r"import\.no-heading"):
        register.plan(path, kind_column="Type")


# What the person says


def test_custom_fields_come_in_and_are_there_at_once(register, sheet):
    fields = sheet(
        ("Key", "Label", "Kind of record", "Type", "Choices"),
        ["x_side", "Holster side", "radio", "Choice", "left\nright"],
    )
    assert counts(register.bring_in(fields, "custom_field")) == (1, 0, 0, 0)
    radios = sheet(("Asset tag", "Unit ID", "Holster side"), ["R-1", "4779", "LEFT"], ["R-2", "4780", "up"])
    plan = register.bring_in(radios)
    assert codes(plan) == [(3, "x_side", "choice.unknown")]
    assert counts(register.plan(radios)) == (0, 0, 1, 1)


def test_a_row_of_headings_that_only_the_asked_kind_knows_is_found(register, sheet):
    path = sheet(
        ["Our fields"], [], ["Applies to", "Heading", "Key", "Value type"], ["radio", "Side", "x_side", "text"]
    )
    plan = register.plan(path, "custom_field")
    assert plan.header_row == 3
    assert counts(plan) == (1, 0, 0, 0)


@pytest.mark.parametrize("columns", [("Column A", "Column B"), ("A", "B"), ("a", "column b")])
def test_a_table_without_headings_is_mapped_by_its_columns(register, sheet, columns):
    path = sheet(*([f"UTCS{n:05}", f"HEALTH{n:02}"] for n in range(10, 16)))
    tag, host = columns
    for kind in ("hardware", None):
        plan = register.plan(path, kind, header=0, mapping={tag: "tag", host: "Hostname"})
        assert (plan.kind, plan.header_row, counts(plan)) == ("hardware", None, (6, 0, 0, 0))
        assert plan.mapping == {"Column A": "tag", "Column B": "hostname"}
    with pytest.raises(InputError) as error:
        register.plan(path, "hardware", header=0)
    assert error.value.problem.code == "import.no-headings"


def test_a_range_and_a_row_of_headings_may_be_said(register, sheet):
    path = sheet(
        ["Old list", "", "", ""],
        ["Asset tag", "Serial number", "Hostname", "x"],
        ["Asset tag", "Serial number", "Hostname", "x"],
        ["L-1", "S1", "pc1", ""],
        ["L-2", "S2", "pc2", ""],
        ["L-3", "S3", "pc3", ""],
    )
    assert register.plan(path, header=3).header_row == 3
    plan = register.plan(path, area="A3:B5")
    assert (plan.header_row, plan.rows, list(plan.mapping)) == (3, 2, ["Asset tag", "Serial number"])
    plan = register.plan(path, "hardware", area="B5:C6", header=0, mapping={"B": "serial", "C": "hostname"})
    assert (plan.rows, codes(plan)) == (2, [])


def test_what_is_said_of_a_column_outdoes_the_guess(register, sheet):
    path = sheet(("Asset tag", "Serial number", "Old no."), ["L-1", "S1", "17"])
    plan = register.plan(path, mapping={"old no": "Asset tag", "Asset tag": "other_barcode", "serial number": ""})
    assert plan.mapping == {"Asset tag": "other_barcode", "Serial number": None, "Old no.": "tag"}
    for mapping, code in (({"Nope": "tag"}, "import.no-heading"), ({"Old no.": "nope"}, "field.unknown")):
        with pytest.raises(UsageError) as error:
            register.plan(path, "hardware", mapping=mapping)
        assert error.value.problem.code == code


def test_a_column_that_is_not_what_it_promises_is_left_out_and_one_of_the_fields_own_name_is_not(register, sheet):
    rows = [["L-1", "12"], ["L-2", "36"], ["L-3", "24"]]
    plan = register.plan(sheet(("Asset tag", "Warranty"), *rows), "hardware")
    assert counts(plan) == (3, 0, 0, 0)
    assert [(each.heading, each.field) for each in plan.left_out] == [("Warranty", "warranty_end")]
    assert counts(register.plan(sheet(("Asset tag", "Warranty end"), *rows), "hardware")) == (0, 0, 0, 3)


def test_a_tag_alone_is_a_row_and_a_banner_is_none(register, sheet):
    headings = ("Tag", "Serial", "Make", "Model", "Cost")
    path = sheet(
        headings,
        ["Station 3", "", "", "", ""],
        *([f"L-{n}", f"S{n}", "Dell", "5440", "1200"] for n in range(5)),
        ["L-0042", "", "", "", ""],
        ["End of report", "", "", "", ""],
    )
    plan = register.plan(path)
    assert [(each.row, each.reason) for each in plan.skipped] == [(2, "note"), (9, "note")]
    assert counts(plan) == (6, 0, 0, 0)


# Secrets


@pytest.mark.parametrize(
    "heading",
    [
        "SIM PIN", "SIM-PIN", "PIN", "pin1", "PUK", "PUK 2", "PUK1 (2)", "SIM PUK code", "Password", "adminPassword",
        "BIOS pwd", "Wi-Fi passphrase", "Passcode", "Airplay Password (tvOS Only)", "Activation secret",
        "Client Secret", "Password [Required]", "Initial password [passwordProfile] Required", "SIM PIN (optional)",
        "Pre-shared key", "PSK", "BitLocker recovery key", "Private Key", "Unlock code", "Encryption key", "AES key",
        "Key material", "TEK",
    ],
)  # fmt: skip
def test_columns_of_secrets_are_known(heading):
    assert is_secret(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Password never expires", "Last password change time stamp", "Strong password required", "Shipping", "Pinion",
        "Secretary", "Key ID", "CKR", "Encryption key ID", "Encryption", "Product key", "Keyboard", "Opinion",
        "Block credential", "SIM number", "Property PIN", "Spin", "Key references", "Password last set",
    ],
)  # fmt: skip
def test_columns_about_secrets_are_no_secrets(heading):
    assert not is_secret(heading)


def test_secrets_go_nowhere(register, sheet, tmp_path):
    path = sheet(
        ("Number", "Carrier", "SIM PIN", "PUK", "Notes", "Activated on"),
        ["2125550123", "Verizon", "4711", "88112233", "", "2024-02-29"],
        ["2125550124", "Verizon", "0815", "99112233", "x", "someday"],
    )
    # Not even where somebody maps them.
    plan = register.bring_in(path, "line", mapping={"SIM PIN": "account", "puk": "notes"})
    assert counts(plan) == (1, 0, 0, 1)
    assert [(each.heading, each.code) for each in plan.left_out] == [
        ("SIM PIN", "secret.column"),
        ("PUK", "secret.column"),
    ]
    samples = {each.heading: each.samples for each in plan.sheet_columns}
    assert (plan.mapping["SIM PIN"], samples["SIM PIN"], samples["PUK"]) == (None, (), ())
    assert write_errors(plan, tmp_path / "mend.xlsx", say) == 1
    written = json.dumps(plan_json(plan, say))
    written += str([list(row) for row in openpyxl.load_workbook(tmp_path / "mend.xlsx").active.values])
    written += str(look_at(register.database, path, ImportOptions(kind="line")))
    written += str(register.database_text())
    assert "2125550124" in written
    for secret in ("4711", "0815", "88112233", "99112233"):
        assert secret not in written


def test_a_key_is_refused_and_not_repeated(register, sheet, tmp_path):
    key = "0A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F9"
    path = sheet(
        ("Asset tag", "Unit ID", "CKR", "Encryption algorithm", "Encryption (loaded)"),
        ["R-1", "4779", "5", "AES-256", key],
        ["R-2", "4780", key, "AES-256", ""],
    )
    plan = register.bring_in(path)
    assert counts(plan) == (1, 0, 0, 1)
    assert codes(plan) == [(3, "key_reference", "secret.key-material")]
    write_errors(plan, tmp_path / "mend.csv", say)
    written = json.dumps(plan_json(plan, say)) + (tmp_path / "mend.csv").read_text() + str(plan.sheet_columns)
    written += str(register.database_text())
    assert "R-2" in written
    assert key[:10] not in written


def test_refused_rows_are_written_to_be_mended_and_come_in_then(register, sheet, tmp_path):
    path = sheet(
        ("Asset tag", "Serial number", "Acquired on", "IMEI"),
        ["L-1", "00042", "someday", "490154203237518"],
        ["L-2", "=1+1", "2024-02-29", "356938035643809"],
        ["L-3", "'x", "2024-02-29", "3.56938E+14"],
    )
    plan = register.bring_in(path, "mobile")
    assert counts(plan) == (1, 0, 0, 2)
    mend = tmp_path / "mend.csv"
    assert write_errors(plan, mend, say) == 2
    lines = mend.read_text(encoding="utf-8-sig")
    assert "What to mend" in lines
    assert "Acquired on: " in lines
    mend.write_text(lines.replace("someday", "2024-02-28").replace("3.56938E+14", "356938035643817"), "utf-8")
    assert counts(register.bring_in(mend, "mobile")) == (2, 0, 0, 0)
    assert [values["serial"] for values in register.values("mobile")] == ["=1+1", "00042", "'x"]


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("Item", "Type", "Quantity"), "stock"),
        (("Model", "Quantity ", "Date"), "stock"),
        (("Part #", "Part Description", "Qty On Hand", "Min", "Bin"), "stock"),
        (("Item", "Asset type", "Supplier", "QTY"), "stock"),
        (("Asset tag", "Item", "Serial", "Qty"), "hardware"),
        (("Software", "Vendor", "Quantity", "Renewal date"), "entitlement"),
    ],
)
def test_what_is_counted_is_stock_and_what_has_a_tag_is_not(register, sheet, headings, kind):
    path = sheet(headings, *([f"a{at}", f"b{at}", str(at), f"d{at}", "x"][: len(headings)] for at in range(1, 4)))
    assert register.plan(path).kind == kind


def test_what_is_counted_and_not_named_is_refused(register, sheet):
    with pytest.raises(InputError) as error:
        register.plan(sheet(("Category", "Count", "Location", "Department"), ["Laptop", "4", "City Hall", "Fire"]))
    assert error.value.problem.code == "import.counts"


@pytest.mark.parametrize("heading", ["Transaction ID", "Movement type", "In/Out", "Issued by"])
def test_what_came_and_went_is_no_stock(register, sheet, heading):
    with pytest.raises(InputError) as error:
        register.plan(sheet((heading, "Item", "Qty", "Date"), ["1", "Mouse", "4", "1/15/2026"]))
    assert error.value.problem.code == "file.movements"
