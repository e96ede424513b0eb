"""A crowd of sessions on bare websockets: each asks for its page to run again, all at the same moment.

Run as a process of its own, so that the client's work is not the server's: python -m benchmarks.crowd ADDRESS ...
"""

import argparse
import asyncio
import json
import time
from itertools import cycle

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 300  # seconds


async def rerun(socket: ClientConnection, page: str, query: str) -> float:
    """Ask for one run of a page; return the seconds until the script has ended."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    start = time.monotonic()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(await socket.recv(decode=False))
        if answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"{page}?{query}: {answer.delta.new_element.exception.type}")
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.monotonic() - start
            if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                raise RuntimeError(f"the run of {page}?{query} ended with {answer.script_finished}")


async def session(address: str, page: str, queries: list[str], pauses: list[asyncio.Barrier]) -> list[float]:
    """Open a page, then run it once for each query, together with all others; return the seconds of each."""
    protocols = [Subprotocol("streamlit"), Subprotocol("PLACEHOLDER")]
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(url, origin=address, subprotocols=protocols, max_size=None, open_timeout=PATIENCE) as socket:
        await rerun(socket, page, queries[-1])
        times = []
        for query, together in zip(queries, pauses, strict=True):
            await together.wait()
            times.append(await rerun(socket, page, query))
        return times


async def crowd(addresses: list[str], page: str, queries: list[str], sessions: int) -> list[float]:
    """Return the seconds of all runs of all sessions, which are spread over the addresses."""
    pauses = [asyncio.Barrier(sessions) for _query in queries]
    turn = cycle(addresses)
    each = [session(next(turn), page, queries, pauses) for _number in range(sessions)]
    return [seconds for times in await asyncio.wait_for(asyncio.gather(*each), PATIENCE * 2) for seconds in times]


def main() -> None:
    """Print the seconds of all runs as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--page", default="")
    parser.add_argument("--query", action="append", required=True)
    parser.add_argument("--sessions", type=int, required=True)
    call = parser.parse_args()
    print(json.dumps(asyncio.run(crowd(call.addresses, call.page, call.query, call.sessions))))


if __name__ == "__main__":
    main()
