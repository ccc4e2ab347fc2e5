"""Makes everything that is frozen from one tree, through its command line alone."""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from rich.progress import Progress

from tests.frozen.inputs import make_inputs
from tests.frozen.orders import Order, Views, questions, trainings

MADE = "made.json"
"""Says what a frozen folder holds, and what that was made from."""
LIMIT = 600
"""Seconds until a command is taken for hanging."""
ROOT = Path(__file__).resolve().parents[2]
DIGITS = ROOT / "resources" / "digits"


@dataclass(frozen=True)
class Tree:
    """A working tree of the program, and the Python that has what it needs."""

    folder: Path
    python: Path
    commit: str = ""
    """Empty for a tree that may have changes."""

    def run(self, words: str, place: Path, home: Path) -> "subprocess.CompletedProcess[str]":
        """`nnviz` with these words in the folder `place`."""
        return subprocess.run(
            [self.python, "-m", "nnviz", *shlex.split(words)],
            cwd=place,
            env=_environment(self.folder, home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )


def freeze(
    tree: Tree, folder: Path, progress: Progress, jobs: int = 2, only: Sequence[str] = ()
) -> None:
    """Fills a folder with the results of all orders, or those of which a pattern of `only` fits
    the name, and what these need. What a revision has left there before is not made again."""
    made = made_in(folder)
    if not (tree.commit and made.commit == tree.commit and made.inputs == _inputs()):
        clear(folder)
        folder.mkdir(parents=True)
        make_inputs(folder / "inputs", DIGITS)
        made = Made(tree.commit, _inputs())
    trained = folder / "trained"
    trained.unlink(missing_ok=True)
    trained.symlink_to(tree.folder / "trained")
    with tempfile.TemporaryDirectory(prefix="nnviz-home-") as name:
        home = Path(name).resolve()
        made.views = _views(tree, folder, home)
        every = (*trainings(), *questions(made.views))
        made.forget_all_but({order.name: order.key for order in every}, folder)
        stages = [
            [order for order in orders if order.name not in made.keys]
            for orders in stages_of(every, only)
        ]
        bar = progress.add_task(folder.name, total=sum(map(len, stages)))
        with ThreadPoolExecutor(jobs) as pool:
            try:
                for orders in stages:
                    done = {pool.submit(_carry_out, tree, o, folder, home): o for o in orders}
                    for each in as_completed(done):
                        each.result()
                        made.keys[done[each].name] = done[each].key
                        made.write(folder)
                        progress.advance(bar)
            finally:
                pool.shutdown(cancel_futures=True)
    trained.unlink()


def is_frozen(folder: Path, commit: str) -> bool:
    """Whether a folder holds all results of a revision, made from today's orders."""
    made = made_in(folder)
    keys = {order.name: order.key for order in (*trainings(), *questions(made.views))}
    whole = bool(made.views) and made.keys == keys
    return whole and made.commit == commit and made.inputs == _inputs()


@dataclass
class Made:
    """What a folder holds."""

    commit: str = ""
    inputs: str = ""
    views: Views = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Of each order that has been carried out, what its result depends on."""

    def write(self, folder: Path) -> None:
        new = folder / f"{MADE}.new"
        new.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")
        new.replace(folder / MADE)

    def forget_all_but(self, keys: Mapping[str, str], folder: Path) -> None:
        """Removes what is no longer ordered, or otherwise."""
        for name in [name for name, key in self.keys.items() if keys.get(name) != key]:
            del self.keys[name]
            for path in folder.glob(f"{name}.*"):
                path.unlink()


def made_in(folder: Path) -> Made:
    """What a folder holds; nothing where it is none of ours."""
    try:
        return Made(**json.loads((folder / MADE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Made()


@cache
def _inputs() -> str:
    """A digest of the inputs as they are made today."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="nnviz-inputs-") as name:
        folder = Path(name) / "inputs"
        make_inputs(folder, DIGITS)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def clear(folder: Path) -> None:
    """Removes an earlier result. Raises FileExistsError for a folder that holds anything else."""
    if (folder / "inputs").is_dir():
        shutil.rmtree(folder)
    elif folder.exists():
        if any(folder.iterdir()):
            raise FileExistsError(f"{folder} holds something else.")
        folder.rmdir()


def fits(name: str, only: Sequence[str]) -> bool:
    """Whether one of the patterns fits a name; no pattern fits all."""
    return not only or any(fnmatch(name, pattern) for pattern in only)


def stages_of(orders: Sequence[Order], only: Sequence[str] = ()) -> tuple[list[Order], ...]:
    """Those that a pattern fits and what they need, parted so that none needs one of its own
    or of a later stage."""
    chosen: list[Order] = []
    needed: set[str] = set()
    for order in reversed(orders):  # what is needed stands before what needs it
        if order.name in needed or fits(order.name, only):
            chosen.insert(0, order)
            needed.update(order.needs)
    depths = {order.name: order.depth for order in chosen}
    return tuple(
        [order for order in chosen if depths[order.name] == depth]
        for depth in range(max(depths.values(), default=-1) + 1)
    )


def _carry_out(tree: Tree, order: Order, folder: Path, home: Path) -> None:
    done = tree.run(order.words, folder, home)
    if order.picture and done.returncode == 0 and not done.stderr:
        return
    about = {"command": order.words, "status": done.returncode, "said": done.stderr.splitlines()}
    records = [json.dumps(about), *map(_record, done.stdout.splitlines())]
    text = "\n".join(records) + "\n"
    for place, name in ((tree.folder, "TREE"), (folder.resolve(), "HERE"), (home, "HOME")):
        text = text.replace(str(place), name)
    (folder / f"{order.name}.jsonl").write_text(text, "utf-8")


def _record(line: str) -> str:
    """A line of output as a JSON object."""
    try:
        if isinstance(json.loads(line), dict):
            return line
    except ValueError:
        pass
    return json.dumps({"line": line})


def _views(tree: Tree, folder: Path, home: Path) -> Views:
    """The pages and views of a program, as it says itself."""

    def listed(words: str, pattern: str) -> tuple[str, ...]:
        said = tree.run(f"picture --out no.png {words}", folder, home).stderr
        found = re.search(pattern, said)
        return tuple(found[1].split(", ")) if found else ()

    pages = listed("--page ?", "must be one of (.*), not")
    if not pages:
        raise RuntimeError(f"{tree.folder} does not say which pages it has.")
    return {page: listed(f"--page {page} --view ?", r"its views are (.*)\.") for page in pages}


def _environment(tree: Path, home: Path) -> dict[str, str]:
    folders = ("CONFIG", "DATA", "STATE", "CACHE")
    given = os.environ | {f"XDG_{name}_HOME": str(home / name.lower()) for name in folders}
    for name in ("VIRTUAL_ENV", "NNVIZ_MIRROR", "FORCE_COLOR"):
        given.pop(name, None)
    return given | {
        "HOME": str(home),
        "PYTHONPATH": str(tree),
        "PYTHONIOENCODING": "utf-8",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": "1",
        "OMP_NUM_THREADS": "1",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "COLUMNS": "100",
    }
