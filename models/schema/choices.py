"""The words that choice fields offer, with the words that spreadsheets use for them."""

from collections.abc import Mapping

from models.fields.kinds import Choice


def _choice(options: Mapping[str, str], *, open: bool = False) -> Choice:  # noqa: A002 (Choice's word)
    """A choice from code -> "label; other words", the words with semicolons between."""
    return Choice({code: [word.strip() for word in words.split(";")] for code, words in options.items()}, open=open)


STATUS = _choice(
    {
        "in_service": "In service; active; in use; deployed; assigned; aktif; operational; production; installed; "
        "issued; checked out; live",
        "in_stock": "In stock; spare; available; ready to deploy; deployable; stock; storage; new; ready; "
        "unassigned; pending",
        "reserved": "Reserved; on hold",
        "in_repair": "In repair; repair; under repair; in maintenance; maintenance; out for repair; rma",
        "broken": "Broken; undeployable; defective; damaged; faulty; out of service; rusak",
        "lost": "Lost; missing; lost/stolen",
        "stolen": "Stolen",
        "retired": "Retired; inactive; archived; decommissioned; end of life; surplus; deprovisioned",
        "disposed": "Disposed; sold; scrapped; recycled; destroyed; disposed of",
    },
    open=True,
)
CONDITION = _choice(
    {
        "new": "New",
        "good": "Good; bagus; excellent; very good",
        "fair": "Fair; used; average; ok",
        "poor": "Poor; bad; worn",
        "broken": "Broken; damaged; defective; rusak",
    },
    open=True,
)
OWNERSHIP = _choice(
    {
        "owned": "Owned; corporate; company; purchased",
        "leased": "Leased; lease",
        "loaned": "On loan to us; loaned",
        "personal": "Personal; byod",
    },
    open=True,
)
RADIO_TYPE = _choice(
    {
        "portable": "Portable; handheld; walkie-talkie; ht",
        "mobile": "Mobile; vehicular; vehicle radio",
        "control": "Control station; consolette; desktop",
        "base": "Base; base station",
        "repeater": "Repeater",
        "console": "Console; dispatch console",
    },
    open=True,
)
ALGORITHM = _choice(
    # ALGIDs as key-fill software lists them; 0x85 is claimed by two algorithms and is left out.
    {
        "clear": "Clear; 80; none; unencrypted",
        "des-ofb": "DES-OFB; 81; des",
        "3des-2": "2-key 3DES; 82",
        "3des-3": "3-key 3DES; 83; 3des; tdes",
        "aes-256": "AES-256; 84; aes; aes256",
        "des-xl": "DES-XL; 9f",
        "dvi-xl": "DVI-XL; a0",
        "dvp-xl": "DVP-XL; a1",
        "adp": "ADP (RC4); aa; rc4; arc4",
    },
    open=True,
)
SYSTEM_TYPE = _choice(
    {
        "p25": "P25; project 25; apco 25; astro",
        "dmr": "DMR; mototrbo",
        "nxdn": "NXDN; nexedge",
        "tetra": "TETRA",
        "edacs": "EDACS",
        "ltr": "LTR",
        "analogue": "Analogue; analog; conventional; fm",
    },
    open=True,
)
PLACE_TYPE = _choice(
    {
        "site": "Site; campus; station",
        "building": "Building",
        "floor": "Floor; level",
        "room": "Room; office; closet",
        "vehicle": "Vehicle; apparatus; unit; car; truck",
        "storage": "Storage; warehouse; stock room; cabinet; shelf",
    },
    open=True,
)
METRIC = _choice(
    {
        "user": "Named user; per user; user",
        "device": "Device; per device; computer",
        "concurrent": "Concurrent; floating; network",
        "core": "Core; per core",
        "processor": "Processor; cpu; socket",
        "user_cal": "User CAL",
        "device_cal": "Device CAL",
        "subscription": "Subscription",
        "site": "Site; enterprise; unlimited",
        "oem": "OEM",
        "instance": "Instance; server",
    },
    open=True,
)
LINE_STATUS = _choice(
    {
        "active": "Active; in service; in use",
        "suspended": "Suspended; hold",
        "spare": "Spare; unassigned; available",
        "cancelled": "Cancelled; canceled; disconnected; terminated; inactive",
    },
    open=True,
)
STOCK_TYPE = _choice(
    {
        "accessory": "Accessory; accessories; peripheral",
        "consumable": "Consumable; consumables; supply; supplies",
        "component": "Component; components; part; spare part; spare",
    },
    open=True,
)
CUSTOM_TYPE = _choice(
    {
        "text": "Text; string",
        "number": "Number; amount",
        "date": "Date; day",
        "choice": "Choice; option; list",
        "yesno": "Yes or no; boolean; yes/no",
    }
)
ASSET_KIND = _choice(
    {
        "hardware": "Hardware; computer; it equipment",
        "mobile": "Mobile device; mobile; phone; tablet",
        "radio": "Radio",
    }
)

TAG_CHECK = _choice(
    {
        "none": "None; no",
        "mod_11_2": "MOD 11-2; iso 7064 mod 11-2; mod 11,2",
        "mod_37_2": "MOD 37-2; iso 7064 mod 37-2; mod 37,2",
        "mod_97_10": "MOD 97-10; iso 7064 mod 97-10; mod 97,10",
        "mod_11_10": "MOD 11-10; iso 7064 mod 11,10",
        "mod_37_36": "MOD 37-36; iso 7064 mod 37,36",
    }
)
TAG_RECORD = _choice(
    {"hardware": "Hardware", "mobile": "Mobile device; mobile", "radio": "Radio; radios"},
)
TAG_USE = _choice({"block": "Numbers of a device; block", "roll": "Pre-printed roll; roll"})
REVIEW_MATTER = _choice(
    {
        "fork": "Changed twice; fork",
        "duplicate": "Duplicate",
        "refused": "Refused",
        "custody": "Custody",
        "seats": "Seats",
    },
    open=True,
)
REVIEW_OUTCOME = _choice(
    {
        "stands": "Left as it stands",
        "other": "The other was taken",
        "third": "Something else was written",
        "merged": "Merged into one",
        "kept": "Both are kept",
    },
    open=True,
)
