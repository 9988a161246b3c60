"""What is wrong with a plan file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right; line and column count from 1, `place` is the path in words."""

    line: int
    column: int
    place: str
    message: str

    def __str__(self) -> str:
        where = f"dòng {self.line}, cột {self.column}"
        if self.place:
            where = f"{where}, {self.place}"
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class Place:
    """Where something stands in the file: line and column from 1, and its path in words, such as
    "nhiệm vụ 1.2.3.4.1, chủ trì"."""

    line: int
    column: int
    words: str

    def problem(self, message: str) -> Problem:
        return Problem(self.line, self.column, self.words, message)


class PlanFileError(Exception):
    """The file cannot be used. `problems` has all of them in the order of the file; the text of
    the error is one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
