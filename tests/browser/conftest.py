"""A headless Chromium that opens pages from files, with nothing of a network.

CHROMIUM names the program; else the one that is installed is taken.
"""

import os
import shutil
from importlib.util import find_spec

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

if BROWSER is None or find_spec("playwright") is None:  # see the step of .ci/run
    collect_ignore = ["test_film_page.py"]
