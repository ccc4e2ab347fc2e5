"""Drawings that were kept: what is written is there again, and a foreign file never hurts."""

import struct
import zlib
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.digits import bundled_digits
from nnviz.data.drawing import Drawing
from nnviz.data.kept_drawings import KeptDrawing, new_name, read_kept, rename_kept, write_kept
from nnviz.data.own.names import labels_in
from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.questions.judged import Judge, judge_images
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject

DIGITS = tuple("0123456789")
INK = Drawing(np.eye(280, dtype=np.uint8) * 255)


@given(name=st.sampled_from(["", *DIGITS, "T-shirt/top", "Ankle boot"]))
def test_what_a_drawing_is_said_to_be_stands_in_its_name(name):
    classes = (*DIGITS, "T-shirt/top", "Ankle boot")
    kept = KeptDrawing(new_name(name), INK)
    assert kept.label(classes) == (classes.index(name) if name else None)
    assert KeptDrawing(new_name("", kept.name), INK).label(classes) is None


def test_a_folder_of_them_is_read_again_and_is_one_of_own_test_digits(tmp_path: Path):
    kept = KeptDrawing(new_name("7"), INK)
    write_kept(tmp_path, kept)
    write_kept(tmp_path, KeptDrawing(new_name(), INK.stroked(np.array([[0.1, 0.9]]))))
    (tmp_path / "3-broken-x-y.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    whole = (tmp_path / f"{kept.name}.png").read_bytes()
    head = b"IHDR" + struct.pack(">II", 2**17, 2**17) + whole[24:29]
    endless = whole[:12] + head + struct.pack(">I", zlib.crc32(head)) + whole[33:]
    (tmp_path / "4-endless-x-y.png").write_bytes(endless)
    (tmp_path / "notes.png").mkdir()
    found = read_kept(tmp_path)
    assert [each.label(DIGITS) for each in found] == [7, None]
    assert (found[0].ink == kept.ink).all()
    assert [each.label for each in labels_in([tmp_path / f"{kept.name}.png"], DIGITS)] == [7]
    renamed = KeptDrawing(new_name("1", kept.name), kept.drawing)
    rename_kept(tmp_path, kept, renamed)
    assert [each.label(DIGITS) for each in read_kept(tmp_path)] == [1, None]
    assert read_kept(tmp_path / "nowhere") == ()


def test_a_few_images_are_judged_as_all_test_digits_are():
    digits = bundled_digits()
    trained = load(TRAINED / "four-bits.safetensors")
    subject = Subject(trained.network, trained.settings)
    everything = at_once(Judge(subject).work(digits, {}))
    few = judge_images(subject, digits.test_images[40:60], digits.classes)
    assert few.answers.tolist() == everything.answers[40:60].tolist()
    np.testing.assert_allclose(few.probabilities, everything.probabilities[40:60], atol=1e-6)
