"""What a file leaves open: two candidates, of which the program takes neither without asking."""

from collections.abc import Mapping

from ntm.apart import Refused
from ntm.text import _

PERIOD, SET, STANDARD, GROUP, HIDDEN = "period", "set", "standard", "group", "hidden"
MARKS, PLAN, VALUES, CRITERIA, LINE = "marks", "plan", "values", "criteria", "line"
QUESTIONS = (PERIOD, SET, CRITERIA, STANDARD, GROUP, HIDDEN, MARKS, PLAN, VALUES, LINE)


class Undecided(Refused):
    """A question that a file raises. `choices`: what may be answered → in words."""

    def __init__(self, question: str, words: str, choices: Mapping[str, str]):
        self.question, self.words, self.choices = question, words, dict(choices)
        options = "; ".join(f"--decide {question}={value} ({said})" for value, said in choices.items())
        super().__init__(_("{words} Chưa lưu gì. Chọn một: {options}", words=words, options=options))

    def __reduce__(self) -> tuple[type["Undecided"], tuple[str, str, dict[str, str]]]:
        """Return how the same question is raised again."""
        return type(self), (self.question, self.words, self.choices)
