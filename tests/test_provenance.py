import pytest

from ntm import dataset, people, provenance, store
from ntm.store import Change
from ntm.world import World
from tests.test_dataset import ONE

PERIOD = "2024-12-31"


@pytest.fixture
def office(empty_engine, facts):
    dataset.build(empty_engine)
    change = Change(people.Person("Lò Thị An", people.EDITOR), "12/BC-UBND", "official", {"assessments": ONE})
    store.publish(empty_engine, change, facts)
    return empty_engine


def test_each_set_of_facts_is_named_apart(office) -> None:
    line = provenance.line(dataset.load(office), PERIOD)
    assert line.startswith("Nguồn: kết quả tiêu chí xã: số liệu chính thức, phiên bản 3, ")
    assert "; công nhận: số liệu công bố; kỳ 31/12/2024; " in line
    assert "minh họa" not in line
    assert provenance.kinds(dataset.load(office), PERIOD, ["villages"]) == "thôn bản: chưa có số liệu"


def test_sets_of_one_kind_stand_together(data) -> None:
    assert provenance.kinds(data, PERIOD, ["commune", "villages", "recognitions"]) == (
        "kết quả tiêu chí xã, thôn bản: số liệu minh họa; công nhận: số liệu công bố và số liệu minh họa"
    )


def test_what_stands_on_several_periods_names_all_its_revisions(office, facts) -> None:
    earlier = Change(people.owner("An"), "n", "official", {"assessments": ONE.assign(period="2024-09-30")})
    store.publish(office, earlier, facts)
    data = dataset.load(office)
    assert "số liệu chính thức, phiên bản 3, " in provenance.line(data, PERIOD, ["commune"])
    line = provenance.line(data, PERIOD, ["commune"], over_time=True)
    assert "phiên bản 3, 4, " in line
    assert "kỳ 30/09/2024 – 31/12/2024" in line


def test_what_is_shown_is_the_state_and_not_the_last_revision(office, facts) -> None:
    assert "Lò Thị An: 12/BC-UBND" in provenance.shown(dataset.load(office))
    store.undo(office, 3, people.owner("An"), "nhầm", facts)
    shown = provenance.shown(dataset.load(office))
    assert shown.startswith("Phiên bản số liệu 4: số liệu minh họa, không phải số liệu của tỉnh.")
    assert "chính thức" not in shown
    assert "12/BC-UBND" not in shown


def test_files_name_their_world_and_coverage(office) -> None:
    real, sample = dataset.load(office), dataset.load(office, world=World.SAMPLE)
    assert provenance.facts(real, PERIOD)["Bộ số liệu"] == "số liệu của tỉnh: chính thức và đã công bố"
    assert provenance.facts(real, PERIOD)["Mức đầy đủ toàn tỉnh"] == "1/94 xã đã báo cáo đủ"
    assert provenance.facts(sample, PERIOD)["Bộ số liệu"].startswith("số liệu minh họa")
    assert provenance.notice(sample) == "SỐ LIỆU MINH HỌA"
    assert provenance.notice(real) == ""
