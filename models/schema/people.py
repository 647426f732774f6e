"""Who holds things: employees, officers, contractors."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, Day, Email, LongText, Phone, Ref, Text, YesNo
from models.schema.columns import Record, column
from models.schema.labelled import Labelled


class Person(Labelled, Record):
    """Somebody who can hold an asset, use a licence or run a department."""

    __tablename__ = "person"

    name: Mapped[str | None] = column(
        Text(),
        "Name",
        "full name; display name; displayname; employee; employee name; user; person; user name; licensed to name",
        group="Person",
        required=True,
        search=True,
        shown=True,
        index=True,
    )
    given_name: Mapped[str | None] = column(
        Text(), "First name", "first; givenname; given name; forename; first_name", group="Person"
    )
    family_name: Mapped[str | None] = column(
        Text(), "Last name", "last; surname; family name; last_name", group="Person"
    )
    email: Mapped[str | None] = column(
        Email(),
        "E-mail",
        "email; email address; mail; e-mail address; primary email; work email; emailaddress",
        group="Person",
        search=True,
        shown=True,
        identity=True,
    )
    username: Mapped[str | None] = column(
        Code(),
        "User name",
        "username; login; user principal name; userprincipalname; upn; account; samaccountname; logon name",
        group="Person",
        search=True,
        shown=True,
        identity=True,
    )
    employee_number: Mapped[str | None] = column(
        Code(),
        "Employee number",
        "employee id; employee no; emp id; employee #; employee_number; personnel number; staff id",
        group="Person",
        search=True,
        shown=True,
        identity=True,
    )
    badge: Mapped[str | None] = column(
        Code(), "Badge", "badge number; badge no; badge #; id card", group="Person", search=True, index=True
    )
    title: Mapped[str | None] = column(
        Text(),
        "Job title",
        "title; job title; position; position title; rank; jobtitle; role",
        group="Person",
        search=True,
        shown=True,
    )
    department: Mapped[str | None] = column(
        Ref("department"), "Department", "dept; dept.; division; department name; agency", group="Person", shown=True
    )
    location: Mapped[str | None] = column(
        Ref("location"),
        "Location",
        "office; office location; site; station; building; work location",
        group="Person",
        shown=True,
    )
    manager: Mapped[str | None] = column(
        Ref("person"), "Manager", "supervisor; reports to; manager name", group="Person"
    )
    phone: Mapped[str | None] = column(
        Phone(),
        "Phone",
        "phone number; telephone; telephone number; work phone; office phone; business phone; work number; desk phone",
        group="Contact",
        search=True,
    )
    mobile_phone: Mapped[str | None] = column(
        Phone(),
        "Mobile phone",
        "mobile; cell; cell phone; mobile number; cell number; cell phone number; work mobile",
        group="Contact",
        search=True,
    )
    active: Mapped[str | None] = column(
        YesNo(), "Active", "activated; enabled; is active; account enabled", group="Person", shown=True
    )
    starts_on: Mapped[str | None] = column(
        Day(), "Start date", "hire date; start; date hired; start_date", group="Person"
    )
    ends_on: Mapped[str | None] = column(
        Day(), "End date", "termination date; term date; separation date; end; leave date; last day", group="Person"
    )
    object_id: Mapped[str | None] = column(
        Code(), "Directory id", "object id; objectid; azure ad object id; external id", group="Person", index=True
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks", group="Notes", search=True, merge=Merge.APPEND
    )
