"""The base of all errors that are a user's to mend."""


class Refusal(ValueError):
    """Something cannot be done; the message is one sentence for the user."""
