#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: Qt's setMarkdown drops everything behind a tag that is not closed: behind List<int> in a
# sentence the whole rest of the document is gone, and so behind <br>. With <br/>, or with HTML
# switched off, all is there.
# Why it surprises: Markdown lets HTML through and browsers forgive what is open; <br> is right
# HTML.
# What nnviz does: nnviz/ui/app/lecture/notes.py switches HTML off, and the help is turned into
# HTML by markdown-it-py in nnviz/ui/app/help_pages.py.
set -euo pipefail
packages=(PySide6-Essentials==6.11.3)
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
QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES='*=false' env/bin/python - <<'END'
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

app = QApplication([])
plain = QTextDocument.MarkdownFeature.MarkdownNoHTML
seen = []
for text, *how in (("A List<int> here",), ("One<br>two",), ("One<br/>two",), ("A List<int> here", plain)):
    document = QTextDocument()
    document.setMarkdown(f"{text}\n\nThe rest.\n", *how)
    seen.append("The rest." in document.toPlainText())
    print(repr(text), how, "->", repr(document.toPlainText()))
if seen != [False, False, True, True]:
    raise SystemExit("changed")
END
