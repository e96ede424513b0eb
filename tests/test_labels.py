import pytest

from ntm import dataset, labels, look, people, progress
from ntm.facts import TYPES
from ntm.look import Look


@pytest.mark.parametrize("status", list(progress.Status))
def test_every_status_has_a_sign_and_a_word(status: str) -> None:
    sign, word = labels.status(status).split(" ", 1)
    assert sign
    assert word


def test_every_published_indicator_has_a_name(facts) -> None:
    names = {code: labels.indicator(code) for code in facts.timeline.published["indicator"]}
    assert names["communes_15_18"] == "Số xã đạt 15–18 tiêu chí"
    assert names["communes_19"] == "Số xã đạt 19 tiêu chí"
    assert len(set(names.values())) == len(names)


def test_notes_are_translated_where_they_are_the_projects_own() -> None:
    with look.use(Look("en")):
        assert labels.note("Số liệu minh họa, sinh tự động") == "Sample data, generated"
        assert labels.note("Báo cáo 12/BC-UBND") == "Báo cáo 12/BC-UBND"
        assert labels.note("") == ""


def test_kinds_are_never_confused() -> None:
    assert len({labels.kind(kind) for kind in ("published", "official", "sample", None)}) == 4


def test_tiers_in_words(data) -> None:
    assert labels.tier(data.reference.tiers, "15-18") == "15–18 tiêu chí"
    assert labels.tier(data.reference.tiers, "0-4") == "dưới 5 tiêu chí"
    assert labels.bounds(data.reference.tiers, "unknown") == "?"
    with look.use(Look("en")):
        assert labels.tier(data.reference.tiers, "0-4") == "below 5 criteria"


def test_every_kind_of_evidence_in_the_data_has_words(data) -> None:
    reference = data.reference
    used = {
        *reference.timeline.published["evidence"],
        *reference.timeline.criteria["evidence"],
        *data.recognitions["evidence"],
    }
    assert used <= labels.EVIDENCE.keys()


def test_an_author_is_shown_without_the_address() -> None:
    assert labels.author("Lò Thị An <an@laichau.example>") == "Lò Thị An"
    assert labels.signature("Lò Thị An <an@laichau.example>") == "Lò Thị An <an@laichau.example>"
    assert labels.author("Văn phòng") == labels.signature("Văn phòng") == "Văn phòng"
    assert labels.author("") == labels.signature("") == ""


def test_the_projects_own_names_are_translated() -> None:
    owner = f"{people.OWNER} <root>"
    assert labels.author(owner) == "Người quản trị máy chủ"
    assert labels.author("python -m ntm build") == labels.author(dataset.BUILDER.signature()) == "Phần mềm"
    with look.use(Look("en")):
        assert labels.author(owner) == "Server administrator"
        assert labels.signature(owner) == "Server administrator <root>"
        assert labels.author("python -m ntm build") == labels.author(dataset.BUILDER.signature()) == "The software"
        assert labels.author("Xã") == "Xã"  # a person's name is not a word of the interface


@pytest.mark.parametrize("action", ["publish", "undo", "publish refused", "undo refused"])
def test_what_was_done_is_said_in_the_readers_language(action: str) -> None:
    vietnamese = labels.action(action)
    with look.use(Look("en")):
        assert len({action, vietnamese, labels.action(action)}) == 3
        assert labels.action("unheard of") == "unheard of"


def test_every_column_of_facts_has_words() -> None:
    for found in TYPES.values():
        for name in found.columns:
            assert labels.column(name)
