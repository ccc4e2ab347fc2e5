"""What may bypass the catalogue, and why."""

NOT_YET: tuple[str, ...] = ()
"""Files and folders whose texts do not all go through the catalogue yet."""

NO_TEXTS = (
    ("nnviz/words.py", r".*", "the catalogue itself"),
    ("nnviz/errors.py", r"", "a refusal passes its template on"),
    ("nnviz/cli/.*", r"nnviz:? ?(\{\})?", "the name of the program"),
    ("nnviz/cli/digits.py", r"nnviz digits fetch \{\}", "a command, as it is typed"),
    ("nnviz/cli/training.py", r"\.10g", "a number as it is typed"),
    ("nnviz/data/catalogue.py", r"MNIST|CC BY-SA 3\.0", "names, the same in all languages"),
    ("nnviz/data/catalogue.py", r"ankle boot", "a name of a class, which stands in files"),
    ("nnviz/data/digits.py", r",", "a list as it is typed"),
    (
        "nnviz/data/forms/labels.py",
        r"emnist letters|emnist byclass|emnist bymerge|emnist balanced",
        "words in the names of files",
    ),
    ("nnviz/data/forms/(names|table).py", r"Parquet", "a name, the same in all languages"),
    ("nnviz/data/forms/table.py", r".*\.[a-z0-9]+", "names of files"),
    ("nnviz/data/forms/parquet_form.py", r"uv sync --extra parquet", "a command, as it is typed"),
    ("nnviz/data/forms/text_form.py", r",|unnamed: 0", "a table as it is typed"),
    ("nnviz/data/forms/text_form.py", r"at row .*", "what NumPy says"),
    ("nnviz/questions/orientation.py", r",", "a list as it is typed"),
    ("nnviz/data/download.py", r"nnviz download", "the name of a process"),
    ("nnviz/training/engine.py", r"nnviz training", "the name of a process"),
    ("nnviz/lectures/(action_line|codecs|line).py", r",", "a list as it is typed"),
    ("nnviz/lectures/handout.py", r"(?s)<.*", "HTML"),
    ("nnviz/networks/codes.py", r",", "a code as it is typed and kept in files"),
    ("nnviz/networks/files.py", r"nnviz network", "the format of a file"),
    ("nnviz/questions/judged.py", r"\{\} confidence|\.4f|not a digit", "a table for programs"),
    ("nnviz/study/report.py", r"errors \{\}", "a table for programs"),
    ("nnviz/study/report.py", r"<.*>", "HTML"),
    ("nnviz/study/running.py", r"study begins", "the name of a thread"),
    (
        "nnviz/study/store.py",
        r"CREATE .*|PRAGMA .*|INSERT .*|SELECT .*|BEGIN .*|condition, .*|, ",
        "SQL",
    ),
    ("nnviz/study/trials.py", r"numpy \{\}|model name", "a version, and a line that Linux writes"),
    ("nnviz/ui/app/application.py", r"Fusion", "a style of Qt"),
    ("nnviz/ui/app/start.py", r"Light", "a colour scheme of Qt"),
    ("nnviz/ui/app/opening.py", r"opening picture", "the name of a thread"),
    ("nnviz/ui/app/window.py", r"nnviz", "the name of the program"),
    ("nnviz/ui/app/help_pages.py", r"<!-- made.*", "marks in the pages of the help"),
    ("nnviz/ui/kit/theme.py", r"Inter", "the name of a font"),
    ("nnviz/ui/study/fields.py", r", ", "a list as it is typed"),
    ("nnviz/session/study_plan.py", r"study file", "what a notice is about, which nobody sees"),
    ("nnviz/ui/study/words.py", r"Adadelta|Keras", "a name, the same in all languages"),
    ("nnviz/ui/kit/typed_numbers.py", r".*", "numbers as they are typed"),
)
"""What looks like a text and is none: file, text (both as patterns), and why."""
