from ntm.figures import villages

PERIOD = "2024-12-31"


def test_a_groups_course_ends_at_its_count_and_names_its_target(data) -> None:
    target = data.reference.target_of("villages")
    code = next(iter(target.districts))
    made = villages.course(data, PERIOD, code)
    now = data.villages[(data.villages["period"] == PERIOD) & (data.villages["unit_code"] == code)]["recognised"]
    assert made.frame["value"].iloc[-1] == now.iloc[0]
    assert f"{int(now.iloc[0])}/{int(target.districts[code])} thôn, bản" in made.title
