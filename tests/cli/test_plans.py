"""A plan of 2026 by commands: from an empty template to a scoreboard, amended, refused with its cells, and undone."""

from pathlib import Path

import pytest

from ntm import dataset, preview, progress, store
from ntm.cli import main
from ntm.dataset import Dataset
from ntm.facts import plans
from ntm.intake.plan_sheets import HEAD_TITLE
from ntm.people import GROUP_EDITOR, Denied, Person
from ntm.store import Change
from ntm.world import World
from tests.cli.test_data import answered
from tests.plan_files import PLAN, filled

FORM = ["--form", "plans"]


@pytest.fixture
def template(monkeypatch, tmp_path) -> bytes:
    """An empty template, as the command makes it, beside a database of the test's own."""
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    assert main(["build"]) == 0
    file = tmp_path / "empty.xlsx"
    assert main(["template", str(file), *FORM, "--period", "2026-12-31"]) == 0
    return file.read_bytes()


@pytest.fixture
def file(template, tmp_path) -> str:
    """The template filled in."""
    (tmp_path / "plan.xlsx").write_bytes(filled(template))
    return str(tmp_path / "plan.xlsx")


def seen(day: str = "2026-06-30", world: World = World.REAL) -> Dataset:
    return dataset.load(store.connect(), world=world, day=day)


def test_from_an_empty_template_to_a_scoreboard_and_back(file, capsys) -> None:
    assert seen().reference.plan is None
    assert answered(capsys, "import", file, *FORM)["left_out"] == []
    told = answered(capsys, "preview", file, *FORM)
    assert (told["cells"]["new"], told["cells"]["gone"], told["opens_real_data"]) == (62, 0, False)
    assert [row["target_id"] for row in told["targets"]] == ["binh-quan", "dat-chuan", "neu-ten", "tren-5"]
    assert [row["literal_target_after"] for row in told["targets"]] == [6.5, 2, 1, 28]
    assert answered(capsys, "publish", file, *FORM, "--author", "An", "--note", "12/KH-UBND")["revision"] == 3
    table = progress.progress(seen(), "2026-06-30")
    assert table["target"].to_dict() == {"dat-chuan": 2, "neu-ten": 1, "binh-quan": 6.5, "tren-5": 30}
    assert set(table["status"]) == {"no_data"}  # nothing is reported yet
    assert seen().reference.named_communes == ["03390"]
    sample = seen(world=World.SAMPLE)
    assert sample.reference.plan.id == PLAN
    assert progress.progress(sample, "2026-06-30").at["binh-quan", "known"] == 36
    written = answered(capsys, "history", "12", "--facts", "plans")["history"]
    assert [row["author"] for row in written] == ["An"] * 62
    assert answered(capsys, "undo", "3", "--author", "An", "--note", "nhầm")["revision"] == 4
    assert seen().reference.plan is None
    assert seen(world=World.SAMPLE).reference.plan.kind == "sample"


def test_a_plan_is_amended_as_a_whole_and_compared_by_cell(file, template, tmp_path, capsys) -> None:
    assert main(["publish", file, *FORM, "--note", "12/KH-UBND"]) == 0
    amended = tmp_path / "amended.xlsx"
    assert main(["template", str(amended), *FORM, "--period", "2026-12-31", "--plan", PLAN]) == 0
    cells = [("Mục tiêu", "H5", 3), *(("Mục tiêu", f"{column}7", None) for column in "ABCDEFGHI")]
    amended.write_bytes(filled(template, *cells))
    told = answered(capsys, "preview", str(amended), *FORM)
    assert told["cells"] == {"new": 0, "changed": 2, "same": 51, "gone": 9}  # the last target has another place
    assert main(["publish", str(amended), *FORM, "--note", "12a/KH-UBND"]) == 0
    plan = seen().reference.plan
    assert [(target.id, target.value) for target in plan.targets] == [("dat-chuan", 3), ("neu-ten", 1), ("tren-5", 28)]
    changed = answered(capsys, "diff", "3", "4")["plans"]
    assert len(changed) == 11
    value = next(row for row in changed if (row["item"], row["field"]) == ("dat-chuan", "value"))
    assert (value["value_before"], value["value_after"]) == ("2", "3")
    assert {row["value_after"] for row in changed if row["item"] == "binh-quan"} == {None}
    assert main(["undo", "4", "--note", "nhầm"]) == 0
    assert [target.id for target in seen().reference.plan.targets] == ["dat-chuan", "neu-ten", "binh-quan", "tren-5"]


BAD = {
    "an unknown unit": (("Xã nêu tên", "B5", "Bình Lưu"), "B5", "03390 Bình Lư"),
    "an unknown indicator": (("Mục tiêu", "E5", "happiness"), "E5", "không có chỉ tiêu này"),
    "overlapping tiers": (("Nhóm tiêu chí", "B5", 9), "B6", "chồng nhóm 10 ở 9 tiêu chí"),
    "a due date before the baseline": ((HEAD_TITLE, "B8", "31/12/2024"), "B8", "phải sau mốc"),
    "a tier of no target": (("Nhóm tiêu chí", "D6", "x"), "D6", "không có mục tiêu này"),
    "a time that another plan has": ((HEAD_TITLE, "B7", "30/11/2024"), "B7", "trùng thời gian với Kế hoạch 1050"),
}


@pytest.mark.parametrize(("cell", "where", "words"), BAD.values(), ids=BAD)
def test_bad_input_is_told_with_its_cell_and_leaves_the_old_state(
    template, tmp_path, capsys, cell, where, words
) -> None:
    file = tmp_path / "bad.xlsx"
    file.write_bytes(filled(template, cell))
    capsys.readouterr()
    assert main(["publish", str(file), *FORM, "--note", "x"]) == 1
    said = capsys.readouterr().err
    assert where in said
    assert words in said
    assert store.latest(store.connect()) == 2
    assert seen().reference.plan is None


def test_two_plans_of_one_time_are_refused_though_the_first_is_only_in_the_database(
    file, template, tmp_path, capsys
) -> None:
    assert main(["publish", file, *FORM, "--note", "12/KH-UBND"]) == 0
    other = tmp_path / "other.xlsx"
    other.write_bytes(filled(template, (HEAD_TITLE, "B4", "13-kh-ubnd-2026")))
    assert main(["publish", str(other), *FORM, "--note", "13/KH-UBND"]) == 1
    assert "trùng thời gian với Kế hoạch 12" in capsys.readouterr().err


def test_only_who_may_change_the_whole_province_publishes_a_plan(file) -> None:
    engine = store.connect()
    rows = plans.rows(next(plan for plan in seen("2024-12-31").reference.timeline.plans))
    author = Person("Bình", GROUP_EDITOR, frozenset(["110"]))
    with pytest.raises(Denied, match="Ngoài phạm vi"):
        store.publish(engine, Change(author, "x", "published", {"plans": rows}), seen().reference)


def test_a_preview_says_what_publishing_then_does(file, template) -> None:
    real = seen()
    plan = next(plan for plan in seen(world=World.SAMPLE).reference.timeline.plans if plan.kind == "sample")
    rows = plans.rows(preview.replace(plan, id="own", evidence="official", kind="published"))
    told = preview.make(real, {"plans": rows})
    assert told.now.empty
    assert list(told.then.index) == [target.id for target in plan.targets]
    assert list(told.targets) == list(told.then.index)
    store.publish(store.connect(), Change(dataset.BUILDER, "x", "published", {"plans": rows}), real.reference)
    assert progress.progress(seen(told.period), told.period).equals(told.then)


def test_an_unknown_plan_is_not_filled_in(template, tmp_path) -> None:
    file = Path(tmp_path / "x.xlsx")
    assert main(["template", str(file), *FORM, "--period", "2026-12-31", "--plan", "none"]) == 1
    assert not file.exists()
