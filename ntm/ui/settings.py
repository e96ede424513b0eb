"""Settings of the server that are wrong: a reader cannot correct them, so they are logged and the default is used."""

import logging

from ntm import clock, environment

logger = logging.getLogger(__name__)


def check() -> None:
    """Put the default in the place of a time zone that there is not, for this process."""
    try:
        clock.zone()
    except ValueError:
        logger.exception("The time zone %s is used instead.", clock.DEFAULT)
        environment.replace("NTM_TIMEZONE", clock.DEFAULT)
