"""What is said of files that cannot be opened: what they are, and what helps."""

from collections.abc import Mapping
from pathlib import Path

from nnviz.errors import Refusal
from nnviz.words import tr_later


class ForeignError(Refusal):
    """A file of another program cannot be opened; the message is one sentence for the user."""


REFUSALS: Mapping[str, str] = {
    "torch": tr_later(
        "{path} is a file of PyTorch (.pt, .pth): a pickle, which could run any program, so it is "
        "never opened. In Python, safetensors.torch.save_file(model.state_dict(), "
        '"net.safetensors") makes a file that opens; see the help, Networks of others.'
    ),
    "pickle": tr_later(
        "{path} is a pickle (.pkl, joblib), which could run any program, so it is never opened. In "
        'Python, numpy.savez("net.npz", *model.coefs_, *model.intercepts_) makes a file of a '
        "scikit-learn network that opens; see the help, Networks of others."
    ),
    "hdf5": tr_later(
        '{path} is an HDF5 file (.h5), as Keras writes it. In Python, numpy.savez("net.npz", '
        "*model.get_weights()) makes a file that opens; see the help, Networks of others."
    ),
    "keras": tr_later(
        '{path} is a model of Keras (.keras). In Python, numpy.savez("net.npz", '
        "*model.get_weights()) makes a file that opens; see the help, Networks of others."
    ),
    "saved-model": tr_later(
        '{path} is a SavedModel of TensorFlow. In Python, numpy.savez("net.npz", '
        "*model.get_weights()) makes a file that opens; see the help, Networks of others."
    ),
    "orbax": tr_later(
        '{path} is a checkpoint of JAX (Orbax). In Python, numpy.savez("net.npz", '
        "*jax.tree.leaves(params)) makes a file that opens; see the help, Networks of others."
    ),
    "msgpack": tr_later(
        '{path} is a MessagePack file, as Flax writes it. In Python, numpy.savez("net.npz", '
        "*jax.tree.leaves(params)) makes a file that opens; see the help, Networks of others."
    ),
    "onnx": tr_later(
        "{path} is an ONNX file: a graph of operations, not only weights. Save the weights where "
        "the network was trained, as safetensors or .npz; see the help, Networks of others."
    ),
    "tflite": tr_later(
        "{path} is a model of TensorFlow Lite, whose weights are packed for small devices. Save "
        "those of the network it was made from as .npz; see the help, Networks of others."
    ),
    "gguf": tr_later(
        "{path} is a GGUF file, in which language models are kept, not a network for digits."
    ),
    "npy": tr_later(
        "{path} holds a single array (.npy); a network needs its two layers together: "
        'numpy.savez("net.npz", weights1, biases1, weights2, biases2).'
    ),
    "mat": tr_later(
        "{path} is a file of MATLAB (.mat). In Python, scipy.io.loadmat reads it and numpy.savez "
        "makes an .npz file of its four arrays, which opens; see the help, Networks of others."
    ),
    "tensorflow-js": tr_later(
        "{path} is a model of TensorFlow.js, whose weights lie in other files. Save those of the "
        "network it was made from as .npz; see the help, Networks of others."
    ),
    "zip": tr_later("{path} is a zip archive: unpack it and open the network file in it."),
    "packed": tr_later("{path} is packed: unpack it and open the file in it."),
}
"""Kind of file -> the sentence about it."""


def refused(path: Path, kind: str) -> ForeignError:
    """Why a file of a kind cannot be opened."""
    return ForeignError("{sentence}", sentence=REFUSALS[kind].format(path=path))
