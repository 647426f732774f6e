"""The places of the demo city: sites, buildings, floors and rooms, fire stations, police districts, vehicles."""

import random
from dataclasses import dataclass
from typing import Any

from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.city import City
from models.services.demo.identities import row_ids, vin

#: Apparatus by station, the number of the station being s: kind, name, short name on the radio, which stations.
_ENGINE, _TRUCK, _MEDIC, _BATTALION = "engine", "truck", "medic", "battalion"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle. `short` is how the radio's alias calls it; `station` the rank of the fire station, -1 elsewhere."""

    id: str
    type: str
    short: str
    department: str
    station: int = -1


class Places:
    """All places, as edits, and by what other parts of the demo look for."""

    def __init__(self, city: City, rng: random.Random) -> None:
        self.edits: list[Edit] = []
        self.rooms: dict[str, list[str]] = {code: [] for code in city.departments}
        """Offices by department."""
        self.all_rooms: list[tuple[str, str]] = []
        """Offices with the codes of their departments."""
        self.floors: list[tuple[str, str]] = []
        """Floors and small sites, with the code of the department that is there."""
        self.closets: list[str] = []
        self.special: dict[str, str] = {}
        """Stock room, radio shop, data center … by their keys in places.json."""
        self.stations: list[str] = []
        self.districts: list[str] = []
        self.vehicles: list[Vehicle] = []
        self._city = city
        self._rng = rng
        self._plates = 100
        self._ids = row_ids()
        self._buildings: dict[str, str] = {}
        self._sites()
        self._branches()
        self._special_rooms()
        self._fire_stations()
        self._police_districts()
        self._work_crews()

    def _add(self, name: str, place_type: str, parent: str | None, **more: str | None) -> str:
        row = next(self._ids)
        self.edits.append(
            Edit("location", row, {"name": name, "place_type": place_type, "parent": parent, **more}, new=True)
        )
        return row

    def _site(self, name: str, code: str, address: str, department: str | None = None) -> str:
        owner = self._city.departments[department].id if department else None
        return self._add(name, "site", None, code=code, address=address, city=self._city.name, department=owner)

    def _address(self) -> str:
        return f"{self._rng.randrange(10, 9900)} {self._rng.choice(data.read('names')['streets'])}"

    def _sites(self) -> None:
        # Five rooms on a floor at 2,000 assets, as many as forty in a large city.
        rooms = min(40, max(4, round(4 + self._city.sizes.assets / 2500)))
        for site in data.read("places")["sites"]:
            row = self._site(site["name"], site["code"], site["address"])
            for building in site["buildings"]:
                inside = self._add(building["name"], "building", row, code=building["code"])
                self._buildings[building["code"]] = inside
                self._fill(inside, building["code"], building["floors"], rooms, building["departments"])

    def _fill(self, building: str, code: str, floors: int, rooms: int, departments: list[str]) -> None:
        """The floors of a building, each with a closet for its switches and rooms for the departments in turn."""
        for number in range(1, floors + 1):
            floor = self._add(f"Floor {number}", "floor", building, code=f"{code}-F{number}")
            self.floors.append((floor, departments[0]))
            self.closets.append(self._add(f"IDF {number}-A", "room", floor, code=f"{code}-IDF{number}"))
            for rank in range(rooms):
                owner = departments[(rank + number) % len(departments)]
                name = f"{number}{rank + 1:02}"
                room = self._add(
                    name, "room", floor, code=f"{code}-{name}", department=self._city.departments[owner].id
                )
                self.rooms[owner].append(room)
                self.all_rooms.append((room, owner))

    def _branches(self) -> None:
        names = data.read("names")["neighborhoods"]
        for branch in data.read("places")["branches"]:
            for rank in range(self._city.sizes.assets // branch["assets_each"]):
                again, which = divmod(rank, len(names))
                name = f"{names[which]} {branch['name']}" + (f" {again + 1}" if again else "")
                code = f"{branch['code']}{rank + 1:02}"
                site = self._site(name, code, self._address(), branch["department"])
                self._fill(site, code, branch["floors"], branch["share_of_rooms"], self._tenants(branch))

    def _tenants(self, branch: dict[str, Any]) -> list[str]:
        owner = str(branch["department"])
        return [owner, "PH", "PL", "FN"] if branch["code"] == "SC" else [owner]

    def _special_rooms(self) -> None:
        for each in data.read("places")["special"]:
            owner = self._city.departments[each["department"]].id
            parent = self._buildings[each["building"]]
            row = self._add(each["name"], each["type"], parent, code=each["code"], department=owner)
            self.special[each["key"]] = row

    def _fire_stations(self) -> None:
        for rank in range(self._city.sizes.stations):
            number = rank + 1
            site = self._site(f"Station {number}", f"FS{number:02}", self._address(), "FD")
            self.stations.append(site)
            self.floors.append((site, "FD"))
            for name, code in (("Watch Office", "WO"), ("Bunk Hall", "BH")):
                room = self._add(name, "room", site, code=f"FS{number:02}-{code}")
                self.rooms["FD"].append(room)
            self.all_rooms.append((self.rooms["FD"][-2], "FD"))
            self._vehicle(f"Engine {number}", _ENGINE, f"ENG {number}", "FD", site, f"E{number}", rank)
            if number % 2:
                self._vehicle(f"Truck {number}", _TRUCK, f"TRK {number}", "FD", site, f"T{number}", rank)
                self._vehicle(f"Medic {20 + number}", _MEDIC, f"MED {20 + number}", "FD", site, f"M{20 + number}", rank)
            if rank % 4 == 0:
                chief = rank // 4 + 1
                self._vehicle(f"Battalion {chief}", _BATTALION, f"BN {chief}", "FD", site, f"B{chief}", rank)
        for number in range(1, 2 + self._city.sizes.stations // 40):
            garage = self._buildings["FH"]
            self._vehicle(f"Command {number}", "command", f"CMD {number}", "FD", garage, f"C{number}", 0)

    def _police_districts(self) -> None:
        count = max(1, min(8, self._city.sizes.patrol // 12))
        if self._city.sizes.patrol > 8 * 90:  # car numbers have two digits after the district's
            count = -(-self._city.sizes.patrol // 90)
        for number in range(1, count + 1):
            site = self._site(f"District {number}", f"PD{number:02}", self._address(), "PD")
            self.districts.append(site)
            self.floors.append((site, "PD"))
            for name, code in (("Roll Call Room", "RC"), ("Report Room", "RR"), ("Evidence Room", "EV")):
                room = self._add(name, "room", site, code=f"PD{number:02}-{code}")
                self.rooms["PD"].append(room)
                self.all_rooms.append((room, "PD"))
        for rank in range(self._city.sizes.patrol):
            district, car = rank % count, 100 * (rank % count + 1) + 10 + rank // count
            self._vehicle(f"Unit {car}", "patrol", f"PD {car}", "PD", self.districts[district], str(car))

    def _work_crews(self) -> None:
        yards = {"PW": ("Truck", self._buildings["PB"]), "WT": ("Water Van", self._buildings["TP"])}
        yards["PK"] = ("Parks Truck", self._buildings["PO"])
        codes = ("PW", "PW", "WT", "PK")
        for rank in range(max(3, self._city.sizes.crew_radios)):
            code = codes[rank % len(codes)]
            word, yard = yards[code]
            number = 301 + rank
            self._vehicle(f"{code} {word} {number}", "crew", f"{code} {number}", code, yard, f"{code}{number}")

    def _vehicle(
        self, name: str, kind: str, short: str, department: str, inside: str, unit: str, station: int = -1
    ) -> None:
        self._plates += 1
        maker = {"patrol": "1FM5K8AB", "crew": "1FTFW1E5", "command": "1GNSKDEC"}.get(kind, "4P1BCAGF")
        row = self._add(
            name,
            "vehicle",
            inside,
            unit_number=unit,
            plate=f"MG {self._plates:05}",
            vin=vin(maker, 2014 + self._rng.randrange(11), self._plates),
            department=self._city.departments[department].id,
        )
        self.vehicles.append(Vehicle(row, kind, short, department, station))
