"""Where things are: sites, buildings, floors, rooms, vehicles, storage; and the departments that own them."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, LongText, Ref, Text
from models.schema.choices import PLACE_TYPE
from models.schema.columns import Record, column
from models.schema.labelled import Labelled


class Department(Record):
    """A department or one of its parts."""

    __tablename__ = "department"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "department; department name; dept; division; org; agency",
        group="Department",
        required=True,
        search=True,
        shown=True,
        identity=True,
    )
    code: Mapped[str | None] = column(
        Code(),
        "Code",
        "department code; dept code; department number; dept number; department id; number; org code",
        group="Department",
        search=True,
        shown=True,
    )
    parent: Mapped[str | None] = column(
        Ref("department"), "Part of", "parent; parent department; belongs to", group="Department", shown=True
    )
    manager: Mapped[str | None] = column(
        Ref("person"), "Head", "head; director; chief; manager; department head", group="Department", shown=True
    )
    cost_center: Mapped[str | None] = column(
        Code(), "Cost center", "cost centre; costcenter; cost code; org key", group="Department", shown=True
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks", group="Notes", search=True, merge=Merge.APPEND
    )


class Location(Labelled, Record):
    """A place in the tree of places. A vehicle is a place too: things are mounted in it."""

    __tablename__ = "location"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "location name; site name; building name; room name; vehicle; place; site; building; room; "
        "station; unit; location",
        group="Place",
        required=True,
        search=True,
        shown=True,
    )
    place_type: Mapped[str | None] = column(
        PLACE_TYPE, "Type", "place type; location type; kind; type of place", group="Place", shown=True
    )
    parent: Mapped[str | None] = column(
        Ref("location"), "Inside", "parent; parent location; part of; in", group="Place", shown=True
    )
    code: Mapped[str | None] = column(
        Code(),
        "Code",
        "location code; location id; site code; site id; building code; room number; barcode",
        group="Place",
        search=True,
        shown=True,
        index=True,
    )
    department: Mapped[str | None] = column(
        Ref("department"), "Department", "dept; division", group="Place", shown=True
    )
    manager: Mapped[str | None] = column(
        Ref("person"), "In charge", "manager; manager username; contact; site contact", group="Place"
    )
    address: Mapped[str | None] = column(
        Text(),
        "Address",
        "street; street address; address 1; address1; address line 1",
        group="Address",
        search=True,
        shown=True,
    )
    address2: Mapped[str | None] = column(
        Text(), "Address, second line", "address 2; address line 2; suite", group="Address"
    )
    city: Mapped[str | None] = column(Text(), "City", "town", group="Address")
    state: Mapped[str | None] = column(Text(), "State", "province; region; stateorprovince", group="Address")
    postal_code: Mapped[str | None] = column(Code(), "Postal code", "zip; zip code; postcode", group="Address")
    country: Mapped[str | None] = column(Text(), "Country", "countryorregion", group="Address")
    unit_number: Mapped[str | None] = column(
        Code(),
        "Unit number",
        "vehicle number; unit no; unit #; fleet number; apparatus number; vehicle id; unit id",
        group="Vehicle",
        search=True,
    )
    plate: Mapped[str | None] = column(
        Code(),
        "Plate",
        "licence plate; license plate; plate number; license plate number; tag number; registration",
        group="Vehicle",
        search=True,
    )
    vin: Mapped[str | None] = column(
        Code(), "VIN", "vehicle identification number; vin number", group="Vehicle", search=True
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks; description", group="Notes", search=True, merge=Merge.APPEND
    )
