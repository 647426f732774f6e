"""The demo city's phones, tablets and modems, and its lines."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.assets import Placer, Row
from models.services.demo.identities import LINES, eid, iccid, imei, phone
from models.services.demo.purchases import Lot

#: The first telephone numbers are the departments' and the vendors' own.
_FIRST_LINE = 100
_LINE_SHARE = {"Smartphone": 1.0, "Tablet": 0.6, "Handheld computer": 0.7, "Vehicle modem": 1.0, "Hotspot": 1.0}
_OS_VERSIONS = {
    "iOS": ("18.1.1", "18.1", "17.7.2"),
    "iPadOS": ("18.1.1", "18.1", "17.7.2"),
    "Android": ("14", "13", "12"),
    "NetCloud OS": ("7.24.80", "7.24.40"),
    "ALEOS": ("4.17.1", "4.16.0"),
    "Netgear": ("6.05.12",),
}


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier and the city's account with it. `issuer` begins the numbers of its SIMs."""

    name: str
    issuer: str
    account: str
    phone_plan: tuple[str, str]
    data_plan: tuple[str, str]


_CARRIERS = (
    Carrier("FirstNet", "890141", "287301114455", ("FirstNet Unlimited", "42.99"), ("FirstNet Data", "37.99")),
    Carrier("Verizon", "891480", "0842190011-00001", ("Public Sector", "39.99"), ("Public Sector Data", "35.00")),
    Carrier("T-Mobile", "890126", "961220457", ("Government", "30.00"), ("Government Data", "25.00")),
)


class MobileMaker:
    """Makes the rows of mobile devices, each followed by its line if it has one."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._rng = placer.rng
        self._devices = 0
        self._sims = placer.rng.randrange(10**6, 10**7)
        self._lines = _FIRST_LINE
        # There are fictional numbers for some hundred thousand devices; beyond that, one in so many has a line.
        self._chance = min(1.0, (LINES - _FIRST_LINE) / 1.1 / max(placer.city.sizes.mobile, 1))

    def edits(self, quota: int) -> Iterator[Edit]:
        """So many mobile devices with their lines, and the lines that no device has."""
        for lot in self._placer.buyer.lots(data.mix("mobile"), quota):
            for _ in range(lot.size):
                row, id_ = self._placer.row(lot), next(self._placer.ids)
                self._identify(lot, row)
                line = self._line_of(lot, row, id_)
                yield Edit("asset", id_, row, new=True)
                if line:
                    yield line
        for rank in range(max(2, quota // 30)):
            status = ("spare", "active", "suspended", "cancelled")[rank % 4]
            if self._lines < LINES:
                yield self._loose_line(status)

    def _identify(self, lot: Lot, row: Row) -> None:
        model, rng = lot.model, self._rng
        # The factor is odd and no multiple of five: the numbers of a million devices are a million different ones.
        number = self._devices = self._devices + 1
        row["imei"] = imei(model.tac, number * 7)
        if model.sim2:
            # The second slot has a type code of its own, as with real telephones.
            row["imei2"] = imei(f"{model.tac[:6]}{int(model.tac[6:]) + 50:02}", number * 7)
            row["eid"] = eid(10**15 + number * 1_047)
        row["os"] = model.os
        row["os_version"] = _OS_VERSIONS[model.os][int(len(_OS_VERSIONS[model.os]) * rng.random() ** 1.7)]
        row["wifi_mac"] = self._placer.mac(model.maker)
        if lot.mix.held_by == "vehicle" or model.category == "Hotspot":
            self._placer.mark_seen(row)
            return
        row["storage_gb"] = str(model.storage[int(len(model.storage) * rng.random())])
        row["encrypted"] = "yes"
        row["colour"] = ("Black", "Midnight", "Blue", "White")[int(4 * rng.random())]
        if row["status"] == "in_service":
            self._placer.mark_seen(row)
            row["managed_by"] = "Intune"
            row["device_name"] = f"LM-{row['tag']}"
            row["compliance"] = "Compliant" if rng.random() < 0.95 else "Not compliant"
            row["jailbroken"] = "no"
            if model.maker == "Apple":
                row["supervised"] = "yes"
            else:
                year, month = divmod(self._placer.today.year * 12 + self._placer.today.month - 2, 12)
                row["security_patch"] = f"{year}-{month + 1:02}-05"

    def _line_of(self, lot: Lot, row: Row, device: str) -> Edit | None:
        share = _LINE_SHARE[lot.model.category] * self._chance
        if row["status"] != "in_service" or self._lines >= LINES or self._rng.random() >= share:
            return None
        carrier = _CARRIERS[0 if lot.mix.held_by == "vehicle" else int(3 * self._rng.random() ** 1.6)]
        patch = self._line(carrier, lot.model.category in ("Smartphone", "Handheld computer"))
        patch |= {"status": "active", "device": device, "department": row["department"]}
        patch["activated_on"] = start = row.get("assigned_on") or lot.day.isoformat()
        patch["ends_on"] = (dt.date.fromisoformat(start) + dt.timedelta(days=730)).isoformat()
        if row.get("custodian"):
            patch["custodian"] = row["custodian"]
        if lot.model.sim2 and self._rng.random() < 0.6:
            patch["esim"] = "yes"
        if lot.mix.held_by == "vehicle":
            patch["static_ip"] = f"100.{64 + self._lines // 65_000}.{self._lines // 254 % 256}.{self._lines % 254 + 1}"
        row["sim"], row["phone"], row["carrier"] = patch["iccid"], patch["number"], carrier.name
        return Edit("line", next(self._placer.ids), patch, new=True)

    def _line(self, carrier: Carrier, voice: bool) -> Row:
        number = phone(self._lines)
        self._lines += 1
        self._sims += 1 + int(40 * self._rng.random())
        plan, cost = carrier.phone_plan if voice else carrier.data_plan
        return {
            "number": number,
            "carrier": carrier.name,
            "account": carrier.account,
            "plan": plan,
            "iccid": iccid(carrier.issuer, self._sims),
            "firstnet": "yes" if carrier.name == "FirstNet" else "no",
            "monthly_cost": cost,
        }

    def _loose_line(self, status: str) -> Edit:
        """A line that no device has: a spare SIM in the drawer, one that nobody cancelled."""
        patch = self._line(_CARRIERS[int(3 * self._rng.random())], voice=True)
        patch |= {
            "status": status,
            "department": self._placer.city.departments["IT"].id,
            "activated_on": (self._placer.today - dt.timedelta(days=200 + int(900 * self._rng.random()))).isoformat(),
        }
        if status == "active":
            patch["notes"] = "No device since the last replacement."
        return Edit("line", next(self._placer.ids), patch, new=True)
