"""/api/v1: what is answered is what an export writes, filtered and paged; worlds apart; each fault in a sentence."""

import io
import json

import openpyxl
import pandas as pd
import pytest

from ntm import dataset, exports, resources, store
from ntm.api import asked, formats, tables
from ntm.selection import Selection
from ntm.spreadsheets import neutralise
from ntm.ui import data as ui_data
from ntm.world import World
from tests.api.conftest import PERIOD, PHA_MU, publish

NAMES = list(resources.resources())
FILTERS = {  # a filter → a value, and which rows have it, told from the columns alone
    "period": (PERIOD, lambda rows: rows["period"] == PERIOD),
    "unit": (PHA_MU, lambda rows: rows["unit_code"] == PHA_MU),
    "criterion": ("10", lambda rows: rows["criterion"] == 10),
    "set": ("commune-2021-2025", lambda rows: rows["criteria_set"] == "commune-2021-2025"),
    "tier": ("15-18", lambda rows: rows["tier"] == "15-18"),
    "kind": ("published", lambda rows: rows["kind"].str.contains("published")),
}


def whole(engine, name: str, world: World) -> pd.DataFrame:
    return resources.resources()[name].make(dataset.load(engine, world=world))


def csv_of(rows: pd.DataFrame) -> bytes:
    return exports.plain_csv(rows)


def problem(answer) -> dict:
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert len(said["detail"]) > 20
    return said


@pytest.mark.parametrize("world", list(World))
@pytest.mark.parametrize("name", NAMES)
def test_every_table_in_every_format_is_the_one_that_an_export_writes(client, office, name: str, world: World) -> None:
    expected = whole(office, name, world)
    address = f"/api/v1/{name}?world={world}"
    assert client.get(address, headers={"Accept": "text/csv"}).content == csv_of(expected)
    told = client.get(address).json()
    assert (told["world"], told["total"], told["count"]) == (world, len(expected), len(expected))
    assert told["rows"] == json.loads(expected.to_json(orient="records", double_precision=15))
    packed = client.get(f"/api/v1/{name}.parquet?world={world}")
    read = pd.read_parquet(io.BytesIO(packed.content))
    assert csv_of(read.reindex(columns=expected.columns)) == csv_of(expected)
    assert set(read["world"]) <= {world}
    if name == "assessments":
        return  # a workbook of all of them takes its time
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/api/v1/{name}.xlsx?world={world}").content))
    heading, *cells = book[name].iter_rows(values_only=True)
    assert heading == tuple(expected.columns)
    plain = expected.astype(object).where(expected.notna() & (expected != ""), None)
    assert [list(row) for row in cells] == [
        [pytest.approx(cell) if isinstance(cell, float) else neutralise(cell) for cell in row]
        for row in plain.to_numpy().tolist()
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_filter_leaves_the_rows_of_the_export_that_have_its_value(client, office, name: str) -> None:
    expected = whole(office, name, World.SAMPLE)
    dated = {"valid_from", "valid_to"} <= set(expected)
    tested = 0
    for key, (value, holds) in FILTERS.items():
        column = {"unit": "unit_code", "set": "criteria_set"}.get(key, key)
        got = client.get(f"/api/v1/{name}.csv?world=sample&{key}={value}")
        if column in expected:
            assert got.content == csv_of(expected[holds(expected)]), key
            tested += 1
        elif not (key == "period" and dated):
            assert got.status_code == 422, key
            assert key in problem(got)["detail"]
    assert tested


def test_filters_add_up_and_take_several_values(client, office) -> None:
    rows = whole(office, "assessments", World.SAMPLE)
    kept = rows[(rows["period"] == PERIOD) & rows["criterion"].isin([10, 17]) & (rows["unit_code"] == PHA_MU)]
    found = client.get(f"/api/v1/assessments.csv?world=sample&period={PERIOD}&criterion=10,17&unit={PHA_MU}")
    assert found.content == csv_of(kept)
    again = client.get(f"/api/v1/assessments.csv?world=sample&period={PERIOD}&criterion=10&criterion=17&unit={PHA_MU}")
    assert again.content == found.content


def test_groups_are_those_of_the_day_that_a_row_means(client, data) -> None:
    told = client.get("/api/v1/assessments?world=sample&group=110").json()["rows"]
    rows = pd.DataFrame(told)
    for day in ("2024-12-31", "2026-06-30"):
        communes = data.at(day).reference.communes
        mine = set(communes.index[communes["group_code"] == "110"])
        units = set(rows.loc[rows["period"] == day, "unit_code"])
        assert mine <= units <= mine | {"110"} | set(data.at(day).reference.shaped_units.index), day


def test_looking_up_is_the_pages_selection(client, office) -> None:
    seen = dataset.load(office, world=World.SAMPLE, day=PERIOD)
    wanted = Selection(groups=("110",), lacking=("10", "17"), tiers=("15-18",))
    found = client.get(f"/api/v1/lookup.csv?world=sample&period={PERIOD}&group=110&lacking=10,17&tier=15-18")
    assert found.content == csv_of(resources.lookup(seen, PERIOD, wanted))
    assert client.get("/api/v1/lookup?world=sample&period=latest").json()["rows"][0]["period"] == PERIOD


def test_unknown_is_empty_and_never_false_or_zero(client) -> None:
    rows = client.get(f"/api/v1/lookup?period={PERIOD}").json()["rows"]
    others = [row for row in rows if row["unit_code"] != PHA_MU]
    assert {row["criterion_10"] for row in others} == {None}
    assert {row["met"] for row in others} == {None}


def test_the_map_has_the_shapes_and_the_same_rows(client) -> None:
    drawn = client.get(f"/api/v1/map.geojson?world=sample&period={PERIOD}&group=110&layer=tier")
    assert drawn.headers["content-type"] == "application/geo+json"
    features = drawn.json()["features"]
    rows = client.get(f"/api/v1/lookup?world=sample&period={PERIOD}&group=110").json()["rows"]
    assert {feature["id"] for feature in features} == {row["unit_code"] for row in rows}
    by_code = {row["unit_code"]: row for row in rows}
    for feature in features:
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert feature["properties"].items() >= (by_code[feature["id"]].items() - {("unit_code", feature["id"])})
        assert feature["properties"]["layer_class"] == feature["properties"]["tier"]
    assert drawn.json()["provenance"]["world"] == "sample"


def test_the_real_world_opens_as_on_the_pages_and_worlds_are_never_mixed(client) -> None:
    assert client.get("/api/v1/assessments").json()["total"] == 1
    for name in NAMES:
        for world in World:
            rows = client.get(f"/api/v1/{name}?world={world}").json()["rows"]
            kinds = {kind for row in rows for kind in row["kind"].split()}
            assert kinds <= {*world.kinds, resources.REFERENCE}, name
            assert {row["world"] for row in rows} <= {world}, name


def test_pages_cover_every_row_once(client, office) -> None:
    expected = whole(office, "communes", World.SAMPLE)
    address, seen, pages = "/api/v1/communes?world=sample&limit=100", [], 0
    while address:
        answer = client.get(address)
        assert answer.headers["x-total-count"] == str(len(expected))
        seen += [(row["period"], row["unit_code"]) for row in answer.json()["rows"]]
        address, pages = answer.links.get("next", {}).get("url"), pages + 1
    assert pages == -(-len(expected) // 100)
    assert seen == list(zip(expected["period"], expected["unit_code"], strict=True))
    last = client.get(answer.links["last"]["url"]).json()
    assert last["rows"] == answer.json()["rows"]
    assert client.get("/api/v1/communes?world=sample&limit=5&offset=100000").json()["rows"] == []


def test_more_rows_than_an_answer_holds_are_refused_and_not_cut(client, monkeypatch) -> None:
    monkeypatch.setattr(asked, "MOST_ROWS", 100)
    monkeypatch.setitem(formats.MOST_ROWS, "xlsx", 10)
    assert problem(client.get("/api/v1/communes.xlsx?world=sample&limit=11"))
    assert client.get("/api/v1/communes.xlsx?world=sample&limit=10").status_code == 200
    assert "100" in problem(client.get("/api/v1/communes?world=sample"))["detail"]
    assert client.get("/api/v1/communes?world=sample&limit=100").json()["count"] == 100
    assert client.get(f"/api/v1/communes?world=sample&period={PERIOD}").json()["count"] == 94


def test_what_has_not_changed_is_not_sent_again(client, office, facts) -> None:
    first = client.get("/api/v1/assessments.csv")
    held = {"If-None-Match": first.headers["etag"]}
    same = client.get("/api/v1/assessments.csv", headers=held)
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    assert client.get("/api/v1/assessments.json", headers=held).status_code == 200
    assert client.get("/api/v1/assessments.csv?lang=en", headers=held).status_code == 200
    publish(office, facts, "Sửa", met=False)
    after = client.get("/api/v1/assessments.csv", headers=held)
    assert after.status_code == 200
    assert "Sửa" in after.text
    assert after.headers["etag"] != first.headers["etag"]


def test_formulas_are_neutralised_in_csv(client, office) -> None:
    notes = [row["source"] for row in client.get("/api/v1/revisions").json()["rows"]]
    assert "=HYPERLINK(1)" in notes
    assert "'=HYPERLINK(1)" in client.get("/api/v1/revisions.csv").text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/v1/nothing", 404, "assessments"),
        ("/api/v2/communes", 404, "/api/v1"),
        ("/api/v1/communes.xml", 406, ".parquet"),
        ("/api/v1/communes?colour=red", 422, "period"),
        ("/api/v1/communes?period=2024", 422, "2024-12-31"),
        ("/api/v1/communes?unit=99999", 422, "99999"),
        ("/api/v1/communes?group=99", 422, "110"),
        ("/api/v1/assessments?criterion=x", 422, "criterion"),
        ("/api/v1/assessments?set=x", 422, "commune-2021-2025"),
        ("/api/v1/communes?kind=x", 422, "official"),
        ("/api/v1/communes?world=both", 422, "sample"),
        ("/api/v1/communes?world=sample,real", 422, "world"),
        ("/api/v1/communes?limit=0", 422, "100000"),
        ("/api/v1/communes?limit=100001", 422, "100000"),
        ("/api/v1/communes?offset=-1", 422, "offset"),
        ("/api/v1/communes?offset=99999999999999999999", 422, "offset"),
        ("/api/v1/communes?grouping=x", 422, "former-districts"),
        ("/api/v1/communes?lang=fr", 422, "vi"),
        ("/api/v1/lookup?period=1999-01-31", 422, "1999-01-31"),
        ("/api/v1/lookup?period=2024-12-31,2023-12-31", 422, "period"),
        ("/api/v1/lookup?lacking=77", 422, "lacking"),
        ("/api/v1/map.geojson?layer=x", 422, "tier"),
        ("/api/v1/communes?unit=" + "1" * 5000, 422, "4000"),
    ],
)
def test_each_fault_is_a_sentence(client, address: str, status: int, words: str) -> None:
    told = client.get(address)
    assert told.status_code == status
    assert words in problem(told)["detail"]


def test_an_accept_that_nothing_has(client) -> None:
    told = client.get("/api/v1/communes", headers={"Accept": "application/pdf"})
    assert told.status_code == 406
    assert "text/csv" in problem(told)["detail"]


def test_it_is_for_reading_alone(client) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        told = client.request(method, "/api/v1/communes")
        assert (told.status_code, told.headers["allow"]) == (405, "GET, HEAD")
        assert problem(told)
    assert client.head("/api/v1/communes").status_code == 200


def test_sentences_and_words_are_in_the_language_that_is_asked_for(client) -> None:
    assert "There is no" in problem(client.get("/api/v1/nothing?lang=en"))["detail"]
    assert "There is no" in problem(client.get("/api/v1/nothing", headers={"Accept-Language": "en-GB"}))["detail"]
    vietnamese = client.get("/api/v1/targets?world=sample").json()["rows"][0]["title"]
    assert client.get("/api/v1/targets?world=sample&lang=en").json()["rows"][0]["title"] != vietnamese


def test_too_many_requests_are_told_when_to_come_again(client, opened) -> None:
    answers = [client.get("/api/v1/nothing").status_code for _ in range(121)]
    assert answers.count(429) == 1
    told = client.get("/api/v1/nothing")
    assert 1 <= int(told.headers["retry-after"]) <= 60
    assert problem(told)
    assert opened("127.0.0.2").get("/api/v1/nothing").status_code == 404


def test_a_database_that_is_away_is_said(client, monkeypatch, tmp_path) -> None:
    away = store.connect(f"sqlite:///{tmp_path / 'none.sqlite'}")
    away.dispose()
    (tmp_path / "none.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setattr(ui_data, "_engine", lambda: away)
    told = client.get("/api/v1/communes")
    assert told.status_code == 503
    assert "none.sqlite" not in problem(told)["detail"]


def test_answers_bear_the_servers_headers(client) -> None:
    for address in ("/api/v1/", "/api/v1/villages", "/api/v1/nothing"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
    assert client.get("/api/v1/villages", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(("language", "words"), [("vi", "Các bảng"), ("en", "The tables")])
def test_the_page_for_people_names_every_table_and_loads_nothing(client, language: str, words: str) -> None:
    page = client.get(f"/api/v1/?lang={language}").text
    assert words in page
    assert all(f"/{name}.csv" in page for name in tables.names())
    assert "<script" not in page
    assert "src=" not in page
    addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert all(one.startswith(("http://localhost:8501/api/v1/", "?lang=")) for one in addresses)
