"""The demo city: seeded, believable, of any size; see `deed` for filling and removing it."""

from models.services.demo.deed import LEAST, MOST, fill_demo, has_demo, remove_demo

__all__ = ["LEAST", "MOST", "fill_demo", "has_demo", "remove_demo"]
