"""Where the server listens, and under which names it answers."""

from streamlit import get_option

from ntm.environment import setting
from ntm.server import addresses

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_on_loopback() -> bool:
    """Return whether only this machine can reach the server."""
    return get_option("server.address") in LOOPBACK


def allowed_hosts() -> frozenset[str]:
    """Return the names under which the dashboard may be asked for, in small letters.

    The machine's own, STREAMLIT_BROWSER_SERVER_ADDRESS, and those that NTM_HOSTS adds, separated by commas.
    """
    named = [get_option("browser.serverAddress"), *setting("NTM_HOSTS").split(",")]
    return frozenset((*LOOPBACK, *(name.strip().lower() for name in named if name.strip())))


def address() -> str:
    """Return the address under which people open the dashboard, without a slash at its end."""
    scheme = "https" if get_option("server.sslCertFile") else "http"
    return f"{scheme}://{get_option('browser.serverAddress')}:{get_option('server.port')}{addresses.base_path()}"
