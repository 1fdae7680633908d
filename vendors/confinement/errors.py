"""How a confined job ends when it does not end well."""

SENTENCES = {
    "time": "It took too long and was stopped.",
    "memory": "It needs more memory than we allow.",
    "crashed": "The program that reads it stopped unexpectedly.",
    "error": "It could not be processed.",
}


class JobRefused(Exception):
    """Raised by a job inside the child for what it expects: a file that needs a password, a missing library.

    code      what the caller can tell apart, for example "password"
    sentence  for people
    """

    def __init__(self, code: str, sentence: str = "") -> None:
        super().__init__(sentence or code)
        self.code = code
        self.sentence = sentence


class ConfinedJobFailed(Exception):
    """The job brought no result. The text is a sentence.

    code  the job's own (see JobRefused), or "time", "memory", "crashed", "busy", "error"
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
