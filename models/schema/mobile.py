"""Phones, tablets, modems and routers: what carries an IMEI."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import Code, Eid, Iccid, Imei, Meid, Phone, Text, YesNo
from models.schema.asset import Asset
from models.schema.columns import column
from models.schema.computing import Computing

_IDS = "Identifiers"


class Mobile(Computing, Asset):
    """A mobile device. Its line (number, SIM, plan) is a record of its own: the two part ways."""

    __mapper_args__ = {"polymorphic_identity": "mobile"}  # noqa: RUF012 (SQLAlchemy's form)

    imei: Mapped[str | None] = column(
        Imei(),
        "IMEI",
        "imei 1; imei1; imei number; imei/meid; device imei; imei no",
        group=_IDS,
        search=True,
        shown=True,
        identity=True,
        more="imei2",
    )
    imei2: Mapped[str | None] = column(
        Imei(), "IMEI 2", "imei2; second imei; esim imei", group=_IDS, search=True, identity=True
    )
    eid: Mapped[str | None] = column(Eid(), "EID", "esim eid; euicc id", group=_IDS, search=True, identity=True)
    meid: Mapped[str | None] = column(Meid(), "MEID", "", group=_IDS, search=True)
    sim: Mapped[str | None] = column(
        Iccid(),
        "SIM in device",
        "iccid; sim; sim number; sim card; sim card number; sim serial",
        group=_IDS,
        search=True,
        index=True,
        help="The ICCID that the device reports. The line's own SIM is kept with the line.",
    )
    phone: Mapped[str | None] = column(
        Phone(),
        "Phone number",
        "phone; mobile number; wireless number; mdn; msisdn; telephone; cell number; phone no",
        group=_IDS,
        search=True,
        shown=True,
        index=True,
        help="The number that the device reports. The line itself is a record of its own.",
    )
    carrier: Mapped[str | None] = column(
        Text(), "Carrier", "subscriber carrier; network; wireless carrier; service provider; provider name", group=_IDS
    )
    jailbroken: Mapped[str | None] = column(YesNo(), "Jailbroken", "rooted; compromised", group="Technical")
    security_patch: Mapped[str | None] = column(Code(), "Security patch", "security patch level", group="Technical")
    colour: Mapped[str | None] = column(Text(), "Colour", "color", group="Technical")
    device_name: Mapped[str | None] = column(Text(), "Device name", "", group="Technical", search=True)
