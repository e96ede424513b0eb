from dataclasses import replace

import pytest

from ntm import plan, progress, timeline


def test_published_baseline_of_the_province() -> None:
    figures = timeline.load_published()
    baseline = figures[(figures["unit_code"] == "12") & (figures["period"] == "2023-12-31")]
    assert baseline.set_index("indicator")["value"].to_dict() == {
        "recognised_communes": 39,
        "average_criteria": 13.6,
        "communes_19": 39,
        "communes_15_18": 2,
        "communes_10_14": 27,
        "communes_5_9": 26,
    }


def test_every_published_figure_names_its_source(facts) -> None:
    assert (facts.timeline.published["source"] != "").all()
    assert (facts.timeline.published["evidence"] != "").all()


@pytest.mark.parametrize(("group", "communes"), [("106", 12), ("110", 11), ("105", 2)])
def test_communes_per_group(facts, group: str, communes: int) -> None:
    assert (facts.communes["group_code"] == group).sum() == communes


def test_another_plan_is_only_another_file(facts, data, tmp_path) -> None:
    """A plan of an invented year with three tiers, the top one from 12 criteria on."""
    original = (timeline.DATA / "plans" / "1050-kh-ubnd-2024.toml").read_text(encoding="utf-8")
    head, _tiers = original.split("[[tiers]]", 1)
    head = head.replace('id = "1050-kh-ubnd-2024"', 'id = "invented"')
    body = """
[[tiers]]
id = "high"
lower = 12
upper = 19
target = "high"
[[tiers]]
id = "middle"
lower = 6
upper = 11
[[tiers]]
id = "low"
lower = 0
upper = 5
[[targets]]
id = "high"
name_vi = "Cao"
name_en = "High"
wording_vi = "60 xã"
wording_en = "60 communes"
clause_vi = "-"
clause_en = "-"
indicator = "tier_count"
tier = "high"
unit = "commune"
value = 60
[[solutions]]
id = "one"
name_vi = "Một"
name_en = "One"
text_vi = "-"
text_en = "-"
documents = []
"""
    (tmp_path / "invented.toml").write_text(head + body, encoding="utf-8")
    invented = plan.read(tmp_path / "invented.toml")
    changed = replace(data, reference=replace(facts, plan=invented))
    at_baseline = progress.progress(changed, "2023-12-31")
    met = changed.communes_at("2023-12-31")["met"]
    assert at_baseline.at["high", "actual"] == (met >= 12).sum()
    assert set(changed.communes["tier"]) == {"high", "middle", "low"} - ({"low"} if met.min() > 5 else set())
    assert changed.communes.loc[changed.communes["met"] == 11, "tier"].unique().tolist() == ["middle"]
