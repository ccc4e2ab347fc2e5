"""Writes what was measured into `resources/results.json`, which all quoted figures come from."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from nnviz.data.results import FILE


def keep(command: str, found: Mapping[str, Mapping[str, Any]]) -> None:
    """Puts what a command found in the place of what it had found before; `found`: name -> the
    fields of a `Result`, as JSON has them."""
    measured = datetime.datetime.now(datetime.UTC).date().isoformat()
    entries = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    for name, fields in found.items():
        entries[name] = {"command": command, "measured": measured, **fields}
    lines = [
        f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}"
        for name, entry in sorted(entries.items())
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
