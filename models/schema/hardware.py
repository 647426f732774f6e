"""Computers, servers, cameras, network gear, printers, docks: hardware."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import Code, Hostname, Ip, Mac, Text, Whole
from models.schema.asset import Asset
from models.schema.columns import column
from models.schema.computing import Computing

_TECH = "Technical"
_NET = "Network"


class Hardware(Computing, Asset):
    """Equipment with neither a SIM nor a unit ID of its own."""

    __mapper_args__ = {"polymorphic_identity": "hardware"}  # noqa: RUF012 (SQLAlchemy's form)

    hostname: Mapped[str | None] = column(
        Hostname(),
        "Hostname",
        "host name; computer name; machine name; pc name; dns name; device name; host; computer; "
        "assetname; dnshostname; fqdn",
        group=_NET,
        search=True,
        shown=True,
    )
    processor: Mapped[str | None] = column(
        Text(), "Processor", "cpu; processor type; processor name; cpu type; cpu name; cpu model", group=_TECH
    )
    memory_gb: Mapped[int | None] = column(
        Whole(unit="GB"), "Memory (GB)", "ram; memory; ram size; installed memory; ram (gb)", group=_TECH
    )
    graphics: Mapped[str | None] = column(Text(), "Graphics", "graphics card; gpu; vga card; video card", group=_TECH)
    mac: Mapped[str | None] = column(
        Mac(),
        "MAC address",
        "mac; macaddress; ethernet mac; ethernetmac; lan mac; ethernet mac address; physical address; wired mac",
        group=_NET,
        search=True,
    )
    ip: Mapped[str | None] = column(
        Ip(),
        "IP address",
        "ip; ipaddress; ipv4; management ip; management_ip; last reported ip address; static ip; ip addr; "
        "ipv4 address; mgmt ip; management ip address; local ip; lan ip",
        group=_NET,
        search=True,
    )
    domain: Mapped[str | None] = column(Text(), "Domain", "ad domain; workgroup; dns domain", group=_NET)
    vlan: Mapped[str | None] = column(Code(), "VLAN", "vlan id", group=_NET)
    switch_port: Mapped[str | None] = column(Code(), "Switch port", "port; patch; jack; wall jack", group=_NET)
    bios_version: Mapped[str | None] = column(
        Code(),
        "BIOS or firmware",
        "bios; bios version; bios_version; firmware; firmware version; firmwareversion",
        group=_TECH,
    )
    rack: Mapped[str | None] = column(Text(), "Rack", "rack name; cabinet; rack_str", group="Where and who")
    rack_unit: Mapped[int | None] = column(
        Whole(), "Rack unit", "u; rack position; u position; position u; ru", group="Where and who"
    )
    last_user: Mapped[str | None] = column(
        Text(),
        "Last logged-on user",
        "last user; last logged on user; last logon user; last logged in user; current user; logged on user; "
        "recentusers",
        group=_TECH,
    )
    asset_uuid: Mapped[str | None] = column(
        Code(),
        "Hardware UUID",
        "uuid; smbios uuid; hardware uuid; azure ad device id; microsoft entra device id",
        group="Identity",
    )
