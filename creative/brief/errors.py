"""What is wrong with a brief: all of it at once, field by field."""

from __future__ import annotations

from core.errors import InputError

Problem = tuple[str, str]
"""(field path such as ``product.price``, reason in one sentence)."""


class BriefError(InputError):
    """A brief that cannot be used; `problems` lists every bad field with its reason."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems = tuple(problems)
        first, reason = self.problems[0]
        super().__init__(first, reason, "brief")
        self.args = ("\n".join(f"{field}: {why}" for field, why in self.problems),)
