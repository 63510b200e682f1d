"""Failures that the caller can act on."""


class TrainerError(Exception):
    """What is wrong, with a code that programs can test and a message for people."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message
