"""Headings of the table twins of pictures."""

from nnviz.words import tr

SHOWN = tr("what is shown")
"""Over what a picture says of its parts, where it has no numbers."""
NAME, DESIGN, DIGITS = tr("name"), tr("design"), tr("digits")
MEAN, LOW, HIGH, TRIALS = tr("mean"), tr("from"), tr("to"), tr("single trials")
DEVIATION, STARTS, PARAMETERS = tr("standard deviation"), tr("starts"), tr("parameters")
SAID, RIGHT, ACCURACY = tr("said"), tr("share right"), tr("accuracy")
ANSWERED = tr("share answered")
EPOCH, TEST, TRAINING = tr("epoch"), tr("test digits"), tr("training digits")
TRUE_CLASS = tr("true class")
STEP, ANSWER, SUPPORT = tr("step"), tr("answer"), tr("support")
BITS_APART, EVENLY = tr("bits apart"), tr("if spread evenly")
FIRES = tr("fires")
