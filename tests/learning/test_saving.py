"""Saving: the file as a whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from nnviz.networks.files import (
    NetworkFileError,
    check_writable,
    load,
    save,
)
from tests.learning.network_files import SOUND, example, same_story


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "network.safetensors"


# ---- saving --------------------------------------------------------------------------


def fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("broken", ["replace", "fsync"])
def test_a_failed_save_keeps_the_old_file_and_leaves_no_other(path, monkeypatch, broken):
    path.write_bytes(SOUND)
    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(NetworkFileError) as caught:
        save(example(hidden=5), path)
    assert str(caught.value) == (
        f"{path} cannot be saved: No space left on device; nothing was changed."
    )
    assert path.read_bytes() == SOUND
    assert os.listdir(path.parent) == [path.name]


def test_an_interrupted_save_keeps_the_old_file_and_leaves_no_other(path, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    path.write_bytes(SOUND)
    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(example(hidden=5), path)
    assert path.read_bytes() == SOUND
    assert os.listdir(path.parent) == [path.name]


def test_saving_replaces_the_old_file(path):
    path.write_bytes(b"something else")
    save(example(), path)
    assert same_story(load(path), example())
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_saved_file_has_the_mode_of_any_new_file(path):
    usual = os.umask(0o027)
    try:
        save(example(), path)
    finally:
        os.umask(usual)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("attempt", [check_writable, lambda path: save(example(), path)])
def test_a_target_that_cannot_be_is_refused_beforehand_and_at_the_end(tmp_path, attempt):
    (tmp_path / "file").write_bytes(b"kept")
    for target in (
        tmp_path,
        tmp_path / "nowhere" / "a.safetensors",
        tmp_path / "file" / "a.safetensors",
        tmp_path / ("a" * 300),
    ):
        with pytest.raises(NetworkFileError) as caught:
            attempt(target)
        assert str(caught.value).endswith(".")
    assert os.listdir(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("attempt", [check_writable, lambda path: save(example(), path)])
def test_a_device_or_pipe_is_never_replaced_by_a_file(path, attempt):
    os.mkfifo(path)
    with pytest.raises(NetworkFileError, match="is not a regular file"):
        attempt(path)
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize("existing", [False, True])
def test_a_target_that_can_be_is_left_as_it_is(path, existing):
    if existing:
        path.write_bytes(SOUND)
    check_writable(path)
    assert os.listdir(path.parent) == ([path.name] if existing else [])
    assert not existing or path.read_bytes() == SOUND
