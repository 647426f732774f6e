"""The demo city's hardware: computers, screens, servers, network gear, cameras, printers."""

from collections.abc import Iterator
from typing import TypeVar

from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.assets import Placer, Row
from models.services.demo.purchases import Lot

_T = TypeVar("_T")

_VERSIONS = {
    "Windows 10 Pro": ("10.0.19045.5131", "10.0.19045.4780"),
    "Windows 11 Pro": ("10.0.26100.2314", "10.0.22631.4460", "10.0.22631.4391", "10.0.22621.3007"),
    "macOS": ("15.1.1", "14.7.1"),
    "VMware ESXi": ("8.0.3", "7.0.3"),
    "Windows Server 2019": ("10.0.17763.6532",),
    "Windows Server 2022": ("10.0.20348.2849",),
}
_BIOS = ("1.31.0", "1.29.2", "1.24.1", "1.18.0")
#: What carries programs of its own and a network address, with its virtual network.
_NETWORKED = {
    "Switch": ("10", ("17.12.4", "17.9.5", "15.2.7")),
    "Access point": ("12", ("17.12.4", "17.9.5")),
    "Firewall": ("2", ("7.4.5", "7.2.10")),
    "Router": ("2", ("17.9.5", "16.12.11")),
    "UPS": ("10", ("1.4", "1.2")),
    "Camera": ("60", ("11.11.124", "11.11.73", "10.12.236")),
    "Printer": ("40", ("5.7.1", "5.6.0.2")),
    "Label printer": ("40", ("V93.21.26Z", "V93.21.17Z")),
    "Desk phone": ("80", ("14.3.1", "12.8.1")),
}
_COMPUTERS = frozenset(("Laptop", "Desktop", "Vehicle computer"))


class HardwareMaker:
    """Makes the rows of hardware, the oldest first. `computers` are those in service: id, host name, user, system."""

    def __init__(self, placer: Placer) -> None:
        self.computers: list[tuple[str, str, str, str]] = []
        self._placer = placer
        self._rng = placer.rng
        self._codes = {department.id: code for code, department in placer.city.departments.items()}
        self._users = dict(zip(placer.people.ids, placer.people.usernames, strict=True))
        self._addresses = 0
        self._racks = 0

    def edits(self, quota: int) -> Iterator[Edit]:
        """So many rows of hardware."""
        for lot in self._placer.buyer.lots(data.mix("hardware"), quota):
            if lot.model.dock:
                yield from self._vehicle_computers(lot)
                continue
            for _ in range(lot.size):
                yield Edit("asset", *self._device(lot), new=True)

    def _vehicle_computers(self, lot: Lot) -> Iterator[Edit]:
        """Each with its dock, which is screwed into the vehicle and holds it."""
        buyer = self._placer.buyer
        docks = buyer.lot(buyer.named(lot.model.dock), lot.mix, lot.day, lot.size)
        for _ in range(lot.size):
            row, computer = self._device(lot)
            dock = self._placer.row(docks, computer["status"] if computer["status"] == "disposed" else "retired")
            if computer["status"] not in ("disposed", "retired"):
                for key in ("status", "condition", "department", "location"):
                    dock[key] = computer.get(key)
            dock_row = next(self._placer.ids)
            yield Edit("asset", dock_row, dock, new=True)
            if computer["status"] in ("in_service", "in_stock", "reserved"):
                computer["parent"] = dock_row
            yield Edit("asset", row, computer, new=True)

    def _device(self, lot: Lot) -> tuple[str, Row]:
        row, id_ = self._placer.row(lot), next(self._placer.ids)
        if lot.model.category in _COMPUTERS:
            self._computer(lot, id_, row)
        elif lot.model.category == "Server":
            self._server(lot, row)
        elif lot.model.category in _NETWORKED:
            self._networked(lot, row)
        return id_, row

    def _computer(self, lot: Lot, id_: str, row: Row) -> None:
        self._technical(lot, row)
        model = lot.model
        row["mac"] = self._placer.mac(model.maker)
        if model.category != "Desktop":
            row["wifi_mac"] = self._placer.mac(model.maker)
        row["encrypted"] = "yes" if self._rng.random() < 0.96 else "no"
        row["asset_uuid"] = f"{self._rng.getrandbits(128):032X}"
        if row["status"] == "in_service":
            self._placer.mark_seen(row)
            row["ip"] = self._address(110)
            row["domain"] = self._placer.city.domain
            row["managed_by"] = "Jamf" if model.os == "macOS" else "Intune"
            user = self._users.get(row.get("custodian") or "", "")
            if user:
                row["last_user"] = user
            if len(self.computers) < 100_000:
                self.computers.append((id_, row["hostname"] or "", user, model.os))

    def _server(self, lot: Lot, row: Row) -> None:
        self._technical(lot, row)
        row["mac"] = self._placer.mac(lot.model.maker)
        if row["status"] == "in_service":
            self._placer.mark_seen(row)
            row["ip"] = self._address(20)
            row["domain"] = self._placer.city.domain
            row["vlan"] = "20"
            self._rack(lot, row)

    def _networked(self, lot: Lot, row: Row) -> None:
        vlan, versions = _NETWORKED[lot.model.category]
        row["hostname"] = self._hostname(lot, row)
        row["mac"] = self._placer.mac(lot.model.maker)
        row["bios_version"] = self._one_of(versions)
        row["vlan"] = vlan
        if row["status"] == "in_service":
            self._placer.mark_seen(row)
            row["ip"] = self._address(30)
            if lot.mix.held_by != "closet":
                row["switch_port"] = f"Gi1/0/{1 + int(48 * self._rng.random())}"
            elif lot.model.height:
                row["rack"] = "Rack 1"
                row["rack_unit"] = str(1 + int(40 * self._rng.random()))

    def _technical(self, lot: Lot, row: Row) -> None:
        model = lot.model
        row["hostname"] = self._hostname(lot, row)
        row["os"] = model.os
        row["os_version"] = self._one_of(_VERSIONS[model.os])
        row["processor"] = model.processor
        row["memory_gb"] = str(self._one_of(model.memory))
        row["storage_gb"] = str(self._one_of(model.storage))
        row["bios_version"] = self._one_of(_BIOS)

    def _hostname(self, lot: Lot, row: Row) -> str:
        """The department, the sort of machine and the tag's number: PD-LT-004471."""
        return f"{self._codes[row['department'] or '']}-{lot.mix.host}-{(row['tag'] or '')[2:]}"

    def _rack(self, lot: Lot, row: Row) -> None:
        rack, unit = divmod(self._racks, 36)
        self._racks += lot.model.height
        row["rack"], row["rack_unit"] = f"R{rack + 1:02}", str(unit + 1)

    def _address(self, net: int) -> str:
        """The next private address, of ten million."""
        self._addresses += 1
        high, rest = divmod(self._addresses, 254 * 256)
        return f"10.{net + high}.{rest // 254}.{rest % 254 + 1}"

    def _one_of(self, values: tuple[_T, ...]) -> _T:
        # The first is the most frequent: what is up to date.
        return values[int(len(values) * self._rng.random() ** 1.7)]
