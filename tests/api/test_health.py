"""Health: alive, ready or not and why not, metrics for this machine alone or an administrator's token."""

import shutil
from collections import namedtuple

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ntm import store, tokens
from ntm.api import health
from ntm.server import guards, watch
from ntm.ui import data as ui_data

LISTED = """reading = "open"
[people."an@laichau.example"]
name = "An"
role = "administrator"
[people."chi@laichau.example"]
name = "Chi"
role = "viewer"
"""


@pytest.fixture
def asked(opened, monkeypatch, tmp_path):
    (tmp_path / "people.toml").write_text(LISTED, "utf-8")
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    monkeypatch.setenv("NTM_TOKENS", str(tmp_path / "tokens.json"))
    app = Starlette(routes=health.routes(), middleware=guards.all_of_them())
    return lambda address="127.0.0.1": TestClient(app, base_url="http://localhost:8501", client=(address, 50_000))


def told(answer) -> dict[str, float]:
    families = text_string_to_metric_families(answer.text)
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


def test_it_is_alive_and_ready(asked) -> None:
    assert asked().get("/healthz").json() == {"status": "alive"}
    ready = asked("10.0.0.7").get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert set(ready.json()["checks"]) == {"database", "revision", "map", "disk", "people"}


def test_what_is_missing_is_named_without_secrets(asked, monkeypatch, tmp_path) -> None:
    usage = namedtuple("usage", ["free"])
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(1))
    (tmp_path / "people.toml").write_text("colour = 1", "utf-8")
    (tmp_path / "noise.sqlite").write_bytes(b"noise" * 1000)
    away = store.connect(f"sqlite:///{tmp_path / 'none.sqlite'}")
    away.dispose()
    shutil.copy(tmp_path / "noise.sqlite", tmp_path / "none.sqlite")
    monkeypatch.setattr(ui_data, "_engine", lambda: away)
    answer = asked().get("/readyz")
    assert answer.status_code == 503
    assert not any(answer.json()["checks"].values())
    assert "none.sqlite" not in answer.text


def test_metrics_for_this_machine(asked, office) -> None:
    watch.rerun("explore", 0.0)
    watch.answer(404, 0.1)
    answer = asked().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = told(answer)
    assert found["ntm_revision"] == store.latest(office)
    assert found["ntm_rerun_seconds_count explore"] >= 1
    assert found["ntm_api_answers_total 404"] >= 1
    assert found["ntm_sessions"] == found["ntm_upload_bytes"] == 0
    assert found["process_resident_memory_bytes"] > 1e6


def test_metrics_for_others_need_an_administrators_token(asked) -> None:
    away = asked("10.0.0.7")
    assert away.get("/metrics").status_code == 401
    assert asked().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401
    for email, status in (("an@laichau.example", 200), ("chi@laichau.example", 403)):
        _made, shown = tokens.add(email, 1, "Prometheus")
        assert away.get("/metrics", headers={"Authorization": f"Bearer {shown}"}).status_code == status
    assert away.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_database_that_is_away_has_no_revision(asked, monkeypatch, tmp_path) -> None:
    away = store.connect(f"sqlite:///{tmp_path / 'none.sqlite'}")
    away.dispose()
    (tmp_path / "none.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setattr(ui_data, "_engine", lambda: away)
    found = told(asked().get("/metrics"))
    assert found["ntm_revision"] != found["ntm_revision"]
