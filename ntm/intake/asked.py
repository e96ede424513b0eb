"""What the person says of a file: its form, its period, and what the file itself leaves open."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Asked:
    """What the person says of the whole file.

    `blank_is_not_met`: an empty cell beside answers means not met; otherwise it is unknown. `decided`: what the person
    has answered to the questions that the file raised (see undecided): question, answer.
    """

    form: str = "assessments"
    period: str = ""
    criteria_set: str = ""
    blank_is_not_met: bool = False
    decided: tuple[tuple[str, str], ...] = ()

    def answer(self, question: str) -> str:
        """Return what was answered to a question; "" if nothing was."""
        return dict(self.decided).get(question, "")

    def deciding(self, question: str, answer: str) -> "Asked":
        """Return the same with a question answered."""
        others = tuple((asked, said) for asked, said in self.decided if asked != question)
        return replace(self, decided=(*others, (question, answer)))
