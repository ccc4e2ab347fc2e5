"""The pages of the window: one entry each."""

from nnviz.ui import designs, detectors, draw, elimination, mistakes, study, train, votes

PAGES = (
    train.PAGE,
    detectors.PAGE,
    designs.PAGE,
    votes.PAGE,
    elimination.PAGE,
    mistakes.PAGE,
    draw.PAGE,
    study.PAGE,
)
