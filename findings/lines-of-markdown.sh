#!/usr/bin/env bash
# markdown-it-py 4.3.0
# What: the line numbers of markdown-it-py count a lone carriage return as the end of a line, but
# neither form feed, vertical tab nor U+2028; str.splitlines ends lines at all of them.
# Why it surprises: both are the usual way to say at which line something stands, and they differ
# from the first form feed on.
# What nnviz does: nnviz/lectures/files.py has its own pattern for the end of a line, and reports
# faults of a lecture file at the lines that an editor shows.
set -euo pipefail
packages=(markdown-it-py==4.3.0)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if command -v uv >/dev/null; then
    uv venv --quiet "$folder/env"
    uv pip install --quiet --python "$folder/env/bin/python" "${packages[@]}"
else
    python3 -m venv "$folder/env"
    "$folder/env/bin/python" -m pip install --quiet "${packages[@]}"
fi
cd "$folder"
printf '%s\n' "${packages[@]}"
env/bin/python - <<'END'
from markdown_it import MarkdownIt

seen = {}
for name, end in (("LF", "\n"), ("CR", "\r"), ("FF", "\f"), ("VT", "\v"), ("LS", "\u2028")):
    text = f"one{end}two\n\nlast\n"
    last = [token for token in MarkdownIt().parse(text) if token.type == "paragraph_open"][-1]
    seen[name] = (last.map[0], text.splitlines().index("last"))
    print(f"{name}: 'last' is line {seen[name][0]} by its map, {seen[name][1]} by splitlines")
wanted = {"LF": (3, 3), "CR": (3, 3), "FF": (2, 3), "VT": (2, 3), "LS": (2, 3)}
if seen != wanted:
    raise SystemExit(f"changed: {seen}")
END
