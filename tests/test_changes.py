from ntm import changes, look, people, store
from ntm.look import Look
from ntm.store import Change
from tests.test_store import assessment


def test_a_difference_in_words(empty_engine, facts) -> None:
    for met in ("1", "0"):
        change = Change(people.owner("An"), "1/BC", "official", {"assessments": assessment(met)})
        store.publish(empty_engine, change, facts)
    shown = changes.words(store.diff(empty_engine, "assessments", 1, 2), facts)
    (row,) = shown.to_dict("records")
    assert (row["Đơn vị"], row["Kết quả, trước"], row["Kết quả, sau"]) == ("Pha Mu 03628", "Đạt", "Chưa đạt")
    fresh = changes.words(store.diff(empty_engine, "assessments", 0, 1), facts).iloc[0]
    assert fresh["Kết quả, trước"] == "không có số liệu"
    with look.use(Look("en")):
        written = changes.words(store.history(empty_engine, "assessments", {"unit_code": "03628"}), facts)
        assert written["By"].tolist() == ["An", "An"]
        assert written["Result"].tolist() == ["Not met", "Met"]
