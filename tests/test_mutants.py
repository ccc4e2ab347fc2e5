"""The mutants themselves: small changes of the right kind, found again after a move."""

import ast
from pathlib import Path

import pytest

from tests.mutants.changes import changes
from tests.mutants.choosing import holders, importers
from tests.mutants.mutant import Mutant, Tree, read, told, write

LIST = Path(__file__).with_name("mutants") / "caught.json"
RULE = '''
class Rule:
    """A rule."""

    def holds(self, steps: int) -> bool:
        """Whether it holds."""
        if steps < self.most and self.on:
            self.log.append(steps)
        return steps + 1 > self.least
'''


def mutants(text: str) -> list[Mutant]:
    return [told(change, text, "rule") for change in changes(text)]


@pytest.mark.parametrize(
    ("line", "mutated"),
    [
        ("a < b", {"a <= b"}),
        ("a != b", {"a == b"}),
        ("a in b", {"a not in b"}),
        ("a <= b < c", {"a < b < c", "a <= b <= c"}),
        ("a + b // c", {"a - b // c", "a + b / c"}),
        ("(a) * (b)", {"(a) / (b)"}),
        ("a and b and c", {"a or b and c", "a and b or c"}),
        ("not a", {"a"}),
        ("f(7)", {"pass", "f(8)", "f(6)"}),
        ("a = True", {"a = False"}),
        ("a = 0.5", {"a = 1.5", "a = -0.5"}),
        ("a = b if c else d", {"a = b if not (c) else d"}),
        ("a = [b for b in c if b]", {"a = [b for b in c if not (b)]"}),
        ("a = np.argmax(b)", {"a = np.argmin(b)"}),
        ("a: Literal[3] = b", set()),
        ("raise Refusal(a + b)", set()),
        ('a = f"{b + 1}"', set()),
        ('a = "é" + b', set()),
    ],
)
def test_a_line_changes_in_every_way_known(line: str, mutated: set[str]) -> None:
    assert {mutant.mutated for mutant in mutants(line)} == mutated


def test_changes_are_told_with_their_surroundings() -> None:
    told = {mutant.mutated: mutant for mutant in mutants(RULE)}
    assert told.keys() == {
        "if steps <= self.most and self.on:",
        "if steps < self.most or self.on:",
        "if not (steps < self.most and self.on):",
        "pass",
        "return steps - 1 > self.least",
        "return steps + 1 >= self.least",
        "return steps + 2 > self.least",
        "return steps + 0 > self.least",
        "return None",
    }
    assert told["return steps - 1 > self.least"] == Mutant(
        module="rule",
        scope="Rule.holds",
        before="self.log.append(steps)",
        line="return steps + 1 > self.least",
        after="",
        mutated="return steps - 1 > self.least",
        part="steps + 1",
        part_mutated="steps - 1",
    )


def test_every_mutant_of_a_module_is_found_where_it_was_made(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text(RULE, "utf-8")
    tree = Tree(tmp_path)
    for change in changes(RULE):
        place = tree.find(told(change, RULE, "rule"))
        assert (place.path, place.row) == (file, change.row)
        assert ast.dump(ast.parse(place.text)) != ast.dump(ast.parse(RULE))


@pytest.mark.parametrize(
    ("moved", "line"),
    [
        (f"import math\n{RULE}", "        return steps - 1 > self.least"),
        (RULE.replace("holds", "keeps"), "        return steps - 1 > self.least"),
        (RULE.replace("self.least", "rule.least"), "        return steps - 1 > rule.least"),
        (
            "def holds(steps, least, other):\n    return steps + 1 > least\n",
            "    return steps - 1 > least",
        ),
        (f"{RULE}\n\nclass Other:\n    def holds(self, steps):\n        return steps\n", None),
    ],
    ids=["another file", "another name", "another form", "out of its class", "a namesake"],
)
def test_a_mutant_is_found_after_a_move(tmp_path: Path, moved: str, line: str | None) -> None:
    (mutant,) = [each for each in mutants(RULE) if each.part_mutated == "steps - 1"]
    package = tmp_path / "rules"
    package.mkdir()
    (package / "anywhere.py").write_text(moved, "utf-8")
    place = Tree(tmp_path).find(mutant)
    spoilt = place.text.splitlines()[place.row]
    assert spoilt == (line or "        return steps - 1 > self.least")


def test_of_equal_lines_in_functions_of_one_name_the_likest_is_taken(tmp_path: Path) -> None:
    other = RULE.replace("Rule", "Ban").replace("self.log.append(steps)", "return True")
    (tmp_path / "rules.py").write_text(other + RULE, "utf-8")
    (mutant,) = [each for each in mutants(RULE) if each.part_mutated == "steps - 1"]
    place = Tree(tmp_path).find(mutant)
    assert place.row == len((other + RULE).splitlines()) - 1


def test_a_line_that_is_no_more_is_gone(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(RULE.replace("steps + 1", "self.next(steps)"), "utf-8")
    (mutant,) = [each for each in mutants(RULE) if each.part_mutated == "steps - 1"]
    assert Tree(tmp_path).find(mutant) is None


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = mutants(RULE)
    write(tmp_path / "list.json", written)
    assert sorted(map(str, read(tmp_path / "list.json"))) == sorted(map(str, written))


def test_the_like_named_tests_that_import_a_module_come_first(tmp_path: Path) -> None:
    texts = {
        "test_all.py": "from nnviz.learning.costs import cost",
        "test_costs.py": "from nnviz.learning import (costs)\nfrom nnviz.learning.costs import a",
        "test_session.py": "from nnviz.session import Session\n\n\ndef test_it():\n    pass\n",
        "test_none.py": "from nnviz.learning.costs_table import cost",
        "ui/test_costs_page.py": "import nnviz.learning.costs",
    }
    (tmp_path / "ui").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")

    def names(module: str) -> list[str]:
        return [path.name for path in importers(tmp_path, module)]

    assert names("nnviz.learning.costs") == ["test_costs.py", "test_all.py", "test_costs_page.py"]
    assert names("nnviz.shelf") == ["test_session.py"]
    assert [path.name for path in holders(tmp_path, "test_it")] == ["test_session.py"]


def test_a_hundred_mutants_are_kept_each_once() -> None:
    kept = read(LIST)
    assert len(kept) >= 100
    assert len({(each.module, each.scope, each.line, each.mutated) for each in kept}) == len(kept)
    assert all("::test_" in each.test and each.part != each.part_mutated for each in kept)
