"""Columns that computers and mobile devices share."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import Code, Mac, Text, Whole, YesNo
from models.schema.columns import column

_TECH = "Technical"


class Computing:
    """A device with an operating system, storage and a wireless address."""

    os: Mapped[str | None] = column(Text(), "OS", "operating system; os name; platform; os type", group=_TECH)
    os_version: Mapped[str | None] = column(
        Code(),
        "OS version",
        "operating system version; osversion; os build; operating system build; os release",
        group=_TECH,
    )
    storage_gb: Mapped[int | None] = column(
        Whole(unit="GB"),
        "Storage (GB)",
        "storage; capacity; disk; hdd; ssd; storage size; device capacity; disk size; hard drive",
        group=_TECH,
    )
    wifi_mac: Mapped[str | None] = column(
        Mac(), "Wi-Fi MAC", "wifi mac address; wireless mac; wi-fi mac address; wlan mac", group="Network", search=True
    )
    encrypted: Mapped[str | None] = column(
        YesNo(),
        "Storage encrypted",
        "encrypted; disk encryption; bitlocker; filevault; filevault enabled; filevault 2 status; encryption status",
        group=_TECH,
    )
    supervised: Mapped[str | None] = column(YesNo(), "Supervised", "is supervised", group=_TECH)
    compliance: Mapped[str | None] = column(Text(), "Compliance", "compliance state; compliant", group=_TECH)
    managed_by: Mapped[str | None] = column(Text(), "Managed by", "mdm; management; management system", group=_TECH)
    group_tag: Mapped[str | None] = column(
        Text(), "Group tag", "orgunitpath; autopilot group tag; ou; management group", group=_TECH
    )
