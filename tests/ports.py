"""A free port, for the servers that tests start."""

import random
import socket

PORTS = range(20_000, 32_000, 2)  # below those that systems give to outgoing connections
ATTEMPTS = 100
_guards: list[socket.socket] = []


def free_port() -> int:
    """Return a port of this machine that nobody listens on, and that no other process is given meanwhile.

    Tests run side by side, and a server takes its port a while after it was found, or again after it was stopped. So
    the port above is held as long as this process lives: who cannot hold that one looks for another.
    """
    for port in random.SystemRandom().sample(PORTS, ATTEMPTS):  # hypothesis begins the common one anew
        guard = _held(port + 1)
        if guard is None:
            continue
        probe = _held(port)
        if probe is None:
            guard.close()
            continue
        probe.close()
        _guards.append(guard)
        return port
    raise OSError(f"No free port among {ATTEMPTS} of {PORTS}.")


def _held(port: int) -> socket.socket | None:
    holder = socket.socket()
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        holder.close()
        return None
    return holder
