"""Mobile lines: a number, its SIM and its plan, apart from the device that they are in."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, Day, Iccid, Ip, LongText, Money, Phone, Ref, Text, YesNo
from models.schema.choices import LINE_STATUS
from models.schema.columns import Record, column


class Line(Record):
    """One line of a carrier's account. No SIM PIN or PUK is ever kept."""

    __tablename__ = "line"

    number: Mapped[str | None] = column(
        Phone(),
        "Number",
        "phone number; wireless number; mobile number; mdn; msisdn; phone; line; telephone number; service number",
        group="Line",
        required=True,
        search=True,
        shown=True,
        identity=True,
    )
    status: Mapped[str | None] = column(
        LINE_STATUS, "Status", "line status; service status; state", group="Line", shown=True, index=True
    )
    carrier: Mapped[str | None] = column(
        Text(), "Carrier", "network; provider; service provider", group="Line", search=True, shown=True
    )
    account: Mapped[str | None] = column(
        Code(),
        "Account",
        "account number; account no; billing account; ban; foundation account",
        group="Line",
        search=True,
    )
    plan: Mapped[str | None] = column(
        Text(), "Plan", "price plan; rate plan; plan name; service plan", group="Line", shown=True
    )
    iccid: Mapped[str | None] = column(
        Iccid(),
        "SIM (ICCID)",
        "sim; sim number; iccid number; sim card; sim id; sim serial number",
        group="Line",
        search=True,
        shown=True,
        identity=True,
    )
    esim: Mapped[str | None] = column(YesNo(), "eSIM", "is esim; embedded sim", group="Line")
    firstnet: Mapped[str | None] = column(YesNo(), "FirstNet", "firstnet line; first net", group="Line")
    static_ip: Mapped[str | None] = column(Ip(), "Static IP", "ip; ip address", group="Line")
    monthly_cost: Mapped[str | None] = column(
        Money(),
        "Monthly cost",
        "monthly plan charge; mrc; monthly charge; current charges; monthly access charge",
        group="Line",
        shown=True,
    )
    device: Mapped[str | None] = column(
        Ref("asset"), "Device", "asset tag; asset; device tag; tag; imei", group="Where and who", shown=True
    )
    custodian: Mapped[str | None] = column(
        Ref("person"),
        "User",
        "user name; username; assigned to; employee; full name; name; custodian; holder",
        group="Where and who",
        shown=True,
    )
    department: Mapped[str | None] = column(
        Ref("department"), "Department", "dept; division; cost center", group="Where and who", shown=True
    )
    activated_on: Mapped[str | None] = column(Day(), "Activated on", "activation date; start date", group="Line")
    ends_on: Mapped[str | None] = column(
        Day(), "Contract end", "contract end date; end date; upgrade date", group="Line"
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks", group="Notes", search=True, merge=Merge.APPEND
    )
