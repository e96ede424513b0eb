from collections import Counter

from ntm.criteria import Answer
from ntm.figures import criteria

PERIOD = "2024-12-31"
EVERY = tuple(range(1, 20))


def test_the_hardest_criterion_comes_first(data) -> None:
    rates = criteria.pass_rates(data, PERIOD, (), EVERY).frame["rate"]
    assert len(rates) == 19
    assert rates.is_monotonic_increasing


def test_the_grid_has_every_answer_of_every_commune(data) -> None:
    made = criteria.grid(data, PERIOD, ("110",), (10, 17), "label")
    communes = data.communes_of(PERIOD, ("110",))
    assert made.frame.shape == (len(communes), 3)
    answers = data.answers_at(PERIOD).loc[communes.index, [10, 17]].to_numpy().ravel()
    words = {Answer.MET: "Đạt", Answer.NOT_MET: "Chưa đạt", Answer.UNKNOWN: "Không có số liệu"}
    expected = Counter(words[Answer.of(met)] for met in answers)
    assert Counter(made.frame[["10", "17"]].to_numpy().ravel()) == expected


def test_a_commune_that_lacks_a_criterion_shows_it_in_its_history(data) -> None:
    made = criteria.history(data, PERIOD, "03628")  # Pha Mu
    last = made.frame[made.frame["column"] == "31/12/2024"].set_index("row")["answer"]
    assert {name.split(".")[0] for name in last.index[last == Answer.NOT_MET]} == {"10", "17"}
