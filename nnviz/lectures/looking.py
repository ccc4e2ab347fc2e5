"""Puts what a line says on screen: all of it, in one change of the state, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from nnviz.data.drawing import Drawing
from nnviz.lectures.compared import as_read
from nnviz.lectures.key import Key, put
from nnviz.lectures.keys import KEYS
from nnviz.lectures.line import LineError, Looked, Pages, Said, usual
from nnviz.lectures.opened import Pictured
from nnviz.networks.files import fitting, load_kept
from nnviz.networks.settings import Settings
from nnviz.networks.shipped import shipped_networks
from nnviz.paths import TRAINED
from nnviz.session.history import History
from nnviz.session.runs import carried, fresh_work
from nnviz.session.session import Session
from nnviz.session.slices import Pad
from nnviz.session.state import State, Work
from nnviz.session.store import derive
from nnviz.session.work import SHIPPED
from nnviz.verdicts.answers import Options
from nnviz.words import commas, tr


def look(session: Session, looked: Looked, pages: Pages, said: Said = str) -> None:
    """Shows what a line says; what it leaves out is as usual, whatever was looked at before.

    The digits must be in use already (see `needs_digits`). What was on screen stays open if
    anybody touched it. Raises Refusal, and then nothing has changed: for what a line cannot say
    LineError, which calls a key what `said` says, and where a network cannot be had what its file
    says.
    """
    work = _work(session, looked, said)
    if looked.values.get("own-kind"):
        session.designs.load_own(looked.page)
    work = replace(work, operations=looked.operations, history=History())
    if not looked.page:
        _show(session, work, {})
        return
    beside = _beside(session, looked, said)
    drawing = _pictured(session.state, looked)
    changes = _changes(session.state, work, looked, pages, said)
    if drawing is not None:
        changes["pad"] = _with(changes["pad"], drawing, session.state)
    study = _study(session, looked)
    with session.store.together():
        _show(session, work, changes)
        _compare(session, looked, beside)
    _bring_back(session, looked)
    if study is not None:
        study()
        # another plan forgets which condition was looked at
        session.choose("studies", condition=changes["studies"].condition)


def needs_digits(state: State, looked: Looked) -> bool:
    """Whether a line is about other digits than those in use."""
    return looked.source is not None and looked.source != state.digits.source


def _show(session: Session, work: Work, changes: dict[str, Any]) -> None:
    """Puts a network on screen with all else that is looked at."""
    state = session.state
    keys = [each.key for each in state.works]
    if work.key in keys and work.run:
        if work.key != state.work.key:
            session.shelf.switch(keys.index(work.key))
        here = replace(session.state.work, settings=work.settings, operations=work.operations)
        session.change(**changes, work=replace(here, history=History()))
    else:
        session.shelf.put(work, **changes)
    if session.state.work.measured is None and session.state.work.learned:
        session.accuracies.ask(session.state.work)


# ---- the networks compared --------------------------------------------------------------


def _beside(session: Session, looked: Looked, said: Said) -> list[Work]:
    """The networks that a line compares besides, open already or not. Raises Refusal."""
    works = [_of_file(session, _file(each, said, "with")) for each in looked.compared]
    for name, value in looked.values.items():
        if KEYS[name].entrants:
            try:
                as_read(value, works)
            except ValueError as error:
                raise LineError(
                    tr(
                        "{key} names {network}, which {beside} does not.",
                        key=said(name),
                        network=str(error),
                        beside=said("with"),
                    )
                ) from error
    return works


def _compare(session: Session, looked: Looked, works: list[Work]) -> None:
    """Compares just these, and calls them what they are called here."""
    shelf = session.shelf
    session.choose("besides", keys=())
    found = [_open_already(session.state, work.path) or shelf.put_aside(work) for work in works]
    for work in found:
        shelf.compare(work.key)
        if work.measured is None:
            session.accuracies.ask(work)
    state: Any = session.state
    for name, value in looked.values.items():
        if KEYS[name].entrants:
            state = put(state, KEYS[name].path, as_read(value, found))
    fields = {key.path.partition(".")[0] for key in KEYS.values() if key.entrants}
    session.change(**{name: getattr(state, name) for name in fields})


# ---- the network ------------------------------------------------------------------------


def _work(session: Session, looked: Looked, said: Said) -> Work:
    """The network that a line is about, open already or not."""
    if looked.network:
        found = _of_file(session, _file(looked.network, said))
        if looked.design and looked.design != found.design:
            raise LineError(
                tr(
                    "{file} is a network of the design {shown}, not {wanted}.",
                    file=Path(looked.network).name,
                    shown=found.design,
                    wanted=looked.design,
                )
            )
    elif looked.fresh or not looked.page:
        return _fresh(session.state, looked)
    else:
        found = _of_design(session, looked.design or Settings().design)
    live = {name: value for name, value in looked.settings.items() if name != "design"}
    if found.opened is not None:
        live.setdefault("bit_weights", found.opened.settings.bit_weights)
    return replace(found, settings=found.settings.change(**live)) if live else found


def _file(network: str, said: Said, key: str = "network") -> Path:
    """The file of a network by its name or path. Raises LineError."""
    named = shipped_networks().get(network)
    if named is not None:
        return named
    path = Path(network)
    if not path.suffix and not path.exists():
        raise LineError(
            tr(
                "{key} is a network file or one of {names}, not {network}.",
                key=said(key),
                names=commas(shipped_networks()),
                network=repr(network[:60]),
            )
        )
    return path


def _of_file(session: Session, path: Path) -> Work:
    """The network of a file. Raises NetworkFileError."""
    state = session.state
    open_already = _open_already(state, str(path.resolve()))
    if open_already is not None:
        return open_already
    trained = fitting(load_kept(path), path, state.digits)
    name = SHIPPED if path in shipped_networks().values() else path.name
    return session.files.work(trained, name, None, str(path.resolve()))


def _of_design(session: Session, design: str) -> Work:
    """The network of a design that comes with the program; a random start where it learned from
    other images than those in use."""
    state = session.state
    path = TRAINED / f"{design}.safetensors"
    found = _open_already(state, str(path))
    if found is not None:
        return found
    session.designs.load(design)
    state = session.state
    if design in state.trained:
        work = state.trained[design]
        return replace(work, settings=work.settings.change(**carried(state.own_settings)))
    own = state.own_settings
    return fresh_work(state, own.change(design=design, **carried(own)))


def _open_already(state: State, path: str) -> Work | None:
    """The open network that is just what a file holds."""
    same = (each for each in state.works if each.opened is not None and each.path == path)
    return next(same, None)


def _fresh(state: State, looked: Looked) -> Work:
    """A random start of the settings of a line. Raises Refusal."""
    settings = Settings().change(**looked.settings).change(speed=state.own_settings.speed)
    here = state.work
    if here.settings == settings and not here.learned:
        return here
    return replace(fresh_work(state, settings), touched=not looked.page)


# ---- the picture ------------------------------------------------------------------------


def _pictured(state: State, looked: Looked) -> Drawing | None:
    """The drawing that a picture makes where the line does not hold its ink. Raises Refusal."""
    if looked.picture is None or "ink" in looked.values:
        return None
    here = state.pad.drawing
    return here if Pictured.of(here) == looked.picture else looked.picture.drawing()


def _with(pad: Pad, drawing: Drawing, state: State) -> Pad:
    """The pad with what is read of a picture, which undo takes back."""
    before = state.pad
    if drawing is before.drawing:
        return replace(pad, drawing=drawing, history=before.history)
    history = before.history.after(before.drawing, tr("the line pasted"))
    return replace(pad, drawing=drawing, history=history)


def _bring_back(session: Session, looked: Looked) -> None:
    """Has the picture shown that the ink of the line was read of."""
    wanted, drawing = looked.picture, session.state.pad.drawing
    if wanted is not None and "ink" in looked.values and Pictured.of(drawing) != wanted:
        session.pad.bring_back(wanted.drawing, Path(wanted.file).name)


# ---- all else ---------------------------------------------------------------------------


def _changes(state: State, work: Work, looked: Looked, pages: Pages, said: Said) -> dict[str, Any]:
    """The fields of the state that a line changes. Raises LineError."""
    views = {page: view for page, view in state.views.items() if page != looked.page}
    if looked.view:
        views[looked.page] = looked.view
    changed: Any = derive(state, work=work, page=looked.page, views=views, moment=None)
    for key in KEYS.values():
        changed = put(changed, key.path, usual(key.path))
    for name, value in looked.values.items():
        changed = put(changed, KEYS[name].path, value)
    for name, value in looked.values.items():
        _check(KEYS[name], value, changed, said)
    _check_neurons(work, looked)
    changed = _checked_steps(changed, looked, pages, said)
    fields = {key.path.partition(".")[0] for key in KEYS.values()}
    moment = _moment(work, looked, said)
    return {
        "page": looked.page,
        "views": views,
        "moment": moment,
        **_kept_by_undo(state, {name: getattr(changed, name) for name in fields}),
    }


def _kept_by_undo(state: State, changes: dict[str, Any]) -> dict[str, Any]:
    """The same, so that undo brings back what was drawn."""
    pad, row = changes["pad"], changes["row"]
    if pad.drawing.ink.tobytes() != state.pad.drawing.ink.tobytes():
        history = state.pad.history.after(state.pad.drawing, tr("the line pasted"))
        changes["pad"] = replace(pad, drawing=Drawing(pad.drawing.ink), history=history)
    else:
        changes["pad"] = replace(pad, drawing=state.pad.drawing, history=state.pad.history)
    if row.written.ink.tobytes() != state.row.written.ink.tobytes():
        sheet = state.row.written, state.row.cuts, state.row.left_out
        changes["row"] = replace(row, history=state.row.history.after(sheet, tr("the line pasted")))
    return changes


def _check(key: Key, value: Any, state: State, said: Said) -> None:
    """Raises LineError for a number that there is not."""
    if key.most is None or value is None:
        return
    most = key.most(state)
    numbers = _numbers(value)
    if all(key.least <= number <= most for number in numbers):
        return
    if isinstance(value, tuple | frozenset):
        raise LineError(
            tr(
                "{key} must name numbers from {least} to {last}.",
                key=said(key.name),
                least=str(key.least),
                last=str(most),
            )
        )
    raise LineError(
        tr(
            "{key} must be between {least} and {last}, not {value}.",
            key=said(key.name),
            least=str(key.least),
            last=str(most),
            value=str(value),
        )
    )


def _numbers(value: Any) -> list[Any]:
    """All numbers of a value; of a step and a class, only the class."""
    if not isinstance(value, tuple | frozenset):
        return [value]
    return [each[1] if isinstance(each, tuple) else each for each in value]


def _check_neurons(work: Work, looked: Looked) -> None:
    network = work.network
    for (member, neuron), _ in looked.operations:
        if member >= network.networks or neuron >= network.hidden:
            place = f"{member}.{neuron}" if member else str(neuron)
            raise LineError(
                tr(
                    "There is no neuron {neuron} to change in this network; the last is {last}.",
                    neuron=place,
                    last=str(network.hidden - 1),
                )
            )


def _checked_steps(state: State, looked: Looked, pages: Pages, said: Said) -> Any:
    """The state with its verdict, after looking whether it can be read so."""
    page, values = pages[looked.page], looked.values
    reading = values.get("reading")
    readings = tuple(dict.fromkeys((*state.here.work.readings, *page.readings)))
    if reading is not None and reading not in readings:
        raise LineError(
            tr(
                "The design {design} cannot be read by {reading}; its readings are {readings}.",
                design=state.design,
                reading=reading,
                readings=commas(readings),
            )
        )
    walks = state.here.shown_reading == "walk" or "walk" in page.readings
    if state.options != Options() and not walks:
        raise LineError(
            tr(
                "{drop} and {below} go with {reading} walk or {shown} elimination; the page {page} "
                "shows no walk here.",
                drop=said("drop"),
                below=said("below"),
                reading=said("reading"),
                shown=said("page"),
                page=looked.page,
            )
        )
    step = values.get("step")
    if step is not None:
        judged = derive(replace(state, verdict=None), step=None)
        steps = page.count_steps(judged)
        if not 0 <= step <= steps:
            raise LineError(
                tr(
                    "{key} must be between 0 and {last}, not {step}.",
                    key=said("step"),
                    last=steps,
                    step=step,
                )
            )
    return state


def _moment(work: Work, looked: Looked, said: Said) -> int | None:
    """The number of the moment of the film. Raises LineError."""
    if looked.moment is None:
        return None
    moments = work.film.moments
    if not moments:
        raise LineError(tr("This network carries no film."))
    if not 0 <= looked.moment < len(moments):
        raise LineError(
            tr(
                "{key} must be between 0 and {last}, not {moment}.",
                key=said("moment"),
                last=len(moments) - 1,
                moment=looked.moment,
            )
        )
    return moments[looked.moment].number


def _study(session: Session, looked: Looked) -> Callable[[], object] | None:
    """What has the page show a study by its word or file. Raises LineError."""
    plan = session.studies.plan
    shown = session.state.studies.plan
    same = shown is not None and shown.origin == looked.study and not shown.edited
    if not looked.study or same:
        return None
    if looked.study in plan.presets:
        return partial(plan.choose, looked.study)
    path = Path(looked.study)
    if not path.is_file():
        raise LineError(
            tr(
                "There is no study {study}; those that come along are {names}.",
                study=repr(looked.study[:60]),
                names=commas(plan.presets),
            )
        )
    return partial(plan.open, path)
