"""The base of all errors that are a user's to mend."""

from nnviz.words import Value, tr


class Refusal(ValueError):
    """Something cannot be done; the message is one sentence for the user."""

    def __init__(self, template: str, **fields: Value) -> None:
        """The sentence as a template and its fields (see `words.tr`), or ready."""
        super().__init__(tr(template, **fields))
