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
        "phone number; wireless number; mobile number; mdn; msisdn; phone; line; telephone number; service number; "
        "subscriber number; cell number; cellular number; cell phone number; wireless phone number; ctn; "
        "ptn; line number; "
        "mobile telephone number; device phone number",
        group="Line",
        required=True,
        search=True,
        shown=True,
        identity=True,
    )
    status: Mapped[str | None] = column(
        LINE_STATUS,
        "Status",
        "line status; service status; wireless number status; subscriber status; state; account status",
        group="Line",
        shown=True,
        index=True,
    )
    carrier: Mapped[str | None] = column(
        Text(), "Carrier", "network; provider; service provider", group="Line", search=True, shown=True
    )
    account: Mapped[str | None] = column(
        Code(),
        "Account",
        "account number; account no; billing account number; billing account; ban; customer account; "
        "foundation account "
        "number; foundation account; fan",
        group="Line",
        search=True,
    )
    plan: Mapped[str | None] = column(
        Text(),
        "Plan",
        "price plan; rate plan; plan name; price plan description; rate plan name; rate plan description; price plan "
        "name; plan description; service plan; voice plan; data plan; calling plan",
        group="Line",
        shown=True,
    )
    iccid: Mapped[str | None] = column(
        Iccid(),
        "SIM (ICCID)",
        "iccid; sim; sim number; iccid number; sim card; sim card number; sim id; sim serial number; sim serial; "
        "current sim; usim",
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
        "monthly plan charge; mrc; monthly charge; monthly recurring charge; monthly charges; "
        "monthly cost; monthly access charge; monthly access; "
        "plan charge; monthly service charge; total monthly charge; total current charges; current charges; "
        "total charges",
        group="Line",
        shown=True,
    )
    device: Mapped[str | None] = column(
        Ref("asset"),
        "Device",
        "asset tag; asset; device tag; tag; imei; device imei; device id; imei/esn; esn/imei; equipment id; "
        "imei number",
        group="Where and who",
        shown=True,
    )
    custodian: Mapped[str | None] = column(
        Ref("person"),
        "User",
        "user name; username; assigned to; employee; employee name; full name; wireless user name; wireless user full "
        "name; subscriber name; end user; end user name; user full name; name; custodian; holder; assigned user",
        group="Where and who",
        shown=True,
    )
    department: Mapped[str | None] = column(
        Ref("department"), "Department", "dept; division; cost center", group="Where and who", shown=True
    )
    activated_on: Mapped[str | None] = column(
        Day(),
        "Activated on",
        "activation date; date activated; service start date; start date; original activation date",
        group="Line",
    )
    ends_on: Mapped[str | None] = column(
        Day(),
        "Contract end",
        "contract end date; contract expiration date; commitment end date; end date; contract expiration; upgrade date",
        group="Line",
    )
    notes: Mapped[str | None] = column(
        LongText(), "Notes", "note; comments; remarks", group="Notes", search=True, merge=Merge.APPEND
    )
