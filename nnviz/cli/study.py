"""`nnviz study`: runs a study where it stopped, on this machine or on a cluster, and says what it
found. What runs and judges trials takes long to import, and is where it is used."""

import dataclasses
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nnviz.cli.options import AsJson, one_of, whole_number
from nnviz.cli.progress import Bar, progress, tell
from nnviz.cli.system import check_qt
from nnviz.cli.training import interruptions
from nnviz.errors import Refusal
from nnviz.networks.learned_by import DEVICES
from nnviz.networks.settings import SettingError
from nnviz.study.checking import StudyError, check
from nnviz.study.files import find_study, load_study, presets
from nnviz.study.plan import Study
from nnviz.study.shipped import shipped_rows
from nnviz.words import commas, listed, number, percent, tr, tr_n
from nnviz.writing import check_writable, write

if TYPE_CHECKING:  # what runs and judges takes long to import
    from nnviz.study.executors import Where
    from nnviz.study.rows import Row
    from nnviz.study.running import Progress, Running
    from nnviz.study.store import Store
    from nnviz.study.table import Table

INTERRUPTED = 130
"""Exit status after Ctrl+C: 128 + SIGINT"""
LOOK = 0.1
"""Seconds between two looks for Ctrl+C"""
REPORTS = (".html", ".pdf", ".csv", ".md")
"""What the name of a report ends in"""


def _count(name: str, value: int | None) -> int:
    if value is not None and value < 1:
        raise SettingError("{option} must be 1 or more, not {value}.", option=name, value=value)
    return value or 0


def study(
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="[STUDY]",
            help=tr("One of the studies that come along, or a file; without one they are listed."),
        ),
    ] = None,
    trials: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number,
            help=tr("So many trials under each condition; what is there already counts."),
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help=tr("Folder that its digits lie in."))
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=tr("Keep its rows in this file, and no networks; else in its own folder."),
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number,
            help=tr("So many processes of this machine; else as many as it has cores."),
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="tcp://HOST:PORT",
            help=tr(
                "Have the workers of a Dask cluster work the trials. A scheduler is trusted like a "
                "shell: both sides run what they are sent."
            ),
        ),
    ] = None,
    cluster: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number,
            help=tr("Start a Dask cluster of so many workers here, on loopback."),
        ),
    ] = None,
    device: Annotated[
        str | None,
        typer.Option(metavar="|".join(DEVICES), help=tr("What its LeNets learn on.")),
    ] = None,
    rows: Annotated[
        bool, typer.Option("--rows", help=tr("Print what each trial reached, too."))
    ] = False,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help=tr(
                "Save the table as .csv or .md, or all that is known, with figures, as .html or "
                ".pdf; may be repeated."
            ),
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=tr("Save what each scheme reached in each trial.")),
    ] = None,
    shipped: Annotated[
        bool,
        typer.Option(
            "--shipped", help=tr("Run nothing: show what was measured before, and comes along.")
        ),
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help=tr("Show the studies that come along."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Repeat an experiment with many networks, and judge what it found. Raises Refusal."""
    if listed or wanted is None:
        _list(as_json)
        return
    where = _where(processes, scheduler, cluster)
    _check_reports(report or ())
    if csv is not None:
        check_writable(csv)
    chosen = _chosen(wanted, _count("--trials", trials), data, device)
    if shipped:
        _show_shipped(chosen, rows, report or (), csv, as_json)
        return
    # takes long to import, as does all that runs
    from nnviz.study.store import create_or_open, file_of

    new = not file_of(chosen, results).exists()
    if new:
        _tell_measured(chosen)
        # what cannot begin leaves no file, which would be in the way of its next version
        _tell_expected(chosen, where, chosen.trials)
    store = create_or_open(chosen, results)
    if rows and not as_json:
        _print_rows(store.rows())
    sentence = _run(chosen, store, where, rows or as_json, as_json, told=new)
    found = store.rows()
    kept = {"trials": len(found), "file": str(store.path)}
    _tell_result(chosen, found, kept, report or (), csv, as_json)
    if not as_json:
        print(_kept(store, len(found)))
    if sentence:
        raise Refusal(sentence)


def _where(processes: int | None, scheduler: str | None, cluster: int | None) -> "Where":
    # imports what runs
    from nnviz.study.executors import Where

    if sum(each is not None for each in (processes, scheduler, cluster)) > 1:
        raise SettingError(
            "--processes, --scheduler and --cluster are three places to work: name one of them."
        )
    return Where(_count("--processes", processes), scheduler or "", _count("--cluster", cluster))


def _check_reports(reports: Sequence[Path]) -> None:
    """Raises SettingError or NotSaved."""
    for path in reports:
        if path.suffix.lower() not in REPORTS:
            raise SettingError("{file} must end in {endings}.", file=path, endings=commas(REPORTS))
        check_writable(path)


def _chosen(wanted: str, trials: int, data: Path | None, device: str | None) -> Study:
    """The study with what the options say otherwise. Raises StudyError, SettingError."""
    one_of(device, tuple(DEVICES), "--device")
    found = find_study(wanted)
    if trials:
        found = dataclasses.replace(found, trials=trials)
    if device is not None:
        found = dataclasses.replace(found, device=device)
    if data is not None:
        digits = dataclasses.replace(found.digits, folder=str(data))
        found = dataclasses.replace(found, digits=digits)
    check(found)
    return found


def _list(as_json: bool) -> None:
    for word, path in presets().items():
        found = load_study(path)
        if as_json:
            record = {
                "study": word,
                "name": found.name,
                "question": found.question,
                "trials": found.trials,
                "conditions": [each.word for each in found.conditions],
                "schemes": [each.name for each in found.schemes],
            }
            print(dumps(record))
        else:
            print(f"{word}: {found.name}\n    {found.question}")


# ---- running -------------------------------------------------------------------------


def _run(
    study: Study, store: "Store", where: "Where", rows: bool, as_json: bool, told: bool
) -> str:
    """Works what is missing; -> why it is not complete, "" where it is. `told`: whether what it
    takes has been said.

    Raises Refusal, and KeyboardInterrupt after saying how it goes on.
    """
    # imports what runs
    from nnviz.study.running import Running, missing

    left = missing(study, study.trials, store.places(study))
    if not left:
        return ""
    if not told:
        _tell_expected(study, where, -(-len(left) // len(study.conditions)), store.rows())
    if where.cluster:
        # what the workers of a cluster leave that is ended at once is cleaned up, and no news
        os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker:UserWarning")
    running = Running(study, store, where)
    with interruptions() as interrupted, _ending(running):
        running.start()
        with progress(tr("trials"), running.progress.wanted) as bar:
            begun = _watch(running, bar, interrupted, rows, as_json)
    _tell_heard(running, rows, as_json, print)  # rows that were stored while it was ended
    last = running.progress
    if last.state == "failed" and last.done == last.wanted - len(left):
        raise Refusal(last.sentence)  # what is known was known before
    if interrupted:
        tell(
            tr(
                "{done} of {wanted} trials are finished and kept; the same command goes on.",
                done=last.done,
                wanted=last.wanted,
            )
        )
        if where.cluster and not begun:
            _leave()
        raise KeyboardInterrupt
    return "" if last.state == "done" else last.sentence


def _leave() -> None:
    """Ends the process at once: Dask would wait ten seconds for a cluster that has just begun, and
    its workers end by themselves when this process has."""
    tell(tr("Interrupted."))
    sys.stdout.flush()
    os._exit(INTERRUPTED)


def _tell_expected(study: Study, where: "Where", trials: int, rows: Sequence["Row"] = ()) -> None:
    """Says what it will take, or whom one trusts. Raises Refusal where the digits are not there, or
    it is hopeless."""
    if where.scheduler:
        # imports Dask's part of it
        from nnviz.study.cluster import trust

        tell(trust())
        _refuse_on_scheduler(study)
        return
    # only who begins a study needs them
    from nnviz.study.digits import open_study_digits
    from nnviz.study.expected import expected

    digits = open_study_digits(study)
    processes = where.processes or where.cluster
    tell(expected(study, digits, processes, rows, trials).sentence)
    for note in digits.notes:
        tell(note)


def _refuse_on_scheduler(study: Study) -> None:
    """Raises Hopeless where no cluster is large enough, as far as one can tell: the digits need
    only lie where its workers are."""
    # only who begins a study needs them
    from nnviz.data.idx import DigitsError
    from nnviz.study.digits import open_study_digits
    from nnviz.study.expected import refuse_lenets

    if study.network != "lenet":
        return
    with suppress(DigitsError):
        refuse_lenets(study, open_study_digits(study))


@contextmanager
def _ending(running: "Running") -> Iterator[None]:
    """Ends what runs, whatever happens."""
    try:
        yield
    finally:
        running.cancel()
        running.wait()


def _watch(
    running: "Running", bar: Bar, interrupted: Sequence[int], rows: bool, as_json: bool
) -> bool:
    """Shows how far it is until nothing goes on any more, or somebody interrupts; whether trials
    have begun."""
    shown, said = "", ""
    begun = False
    ended = False
    while not (ended or interrupted):
        ended = running.wait(LOOK)
        _tell_heard(running, rows, as_json, bar.print)
        now = running.progress
        if now.sentence and now.sentence != said and now.active:
            said = now.sentence
            tell(said)
        words = _progress_words(now)
        if words != shown and now.active:
            shown = words
            bar.say(words)
        begun = begun or now.state not in ("ready", "starting")
        bar.reach(now.done + now.parts, now.wanted)
    return begun


def _tell_heard(running: "Running", rows: bool, as_json: bool, show: Callable[[str], None]) -> None:
    """Says what trials have left behind since it was asked last."""
    for each in running.heard():
        if isinstance(each, str):
            tell(each)
        elif rows:
            show(dumps(_record(each)) if as_json else _in_words(each))


def _progress_words(now: "Progress") -> str:
    # only who runs a study needs it
    from nnviz.study.expected import duration

    if now.state == "starting":
        return tr("starting")
    if now.seconds_left is None:
        return tr("{done} of {wanted} trials", done=now.done, wanted=now.wanted)
    return tr(
        "{done} of {wanted} trials, about {left} left",
        done=now.done,
        wanted=now.wanted,
        left=duration(now.seconds_left),
    )


# ---- what it found -------------------------------------------------------------------


def _record(row: "Row") -> dict[str, Any]:
    """A trial as JSON has it."""
    found = dataclasses.asdict(row)
    for outcome in found["outcomes"].values():
        outcome["right"] = outcome["right"].hex()
    return {"line": "trial"} | found


def _in_words(row: "Row") -> str:
    reached = [
        tr("{scheme} {share}", scheme=name, share=percent(each.accuracy, 2))
        for name, each in row.outcomes.items()
    ]
    return tr(
        "Trial {trial}, {images} training images: {reached}; {seconds} s",
        trial=row.trial,
        images=row.learned,
        reached=commas(reached),
        seconds=number(row.seconds, 1),
    )


def _print_rows(rows: Sequence["Row"]) -> None:
    for row in rows:
        print(_in_words(row))


def _tell_measured(study: Study) -> None:
    """Says what came out of a study that nobody has run here."""
    # takes long to import
    from nnviz.study.table import table_of

    rows = shipped_rows(study)
    if rows:
        tell(
            tr(
                "It was measured before, on {processors}: {result} --shipped shows all of that.",
                processors=listed(sorted({row.processor for row in rows})),
                result=table_of(study, rows).sentence,
            )
        )


def _show_shipped(
    study: Study, each: bool, reports: Sequence[Path], csv: Path | None, as_json: bool
) -> None:
    """Tells the result of the trials that come along, `each` of them too. Raises StudyError."""
    rows = shipped_rows(study)
    if not rows:
        raise StudyError("No trials of “{name}” come with the program.", name=study.name)
    if each and not as_json:
        _print_rows(rows)
    _tell_result(study, rows, {"trials": len(rows)}, reports, csv, as_json)


def _tell_result(
    study: Study,
    rows: Sequence["Row"],
    kept: dict[str, Any],
    reports: Sequence[Path],
    csv: Path | None,
    as_json: bool,
) -> None:
    """Prints the table of all rows, and saves reports; JSON says what is kept where as well.
    Raises NotSaved."""
    # all take long to import
    from nnviz.study.report import csv_of_rows, records_of
    from nnviz.study.table import table_of

    table = table_of(study, rows)
    if as_json:
        for record in records_of(table):
            print(dumps(record))
        last = {"line": "result", "sentence": table.sentence, "notes": table.notes}
        print(dumps(last | kept))
    else:
        _print_table(table)
    files = {path: _report(study, rows, table, path.suffix.lower()) for path in reports}
    if csv is not None:
        files[csv] = csv_of_rows(table, rows)
    for path, content in files.items():
        write(path, content)
        tell(tr("saved {file}.", file=path))


def _kept(store: "Store", rows: int) -> str:
    return tr_n(
        "{count} trial is kept in {file}.",
        "{count} trials are kept in {file}.",
        rows,
        file=store.path,
    )


def _report(study: Study, rows: Sequence["Row"], table: "Table", kind: str) -> bytes:
    # takes long to import
    from nnviz.study.report import csv_of, html_of, markdown_of

    if kind == ".csv":
        return csv_of(table)
    if kind == ".md":
        return markdown_of(table).encode()
    _prepare_qt()
    # Qt, which may not be there
    from nnviz.ui.app.application import make_application
    from nnviz.ui.kit.export import svg
    from nnviz.ui.study.figure_files import figures_of, report_pdf

    make_application()
    with figures_of(table) as figures:
        drawn = {each.title: svg(each) for each in figures.values()}
        page = html_of(study, rows, table, drawn)
        return report_pdf(page, figures, study.name) if kind == ".pdf" else page


def _prepare_qt() -> None:
    """Readies Qt for figures, which need no display. Raises SystemLacks."""
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt()


def _print_table(table: "Table") -> None:
    # takes long to import
    from nnviz.study.grids import as_text, grids_of

    print(table.sentence)
    for grid in grids_of(table):
        print("", grid.title, *as_text(grid), sep="\n")
    print("", *table.notes, sep="\n")
