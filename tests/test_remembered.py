"""Columns that were corrected by hand: remembered for an office and a shape, forgotten again, never lost."""

import pytest
import sqlalchemy as sa

from ntm import changes, people, remembered, schema, store
from ntm.intake.table_shape import Shape
from ntm.people import Denied, Person

SHAPE = Shape("assessments", "commune-2021-2025", "a" * 64)
AN = Person("An", people.EDITOR, email="an@laichau.example")
BINH = Person("Bình", people.GROUP_EDITOR, frozenset({"106"}))
CHI = Person("Chi", people.GROUP_EDITOR, frozenset({"110"}))
WORDS = "C: Tiêu chí 2"


def test_an_office_finds_what_it_has_remembered_last(empty_engine) -> None:
    assert remembered.find(empty_engine, AN, SHAPE) is None
    assert remembered.keep(empty_engine, AN, SHAPE, {2: "criterion:2"}, WORDS)
    assert remembered.keep(empty_engine, people.owner("Khánh"), SHAPE, {2: "criterion:3", 4: ""}, WORDS)
    found = remembered.find(empty_engine, AN, SHAPE)
    assert (found.person, dict(found.roles)) == (people.owner("Khánh").signature(), {2: "criterion:3", 4: ""})
    assert found.at <= store.now()


def test_what_is_known_already_is_not_written_again(empty_engine) -> None:
    assert not remembered.keep(empty_engine, AN, SHAPE, {}, "")
    assert remembered.keep(empty_engine, AN, SHAPE, {2: ""}, WORDS)
    assert not remembered.keep(empty_engine, AN, SHAPE, {2: ""}, WORDS)
    assert len(store.log(empty_engine)) == 1


def test_offices_shapes_forms_and_sets_are_apart(empty_engine) -> None:
    remembered.keep(empty_engine, BINH, SHAPE, {2: ""}, WORDS)
    assert remembered.find(empty_engine, BINH, SHAPE)
    assert remembered.find(empty_engine, AN, SHAPE) is None
    assert remembered.find(empty_engine, CHI, SHAPE) is None
    for other in (
        Shape("villages", SHAPE.criteria_set, SHAPE.fingerprint),
        Shape(SHAPE.form, "commune-2026-2030", SHAPE.fingerprint),
        Shape(SHAPE.form, SHAPE.criteria_set, "b" * 64),
    ):
        assert remembered.find(empty_engine, BINH, other) is None


def test_what_is_forgotten_stays_in_the_table_and_in_the_log(empty_engine) -> None:
    remembered.keep(empty_engine, AN, SHAPE, {2: ""}, WORDS)
    assert remembered.keep(empty_engine, AN, SHAPE, {}, WORDS)
    assert remembered.find(empty_engine, AN, SHAPE) is None
    with empty_engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.remembered_columns)) == 2
    said = changes.log(store.log(empty_engine))
    assert said["action"].tolist() == ["Đã bỏ cách đọc cột đã nhớ", "Đã nhớ cách đọc cột"]
    assert said["words"].tolist() == [WORDS, WORDS]
    assert store.follow(empty_engine).fault == ""


def test_who_may_not_upload_remembers_nothing(empty_engine) -> None:
    with pytest.raises(Denied, match="chỉ được xem"):
        remembered.keep(empty_engine, Person("Khách"), SHAPE, {2: ""}, WORDS)
    assert store.log(empty_engine).empty
