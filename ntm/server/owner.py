"""The machine's owner: when the server starts in a terminal, it prints a link by which they sign in once."""

import logging
import sys

from sqlalchemy.exc import SQLAlchemyError

from ntm.accounts import keeping
from ntm.accounts.links import FOR_THE_OWNER
from ntm.database import Newer
from ntm.server import listening, ways
from ntm.text import _

logger = logging.getLogger(__name__)


def greet() -> None:
    """Print a link to a terminal alone, as the server starts: what is no terminal may be a log, and others read it."""
    try:
        if sys.stdout.isatty():
            sys.stdout.write(f"\n  {link_words()}\n\n")
            sys.stdout.flush()
    except (SQLAlchemyError, Newer):
        logger.exception("No link for the machine's owner: the database cannot be used.")


def link_words(address: str = "") -> str:
    """Return a sentence with a new link for the machine's owner, or why there is none. Raises SQLAlchemyError, Newer.

    `address`: see link.
    """
    refused = ways.why_not_owner()
    if refused:
        return _("Không có liên kết của chủ máy: {why}", why=refused)
    secret = keeping.owners_link(ways.engine())
    return _(
        "Chủ máy đăng nhập bằng liên kết này (dùng một lần, trong {minutes} phút, chỉ trên máy này): {link}",
        minutes=FOR_THE_OWNER.seconds // 60,
        link=link(secret, address),
    )


def link(secret: str, address: str = "") -> str:
    """Return the address of a one-time link. `address`: under which people open the dashboard, if not the server's."""
    return f"{address.rstrip('/') or listening.address()}/sign-in/link?one={secret}"
