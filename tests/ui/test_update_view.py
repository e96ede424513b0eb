import pytest

from ntm import people
from ntm.ui import account, update_view


@pytest.mark.parametrize(
    ("configured", "email", "advice"),
    [
        (False, "", "gửi cho người quản trị"),
        (True, "", "hãy đăng nhập"),
        (True, "chi@elsewhere.example", "chỉ được xem"),
    ],
)
def test_who_may_not_publish_is_told_what_they_can_do(monkeypatch, configured: bool, email: str, advice: str) -> None:
    monkeypatch.setattr(account, "can_sign_in", lambda: configured)
    said = update_view._reading_alone(people.Person("", email=email))
    assert "ệp mẫu" in said
    assert advice in said
