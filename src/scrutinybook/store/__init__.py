"""Results that are kept by what they were made from, and found again while none of it changed."""

from scrutinybook.store.needs import Needs, Places
from scrutinybook.store.shelf import Kept, Recipe, Shelf
from scrutinybook.store.surroundings import Program, program, surroundings

__all__ = ["Kept", "Needs", "Places", "Program", "Recipe", "Shelf", "program", "surroundings"]
