"""How handing over a label may end, other than well."""

from models.fields.problem import KnownError


class NotTaken(KnownError):
    """The printer cannot print the label, since not all of it was handed over."""


class Unsure(KnownError):
    """All of the label was handed over, and nobody said that the printer has it."""


def as_ending(ending: type[KnownError], error: KnownError) -> KnownError:
    """The same problem, with what it means for the label."""
    problem = error.problem
    return ending(problem.code, problem.value, **problem.details)
