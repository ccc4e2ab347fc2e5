"""nnviz opens up a small neural network so that a room can see how it recognises digits."""

__version__ = "0.1.0"
