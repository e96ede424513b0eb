"""Settings of the installation: the one module that reads environment variables. README lists what each does."""

import os
from typing import Literal

Name = Literal[
    "NTM_BACKUPS",
    "NTM_BOUNDARIES",
    "NTM_DATA",
    "NTM_DATABASE_URL",
    "NTM_ENDED_SESSIONS",
    "NTM_HOSTS",
    "NTM_LOG",
    "NTM_PEOPLE",
    "NTM_SEAL",
    "NTM_TILES",
    "NTM_TILES_WORDS",
    "NTM_TIMEZONE",
    "NTM_TOKENS",
    "STREAMLIT_SECRETS_FILES",
]


def setting(name: Name) -> str:
    """Return a setting; "" if it is not set. Read at every call: a test, or a faulty time zone, changes one."""
    return os.environ.get(name, "")


def replace(name: Name, value: str) -> None:
    """Set a setting for this process, and for those that it starts."""
    os.environ[name] = value


def inherited(**added: str) -> dict[str, str]:
    """Return the environment for a process that is started, with some variables added."""
    return os.environ | added


def forget(*names: str) -> None:
    """Remove variables for this process, as those that let libraries reach the network."""
    for name in names:
        os.environ.pop(name, None)
