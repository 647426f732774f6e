"""The kinds of value, one class each; see models.fields.kind for what each can do."""

from models.fields.kinds.choice import Choice, YesNo
from models.fields.kinds.contact import Email, Phone, Url
from models.fields.kinds.mobile import Eid, Iccid, Imei, Meid
from models.fields.kinds.money import Money
from models.fields.kinds.network import Ip, Mac
from models.fields.kinds.numbers import Number, Percent, Whole
from models.fields.kinds.radio import (
    CallSign,
    DmrId,
    Flashcode,
    MdcId,
    Nac,
    NxdnUnit,
    P25Talkgroup,
    P25UnitId,
    SystemId,
    Wacn,
)
from models.fields.kinds.reference import Ref
from models.fields.kinds.text import Code, Hostname, KeyName, LongText, Serial, Tag, Text, express_code, service_tag
from models.fields.kinds.times import Day, Moment

__all__ = [
    "CallSign",
    "Choice",
    "Code",
    "Day",
    "DmrId",
    "Eid",
    "Email",
    "Flashcode",
    "Hostname",
    "Iccid",
    "Imei",
    "Ip",
    "KeyName",
    "LongText",
    "Mac",
    "MdcId",
    "Meid",
    "Moment",
    "Money",
    "Nac",
    "Number",
    "NxdnUnit",
    "P25Talkgroup",
    "P25UnitId",
    "Percent",
    "Phone",
    "Ref",
    "Serial",
    "SystemId",
    "Tag",
    "Text",
    "Url",
    "Wacn",
    "Whole",
    "YesNo",
    "express_code",
    "service_tag",
]
