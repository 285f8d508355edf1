"""Worked examples: methods on tables small enough for a pencil, as files that tests and pages read.

One YAML file a method says what goes in, how the answer is worked by hand, and what must come out.
The tests hold the program to every file, and the Methods chapter shows the same files.
"""

from scrutinybook.worked_examples.answers import Check, answer, check
from scrutinybook.worked_examples.methods import METHODS
from scrutinybook.worked_examples.models import Call, Example, Expected, Given, Group, Method
from scrutinybook.worked_examples.reading import read_methods

__all__ = [
    "METHODS",
    "Call",
    "Check",
    "Example",
    "Expected",
    "Given",
    "Group",
    "Method",
    "answer",
    "check",
    "read_methods",
]
