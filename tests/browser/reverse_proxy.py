"""A reverse proxy that has signed its readers in: it names one in a header of every request, and takes away theirs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.ports import free_port

HEADER = "X-Remote-User"


@contextmanager
def before(port: int, user: str) -> Iterator[str]:
    """Run the proxy before a server on this machine; give its address. Without a user it names nobody."""
    own_port, is_ready, ends = free_port(), threading.Event(), []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            from_server, to = await asyncio.open_connection("127.0.0.1", port)
            to.write(named(head, user))
            await asyncio.gather(copy(reader, to), copy(from_server, writer))
        except (OSError, asyncio.IncompleteReadError):
            writer.close()  # one side has gone

    async def run() -> None:
        done = asyncio.Event()
        ends.extend((asyncio.get_running_loop(), done.set))
        async with await asyncio.start_server(serve, "127.0.0.1", own_port) as server:
            is_ready.set()
            await done.wait()
            server.close()

    # In a thread of its own: Playwright has a loop in this one. What is open at the end is cancelled.
    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    is_ready.wait()
    try:
        yield f"http://127.0.0.1:{own_port}"
    finally:
        loop, end = ends
        loop.call_soon_threadsafe(end)
        thread.join()


def named(head: bytes, user: str) -> bytes:
    """A request's head as it is handed on: one request for each connection, but for a websocket."""
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    is_websocket = any(line.lower().startswith("upgrade:") for line in lines)
    dropped = (HEADER.lower(), *(() if is_websocket else ("connection",)))
    kept = [line for line in lines if line.partition(":")[0].lower() not in dropped]
    kept += [] if is_websocket else ["Connection: close"]
    kept += [f"{HEADER}: {user}"] if user else []
    return ("\r\n".join([first, *kept]) + "\r\n\r\n").encode("latin-1")


async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Hand on what comes, until one side ends."""
    while content := await source.read(65_536):
        target.write(content)
        await target.drain()
    target.close()
