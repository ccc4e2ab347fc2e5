"""The Elimination page: the walk from all classes to one."""

from nnviz.ui.elimination import words
from nnviz.ui.elimination.page import VIEWS, EliminationPage
from nnviz.ui.pages.page import PageKind
from nnviz.verdicts.branches import KINDS

PAGE = PageKind(
    "elimination",
    words.PAGE,
    words.PAGE_QUESTION,
    EliminationPage,
    {view.id: view.title for view in VIEWS},
    KINDS,
)
