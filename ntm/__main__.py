"""python -m ntm"""

import sys
from io import TextIOWrapper

from ntm.cli import main

for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8")  # a Windows console or pipe may otherwise not take Vietnamese
sys.exit(main())
