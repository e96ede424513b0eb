"""Draws files by the grammar and reads them, counted into classes; what comes back otherwise without a word is printed.

Run: make fuzz, or python -m tests.intake.fuzz [how many files, 10,000] [the first number of the draw, 0]
"""

import sys
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from ntm import reference
from tests.intake.grammar.verdict import judge
from tests.intake.grammar.words import PERIOD
from tests.intake.grammar.writing import Written, written

SHOWN = 10  # wrong files that are printed, the smallest of each kind


def main(count: int, first: int) -> int:
    """Read `count` files; return 1 if any is wrong without a word."""
    facts = reference.load(PERIOD)
    outcomes: Counter[str] = Counter()
    wrong: dict[str, str] = {}

    @seed(first)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(written(facts, plain=False))
    def read(drawn: Written) -> None:
        found = judge(drawn.file, drawn.content, facts)
        outcomes.update([found.outcome, f"  {drawn.kind}: {found.outcome}"])
        outcomes.update(f"    {odd}: {found.outcome}" for odd in drawn.file.odd or {"nothing odd"})
        if found.silent:
            outcomes["WRONG WITHOUT A WORD"] += 1
            kind, picture = ", ".join(sorted(drawn.file.odd)), "\n".join([repr(drawn), *found.silent])
            wrong[kind] = min(picture, wrong.get(kind, picture), key=len)

    start = time.process_time()
    read()
    lines = [f"{number:7} {name}" for name, number in sorted(outcomes.items())]
    lines.append(f"{count} files, first number {first}: {time.process_time() - start:.0f} s of computing")
    sys.stdout.write("\n".join([*sorted(wrong.values(), key=len)[:SHOWN], *lines, ""]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *(10_000, 0)[len(sys.argv[1:3]) :]))
