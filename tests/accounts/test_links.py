"""One-time links: used once, by one; until they expire, or a newer one takes their place."""

import pytest

from ntm.accounts import links, tables
from ntm.accounts.refusals import SpentLink, UnknownLink
from ntm.database import writing
from tests.accounts.conftest import AN


def make(engine, address: str = AN) -> str:
    with writing(engine) as connection:
        return links.make(connection, address)


def use(engine, secret: str) -> str:
    with writing(engine) as connection:
        return links.use(connection, secret)


def test_a_link_is_used_once_and_looking_at_it_does_not_use_it(office) -> None:
    secret = make(office)
    with office.connect() as connection:
        assert links.address_of(connection, secret) == links.address_of(connection, secret) == AN
    assert use(office, secret) == AN
    with pytest.raises(SpentLink, match="đã được dùng"):
        use(office, secret)


def test_of_two_who_use_it_at_once_one_is_let_in(office, monkeypatch) -> None:
    secret = make(office)
    assert use(office, secret) == AN
    monkeypatch.setattr(links, "address_of", lambda connection, secret: AN)  # as the second saw it before the first
    with pytest.raises(SpentLink):
        use(office, secret)


@pytest.mark.parametrize(("address", "lasts"), [(AN, links.FOR_A_PASSWORD), (tables.OWNER, links.FOR_THE_OWNER)])
def test_a_link_expires(office, clock, address: str, lasts) -> None:
    secret = make(office, address)
    clock.now += lasts
    with pytest.raises(SpentLink, match="hết hạn"):
        use(office, secret)
    clock.move(days=31)
    make(office)
    with pytest.raises(UnknownLink):  # and is no longer kept
        use(office, secret)


def test_a_newer_link_takes_the_place_of_one_that_was_not_used(office) -> None:
    old, others, new = make(office), make(office, tables.OWNER), make(office)
    with pytest.raises(UnknownLink):
        use(office, old)
    assert (use(office, new), use(office, others)) == (AN, tables.OWNER)
