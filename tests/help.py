"""Writes what of the help is made, not written: tables of what the program has and of what was
measured, and the picture.

`python -m tests.help` in the root of the repository; `--check` writes nothing and says what is
out of date. A made part of a page stands between `<!-- made: NAME -->` and `<!-- made -->`.
"""

import argparse
import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from typer import Context
from typer.main import get_command

from nnviz.cli.app import commands
from nnviz.data.catalogue import DATA_SETS
from nnviz.data.forms.table import FORMS
from nnviz.data.forms.turning import SAID
from nnviz.data.specimens import KINDS as SPECIMENS
from nnviz.lectures.line import keys_and_codecs
from nnviz.networks.codes import CODE_PRESETS
from nnviz.networks.designs import DESIGNS, Given
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import PRESETS, SETTINGS, Setting, Settings
from nnviz.networks.storage import growth, on_one_trunk, separate
from nnviz.paths import RESOURCES
from nnviz.questions.listing import ORDERS
from nnviz.questions.morphs import BLENDS
from nnviz.questions.rows import SCORES
from nnviz.ui.app.application import make_application
from nnviz.ui.app.help_keys import HEADS, portable_keys
from nnviz.ui.pages.storage_words import bytes_in_words, order_of
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.work_per_answer import usual_passes
from tests.help_architecture import draw as draw_architecture
from tests.help_figures import FIGURES, table
from tests.help_studies import STUDIES
from tests.help_studies import draw as draw_studies
from tests.help_study_plan import PLANS

HELP = RESOURCES / "help"
MADE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- made -->)", re.DOTALL)
PICTURE = HELP / "pictures" / "nnviz.png"
DRAWN = ("--page", "train", "--size", "1280x720", "--theme", "dark")
"""What the picture of the README shows: the network that the program opens with."""
COLOURS = 256
"""Of the picture: with all of them it would be three times as large."""
FEW = 5
"""Choices that are told with their names."""


def code(words: object) -> str:
    return f"`{words}`"


def _listed(names: Iterable[object]) -> str:
    return ", ".join(map(code, names))


# ---- what the program has ------------------------------------------------------------


def options() -> str:
    """Every command as its `--help` tells of it."""
    return "\n\n".join(_command(name, command) for name, command in all_commands())


def all_commands() -> Iterator[tuple[str, Any]]:
    """(how it is called, the command), each after the one that it belongs to."""
    waiting = [("nnviz", get_command(commands()))]
    while waiting:
        name, command = waiting.pop(0)
        yield name, command
        inner = getattr(command, "commands", {})
        waiting[:0] = [(f"{name} {word}", each) for word, each in inner.items()]


def _command(name: str, command: Any) -> str:
    context = Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    told = [f"### {name}", " ".join(command.help.split()), code(usage)]
    rows = [
        (code(record[0].replace("|", " | ")), record[1])
        for each in command.params
        if (record := each.get_help_record(context)) is not None
    ]
    return "\n\n".join([*told, *([table(("option", "what it does"), rows)] if rows else [])])


def line_keys() -> str:
    """The keys of the line of what is looked at."""
    rows = [
        (code(f"{name}={codec.looks}".replace("|", " | ")), said)
        for name, (said, codec) in keys_and_codecs().items()
    ]
    return table(("key", "what it says"), rows)


def settings() -> str:
    usual = Settings()
    rows = [
        (
            setting.label,
            code("--" + name.replace("_", "-")),
            f"{_values(setting)}; usually {_written(getattr(usual, name))}",
            setting.help,
        )
        for name, setting in SETTINGS.items()
    ]
    live = ", ".join(f"*{setting.label}*" for setting in SETTINGS.values() if setting.live)
    told = f"In force at once, also while a run goes on: {live}. All others start a new run."
    return f"{told}\n\n{table(('setting', 'option', 'values', 'what it does'), rows)}"


def _values(setting: Setting) -> str:
    named = setting.offered or setting.suggestions
    if named:
        if len(named) > FEW:
            return _listed(named)
        listed = ", ".join(f"{code(name)} ({words})" for name, words in named.items())
        return listed + (", or words" if setting.suggestions else "")
    if not setting.high:
        return "yes or no"
    zero = f", or 0: {setting.zero}" if setting.zero else ""
    return f"{setting.low:,g} to {setting.high:,.10g}{zero}"


def _written(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else code(value)


def presets() -> str:
    rows = [
        (preset.label, code(f"--preset {name}"), _changed(preset.named), preset.help)
        for name, preset in PRESETS.items()
    ]
    return table(("preset", "option", "differs from the usual settings in", "what for"), rows)


def _changed(named: Mapping[str, object]) -> str:
    words = [f"{SETTINGS[name].label} {_written(value)}" for name, value in named.items()]
    return ", ".join(words) or "nothing"


def designs() -> str:
    rows = []
    for name, design in DESIGNS.items():
        networks = design.networks(Given(10)).tolist()
        counts = f"{len(networks):,} / {len(set(networks))}"
        named = f"{design.label}, {code(name)}"
        rows.append((named, design.help, counts, _listed(design.readings)))
    return table(("design", "what it is", "outputs / networks", "readings"), rows)


def storage() -> str:
    rows = []
    for name, design in DESIGNS.items():
        settings = Settings().change(design=name, trunk="scratch")
        layout, sizes = layout_of(settings, 10), (784, 30)
        apart, shared = separate(layout, *sizes), on_one_trunk(layout, *sizes)
        network = initial_network(settings, sizes[0], 10)
        asked = usual_passes(network, settings, layout)
        together = f"{shared.parameters:,}, {bytes_in_words(shared.bytes)}"
        rows.append(
            (
                design.label,
                f"{apart.parts:,}, {order_of(growth(name))}",
                f"{apart.parameters:,}, {bytes_in_words(apart.bytes)}",
                together if "frozen" in design.trunks else "–",
                f"{asked.heads:,}",
            )
        )
    headings = (
        "design",
        "separate networks",
        "their parameters",
        "as heads on one trunk",
        "forward passes, or heads asked",
    )
    return table(headings, rows)


def _named(entries: Mapping[str, Any]) -> str:
    return table(
        ("id", "name", "what it is"),
        ((code(name), each.label, each.help) for name, each in entries.items()),
    )


def codes() -> str:
    rows = [
        (code(name), preset.label, preset.help, " ".join(preset.words))
        for name, preset in CODE_PRESETS.items()
    ]
    return table(("code", "name", "what it is", "words of 0, 1, ... 9"), rows)


def forms() -> str:
    """The forms of data sets that are opened."""
    rows = [(form.name, form.holds, code(form.files.replace(", ", "`, `"))) for form in FORMS]
    return table(("form", "what is read", "files, for example"), rows)


def ways_of_turning() -> str:
    """The words of --turned."""
    return table(("word", "what is done"), [(code(word), said) for word, said in SAID.items()])


def data_sets() -> str:
    rows = [
        (
            code(name),
            each.label,
            each.images,
            f"{each.size / 1e6:.0f} MB",
            each.credit,
            each.licence,
        )
        for name, each in DATA_SETS.items()
    ]
    return table(("name", "data set", "what it holds", "download", "made by", "licence"), rows)


def keys() -> str:
    make_application()  # Qt knows the usual keys of a system only with one
    return "\n\n".join(f"## {title}\n\n{table(HEADS, rows)}" for title, rows in portable_keys())


PARTS: Mapping[str, Callable[[], str]] = {
    "options": options,
    "line_keys": line_keys,
    "settings": settings,
    "presets": presets,
    "designs": designs,
    "storage": storage,
    "readings": lambda: _named(READINGS),
    "codes": codes,
    "specimens": lambda: _named(SPECIMENS),
    "blends": lambda: _named(BLENDS),
    "orders": lambda: _named(ORDERS),
    "scores": lambda: _named(SCORES),
    "data_sets": data_sets,
    "forms": forms,
    "ways_of_turning": ways_of_turning,
    "keys": keys,
    **FIGURES,
    **STUDIES,
    **PLANS,
}
"""Name -> the made part, in Markdown."""


def up_to_date(page: str) -> str:
    """The text of a page with all that is made in it made anew."""
    return MADE.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}", page)


def draw(file: Path) -> None:
    """The picture of the README, in few colours."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "drawn.png"
        get_command(commands())(
            ["picture", *DRAWN, "--out", str(drawn)], standalone_mode=False, prog_name="nnviz"
        )
        with Image.open(drawn) as picture:
            fewer = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    fewer.save(packed, "PNG", optimize=True)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(packed.getvalue())


def main() -> int:
    """Writes; -> 1 where --check finds something out of date."""
    parser = argparse.ArgumentParser(prog="python -m tests.help", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--picture", action="store_true", help="draw the picture, too")
    asked = parser.parse_args()
    behind = []
    for page in sorted(HELP.glob("*.md")):
        text = page.read_text("utf-8")
        made = up_to_date(text)
        if made != text:
            behind.append(page.name)
            if not asked.check:
                page.write_text(made, "utf-8")
    if asked.picture and not asked.check:
        draw(PICTURE)
        draw_studies(PICTURE.parent)
        draw_architecture(PICTURE.parent)
    if behind:
        sys.stderr.write(f"{'Out of date' if asked.check else 'Written'}: {', '.join(behind)}\n")
    return int(asked.check and bool(behind))


if __name__ == "__main__":
    sys.exit(main())
