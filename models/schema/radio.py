"""Subscriber radios and their infrastructure: identity, programming, encryption by reference."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import (
    CallSign,
    Code,
    Day,
    DmrId,
    Flashcode,
    KeyName,
    MdcId,
    NxdnUnit,
    P25UnitId,
    Ref,
    Text,
    YesNo,
)
from models.schema.asset import Asset
from models.schema.choices import ALGORITHM, RADIO_TYPE
from models.schema.columns import column

_IDS = "Radio identity"
_PROG = "Programming"
_KEYS = "Encryption"


class Radio(Asset):
    """A radio. Unit IDs are unique within a system, not in the world; duplicates are faults that people hunt for."""

    __mapper_args__ = {"polymorphic_identity": "radio"}  # noqa: RUF012 (SQLAlchemy's form)

    radio_type: Mapped[str | None] = column(
        RADIO_TYPE, "Radio type", "form factor; subscriber type; unit type", group=_IDS
    )
    system: Mapped[str | None] = column(
        Ref("system"), "System", "radio system; trunked system; network system; system name", group=_IDS
    )
    unit_id: Mapped[int | None] = column(
        P25UnitId(),
        "Unit ID",
        "radio id; subscriber id; rid; radio_id; p25 id; individual id; subscriber unit id; iuid; suid; p25 unit id; "
        "unit id number; radio id number",
        group=_IDS,
        search=True,
        shown=True,
        identity=True,
    )
    alias: Mapped[str | None] = column(
        Text(mono=False),
        "Alias",
        "radio alias; unit alias; console alias; subscriber alias; radio name",
        group=_IDS,
        search=True,
        shown=True,
        index=True,
    )
    mdc_id: Mapped[str | None] = column(
        MdcId(), "MDC-1200 ID", "mdc; mdc id; mdc1200; primary id", group=_IDS, search=True
    )
    dmr_id: Mapped[int | None] = column(DmrId(), "DMR ID", "dmr; dmrid", group=_IDS, search=True)
    nxdn_id: Mapped[int | None] = column(NxdnUnit(), "NXDN unit ID", "nxdn; nxdn id", group=_IDS, search=True)
    call_sign: Mapped[str | None] = column(
        CallSign(), "Call sign", "callsign; fcc call sign; fcc callsign; licence call sign", group=_IDS, search=True
    )
    bands: Mapped[str | None] = column(Text(), "Bands", "band; frequency band; frequency range", group=_PROG)
    flashcode: Mapped[str | None] = column(Flashcode(), "Flashcode", "flash code; flashport", group=_PROG)
    firmware: Mapped[str | None] = column(
        Code(), "Firmware", "firmware version; host firmware; radio firmware; fw; fw version", group=_PROG, search=True
    )
    codeplug: Mapped[str | None] = column(
        Code(),
        "Codeplug",
        "template; codeplug name; template name; personality; configuration name",
        group=_PROG,
        search=True,
    )
    codeplug_version: Mapped[str | None] = column(
        Code(), "Codeplug version", "template version; cp version; codeplug ver", group=_PROG
    )
    last_programmed: Mapped[str | None] = column(
        Day(),
        "Last programmed",
        "last programmed date; date last programmed; date of last programming; programmed on; last write; "
        "last written; program date; last read",
        group=_PROG,
    )
    secure: Mapped[str | None] = column(
        YesNo(), "Encryption fitted", "encryption; secure; encryption capable; encrypted", group=_KEYS
    )
    algorithm: Mapped[str | None] = column(
        ALGORITHM, "Algorithm", "encryption algorithm; algid; encryption type", group=_KEYS
    )
    key_reference: Mapped[str | None] = column(
        KeyName(),
        "Key references",
        "ckr; sln; key reference; key ref; key id; kid; ckrs; key ids",
        group=_KEYS,
        readers="radio",
        help="CKR, SLN or key ID: the name of the key, never the key.",
    )
    kmf: Mapped[str | None] = column(
        KeyName(), "KMF", "key management facility; kmf name", group=_KEYS, readers="radio"
    )
    otar: Mapped[str | None] = column(
        YesNo(), "OTAR", "otar enabled; over the air rekeying", group=_KEYS, readers="radio"
    )
    last_rekey: Mapped[str | None] = column(
        Day(), "Last rekeyed", "last rekey; rekey date; keys loaded", group=_KEYS, readers="radio"
    )
    next_rekey: Mapped[str | None] = column(
        Day(), "Rekey due", "next rekey; rekey due date", group=_KEYS, readers="radio"
    )
    antenna: Mapped[str | None] = column(Text(), "Antenna", "antenna type", group=_PROG)
