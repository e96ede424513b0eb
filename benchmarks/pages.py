"""What each page costs the server per run, cold and warm, and the bytes that it sends. Run: python -m benchmarks.pages

Every page runs through Streamlit's own test runner, with a profiler around the script. "Own" is what is spent in this
project, pandas, Altair and whatever else they call; the rest is Streamlit's (widgets, messages, its collector). Cold is
the first run after the data was loaded; new is the median of the next ones, each with another group, so that no
chart is taken from a cache; warm is the median of the same ones again. The profiler slows code down, so it only gives
own code's share; the time is that of runs without it.
"""

import cProfile
import pstats
import statistics
import time
from pathlib import Path

import streamlit
from google import protobuf
from streamlit.runtime import pages_manager
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from ntm import dataset, reference, store
from ntm.geo import boundaries
from ntm.paths import ROOT
from tests.pages.conftest import PAGES, PathWithoutPages

ASKED = 60  # milliseconds of own time, warm
THEIRS = tuple(str(Path(module.__file__).parent) for module in (streamlit, protobuf))
GROUPS = ("106", "107", "108", "109", "110", "111")
PROFILED = 2  # the first of them tell own code's share
ROW = "{:>10} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}"


class Watch:
    """What the last run of a script cost: its milliseconds of CPU, and own code's share where it was profiled."""

    profiling = False
    spent = 0.0
    share = 1.0


def watch_scripts() -> None:
    """Let every run of a script tell Watch what it cost; only its own thread counts."""
    plain = ScriptRunner._run_script

    def watched(runner: ScriptRunner, data: object) -> None:
        start = time.thread_time()
        if Watch.profiling:
            profile = cProfile.Profile()
            profile.runcall(plain, runner, data)
            Watch.share = own_share(profile)
        else:
            plain(runner, data)
        Watch.spent = (time.thread_time() - start) * 1000

    ScriptRunner._run_script = watched


def own_share(profile: cProfile.Profile) -> float:
    """Return the share of a run that is spent in own code and the libraries that it calls."""
    times = [(file, name, own) for (file, _line, name), (_n, _p, own, *_rest) in pstats.Stats(profile).stats.items()]
    ours = sum(own for file, name, own in times if not file.startswith(THEIRS) and "gc.collect" not in name)
    return ours / sum(own for _file, _name, own in times)


def run(app: AppTest) -> tuple[float, float, int]:
    """Run a page once; return all milliseconds, own milliseconds, and bytes of its messages."""
    app.run()
    return Watch.spent, Watch.spent * Watch.share, sent(app)


def round_of(app: AppTest) -> list[float]:
    """Run a page for one group after the other; return the medians of all and own milliseconds, and of kB."""
    runs = []
    for turn, group in enumerate(GROUPS):
        Watch.profiling = turn < PROFILED
        app.query_params["groups"] = group
        app.query_params["group"] = group
        runs.append(run(app))
    total, own, size = (statistics.median(column) for column in zip(*runs[PROFILED:], strict=True))
    return [total, own, size / 1000]


def sent(app: AppTest) -> int:
    """Return the bytes of the elements on the page."""
    return sum(element.proto.ByteSize() for element in app._tree if hasattr(element, "proto") and element.proto)


def main() -> None:
    """Print the table: a page per line."""
    pages_manager.Path = PathWithoutPages
    watch_scripts()
    engine = store.connect()
    dataset.build(engine)
    boundaries.publish_all(reference.load())
    print(ROW.format("page", "cold ms", "new ms", "own ms", "warm ms", "own ms", "kB"))
    for page in PAGES:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        cold, *_rest = run(app)
        new, warm = (round_of(app), round_of(app))
        figures = [cold, new[0], new[1], *warm]
        print(ROW.format(page, *(f"{figure:.0f}" for figure in figures)))
    print(ROW.format("asked for", "", "", "", "", ASKED, ""))


if __name__ == "__main__":
    main()
