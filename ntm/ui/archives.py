"""Archives: each revision's facts, loaded once for all sessions; a new revision in the background.

A reader who is looking at pages goes on with the revision before until the new one is there. Who opens the dashboard,
or has published it, waits for it.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

from sqlalchemy import Engine

from ntm import dataset, timeline
from ntm.dataset import Archive
from ntm.ui import quirks, turns
from ntm.world import World

logger = logging.getLogger(__name__)
KEPT = 4  # two revisions of two worlds


class Archives:
    """The archives of one database, the latest ones kept. `engine` connects to it, when first asked."""

    def __init__(self, engine: Callable[[], Engine]):
        self._engine = engine
        self._kept: OrderedDict[tuple[int, World], Archive] = OrderedDict()
        self._default_worlds: dict[int, World] = {}
        self._lock = threading.RLock()  # over loading: whoever needs the same one waits for it
        self._loader: threading.Thread | None = None
        self.newest = 0  # the latest revision that is loaded; 0 before the first

    def of(self, revision: int, world: World) -> Archive:
        """Return a world at a revision; loaded here where it is not kept."""
        kept = self._kept.get((revision, world))
        return kept if kept is not None else self._load(revision, world)

    def default_world(self, revision: int) -> World:
        """Return dataset.default_world of a revision."""
        if revision not in self._default_worlds:
            self._default_worlds[revision] = dataset.default_world(self._engine(), revision, timeline.load())
        return self._default_worlds[revision]

    def settle(self, latest: int, *, wait: bool) -> int:
        """Return the revision to show while `latest` is the latest one: that, or the one before while it is loaded.

        `wait`: it must be the latest one.
        """
        if self.newest == latest:
            return latest
        if wait or not 0 < self.newest < latest:
            self._bring(latest)
            return latest
        if self._loader is None or not self._loader.is_alive():
            self._loader = threading.Thread(target=self._bring_quietly, args=(latest,), daemon=True)
            self._loader.start()
        return self.newest

    def _bring_quietly(self, latest: int) -> None:
        try:
            self._bring(latest)
        except Exception:  # nobody reads this thread's errors; the next reader asks again
            logger.exception("Revision %s could not be loaded.", latest)

    def _bring(self, latest: int) -> None:
        """Load a revision: its default world, and those that are looked at in the one before."""
        with turns.left(), self._lock:
            looked_at = {world for revision, world in self._kept if revision == self.newest}
            for world in {self.default_world(latest), *looked_at}:
                self.of(latest, world)
            self.newest = latest

    def _load(self, revision: int, world: World) -> Archive:
        with turns.left(), self._lock:
            if (revision, world) not in self._kept:
                before = [kept for (number, of), kept in self._kept.items() if of is world and number < revision]
                known = max(before, key=lambda kept: kept.revision, default=None)
                archive = dataset.load(self._engine(), revision, world, before=known).archive
                archive.at(archive.default_period).communes_at(archive.default_period)  # not in a reader's page
                quirks.spare_the_collector()
                self._kept[revision, world] = archive
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return self._kept[revision, world]
