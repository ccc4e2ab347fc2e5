"""nnviz opens up a small neural network so that a room can see how it recognises digits."""

__version__ = "0.1.0"
DISTRIBUTION = "nnviz-digits"
"""What the program is called where packages are installed from: `nnviz` is another one there."""
