"""What stops a file that is to be read, whatever kind it is."""


class UnreadableError(Exception):
    """The file cannot be read, or not further: where (a line, or 0 for the whole) and why."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
