"""A study's result as text and files: nothing is lost, nothing is let through."""

import base64
import csv
import io
import json
import re
import shlex
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from nnviz.study.files import digest_of_study, load_study, presets, study_from
from nnviz.study.grids import as_text, figure_in_words, grids_of
from nnviz.study.plan import Comparison, SchemeEntry
from nnviz.study.report import (
    FILE,
    command_of,
    csv_of,
    csv_of_rows,
    html_of,
    markdown_of,
    records_of,
)
from nnviz.study.table import table_of
from tests.study.made_rows import made_rows, made_study

RIGHT = {"a": [40, 45, 50, 41, 43, 44], "b": [50, 56, 58, 49, 50, 54]}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EVIL = '=cmd|" /C calc"!A0 <script>alert(1)</script> & "quoted" | `x` *y* [z](javascript:1)'
VOID = {"meta", "img"}


def made(*names, **fields):
    """A study, its rows and its table."""
    study = made_study(*names, shares=(0.1, 1.0), trials=6, **fields)
    counts = list(RIGHT.values())
    rows = made_rows({name: counts[place % 2] for place, name in enumerate(names)}, "0.1")
    rows += made_rows({name: [90, 90] for name in names}, "1")
    return study, rows, table_of(study, rows)


class Page(HTMLParser):
    """What a page of HTML consists of; raises AssertionError where tags do not fit together."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open, self.tags, self.texts = [], [], []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(content.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


# ---- text ----------------------------------------------------------------------------


def test_effect_sizes_stand_first_and_every_line_has_its_row():
    _, _, table = made("a", "b")
    grids = grids_of(table)
    differences, reached = grids[0], grids[1]
    assert differences.heads[2:6] == ("difference", "95 % interval", "d paired", "d pooled")
    assert differences.rows[0][:3] == ("b − a", "10 %", "+9.0")
    assert differences.rows[0][-1] == "better"
    assert differences.rows[1][4:6] == ("–", "–")
    assert len(reached.rows) == len(table.schemes) == 4
    assert all(len(row) == len(grid.heads) for grid in grids for row in grid.rows)


def test_text_stands_in_columns():
    for grid in grids_of(made("a", "a longer name")[2]):
        first, *others = as_text(grid)
        assert len(others) == len(grid.rows)
        place = first.index(grid.heads[1]) if 1 in grid.left else 0
        assert all(line[place - 1 : place] in ("", " ") for line in others)


def test_errors_are_shown_class_by_class():
    _, _, table = made("a", "b")
    (grid,) = (grid for grid in grids_of(table) if "each class" in grid.title)
    assert grid.heads[2:] == ("0", "1", "2")
    assert [float(cell) for cell in grid.rows[0][2:]] == pytest.approx(
        [100 * each for each in table.schemes[0].class_errors], abs=0.06
    )


def with_figures(rows, scheme, **figures):
    """The same rows, where a scheme has these figures, the first growing from trial to trial."""
    first, *_ = figures
    found = []
    for place, row in enumerate(rows):
        grown = {name: each + place * (name == first) for name, each in figures.items()}
        outcome = replace(row.outcomes[scheme], figures=grown)
        found.append(replace(row, outcomes={**row.outcomes, scheme: outcome}))
    return found


def figures_of(study, rows):
    """The grid of figures, if there is one."""
    grids = grids_of(table_of(study, rows))
    return next((grid for grid in grids if grid.title.startswith("Figures")), None)


def test_figures_are_shown_where_a_scheme_has_them():
    study, rows, _ = made("a", "b")
    assert figures_of(study, rows) is None
    both = with_figures(with_figures(rows, "b", heads=1.5, saved=0.25), "a", heads=7.0)
    grid = figures_of(study, both)
    assert grid.heads == ("scheme", "images", "heads asked", "multiply-adds saved")
    assert [row[0] for row in grid.rows] == ["a", "b"] * 2
    assert grid.rows[0][3] == "–"
    assert grid.rows[1][2:] == ("4.00 (2.04 to 5.96)", "25.00 %")


def test_more_figures_than_schemes_stand_one_below_another():
    study, rows, _ = made("a", "b")
    grid = figures_of(study, with_figures(rows, "b", heads=1.5, saved=0.25, none=0.5))
    assert grid.heads == ("figure", "images", "b")
    assert [row[:2] for row in grid.rows[:3]] == [
        ("heads asked", "10 %"),
        ("multiply-adds saved", "10 %"),
        ("said to be no digit", "10 %"),
    ]
    assert [row[2] for row in grid.rows[1:3]] == ["25.00 %", "50.00 %"]
    assert len(grid.rows) == 6


def test_a_figure_nobody_knows_keeps_its_name():
    assert figure_in_words("surprise") == "surprise"
    assert figure_in_words("called:7") == "7 called so"
    assert figure_in_words("called:letters") == "letters called so"


# ---- tables for programs -------------------------------------------------------------


def test_csv_holds_all_lines_in_full():
    _, _, table = made("a", "b")
    lines = read(csv_of(table))
    assert [line["line"] for line in lines] == ["scheme"] * 4 + ["comparison"] * 2
    scheme, comparison = lines[0], lines[4]
    assert float(scheme["mean"]) == table.schemes[0].spread.mean
    assert float(scheme["high"]) == table.schemes[0].spread.interval[1]
    paired = table.comparisons[0].paired
    assert float(comparison["d_paired_low"]) == paired.d_paired.interval[0]
    assert float(comparison["p_holm"]) == table.comparisons[0].holm
    assert lines[5]["p_t"] == lines[5]["d_pooled"] == ""
    assert comparison["verdict"] == "better"


def test_json_has_the_same_without_what_is_not_known():
    _, _, table = made("a", "b")
    records = json.loads(json.dumps(records_of(table), allow_nan=False))
    for record, line in zip(records, read(csv_of(table)), strict=True):
        assert {key: str(value) for key, value in record.items()} == {
            key: value for key, value in line.items() if value != ""
        }


def test_every_trial_of_every_scheme_has_a_line():
    _, rows, table = made("a", "b")
    outcome = replace(rows[0].outcomes["a"], figures={"heads": 1.25})
    rows[0] = replace(rows[0], outcomes={**rows[0].outcomes, "a": outcome})
    lines = read(csv_of_rows(table, rows))
    assert len(lines) == 16
    assert (lines[0]["scheme"], lines[0]["trial"], lines[0]["heads"]) == ("a", "1", "1.25")
    assert lines[1]["heads"] == ""
    known = {(row.condition, row.trial): row.outcomes["a"] for row in rows}
    trials = [int(line["trial"]) for line in lines]
    assert trials == sorted(trials)
    for line in lines[::2]:
        found = known[line["condition"], int(line["trial"])]
        assert float(line["accuracy"]) == found.accuracy
        assert int(line["errors"]) == sum(found.errors)
        assert [int(line[f"errors {k}"]) for k in range(3)] == list(found.errors)
    assert csv_of_rows(table, rows[::-1]) == csv_of_rows(table, rows), "finished in another order"
    assert csv_of_rows(table, []).decode() == "condition,trial,scheme\n"


def test_a_spreadsheet_works_out_nothing():
    _, rows, table = made("=1+1", "b")
    names = {line["scheme"] for line in read(csv_of_rows(table, rows))}
    assert names == {"'=1+1", "b"}
    assert read(csv_of(table))[0]["scheme"] == "'=1+1"


# ---- pages for people ----------------------------------------------------------------


def test_markdown_is_read_back_as_the_same_tables():
    _, _, table = made("a|b", "*c*_d_")
    html = MarkdownIt().enable("table").render(markdown_of(table))
    page = Page(html.encode())
    assert page.tags.count("table") == len(grids_of(table))
    assert "em" not in page.tags
    text = "".join(page.texts)
    for grid in grids_of(table):
        for cell in (cell for row in grid.rows for cell in row):
            assert cell in text
    assert page.tags.count("li") == len(table.notes)
    assert table.sentence in text


def test_the_page_has_everything_in_it():
    study, rows, table = made("a", "b")
    rows[0] = replace(rows[0], engine="torch 2.13.0", processor="another processor")
    table = table_of(study, rows)
    page = Page(html_of(study, rows, table, {"A figure": SVG}))
    text = "\n".join(page.texts)
    for said in (study.name, study.question, table.sentence, *table.notes):
        assert said in text
    for grid in grids_of(table):
        assert all(cell in text for row in grid.rows for cell in row)
    for said in ("torch 2.13.0", "another processor", "numpy 2.4.6", digest_of_study(study)):
        assert said in text
    assert "With 10 % of the training images: trials 1, 2, 3, 4, 5, 6." in text
    assert "All trials took 24 processor seconds." in text
    assert f"nnviz study {FILE} --trials 6" in text
    settings = next(each for each in page.texts if each.startswith("name = "))
    assert study_from(settings) == study


def test_the_page_loads_and_runs_nothing():
    study, rows, table = made("a", "b")
    content = html_of(study, rows, table, {"A figure": SVG})
    page = Page(content)
    assert not {"script", "link", "iframe", "object", "svg"} & set(page.tags)
    sources = [value for name, value in page.attributes if name in ("src", "href")]
    assert len(sources) == 1
    assert base64.b64decode(sources[0].partition("base64,")[2]) == SVG
    assert not re.search(rb"url\(|@import|http", content)


def test_nothing_that_somebody_wrote_is_taken_for_html():
    schemes = (SchemeEntry(EVIL, "ten-outputs"), SchemeEntry("b", "ten-outputs"))
    plan = (Comparison("b", EVIL),)
    study, rows, _ = made(EVIL, "b", name=EVIL, question=EVIL, plan=plan)
    study = replace(study, schemes=schemes)
    rows = [replace(row, engine=EVIL, processor=EVIL, device=EVIL) for row in rows]
    page = Page(html_of(study, rows, table_of(study, rows), {EVIL: SVG}))
    usual = Page(html_of(*made("a", "b"), {"A figure": SVG}))
    assert set(page.tags) == set(usual.tags)
    assert page.texts.count(EVIL) >= 4
    assert ("alt", EVIL) in page.attributes


@pytest.mark.parametrize("word", ["the-blog", "heads"])
def test_the_command_names_a_study_that_comes_along(word):
    study = load_study(presets()[word])
    assert shlex.split(command_of(study)) == ["nnviz", "study", word, "--trials", "10"]
    assert FILE in command_of(replace(study, seed=7))


def test_the_command_repeats_all_trials_that_were_done():
    study, rows, _ = made("a", "b")
    assert command_of(study, rows).endswith("--trials 6")
    assert command_of(replace(study, trials=2), rows).endswith("--trials 6")
    assert command_of(replace(study, trials=9), rows).endswith("--trials 9")
