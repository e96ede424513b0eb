"""A group, at the address that it had in older links."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).with_name("group.py")))
