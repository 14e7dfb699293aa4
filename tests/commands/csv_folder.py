"""A folder of import files in two lines: `folder.csv("sessions", "prison_number,...", "A1234BC,...")`."""

from pathlib import Path
from typing import Self

PRISONERS = "prison_number,arrived_on,last_name,first_name,location"
OFFICERS = "staff_id,last_name,first_name,wing"
SESSIONS = "prison_number,staff_id,held_on,start,minutes,note"


class CsvFolder:
    """Files as a prison would hand them over; two prisoners and two officers are in it from the start."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        self.csv(
            "prisoners", PRISONERS, "A1234BC,2026-01-05,Adams,Alan,B-2-014", "B2345CD,05/02/2026,Brown,Bill,B-1-001"
        )
        self.csv("key_workers", OFFICERS, "SHAH,Shah,Nadia,B", "OKAFOR,Okafor,Daniel,B")

    def csv(self, name: str, header: str, *rows: str) -> Self:
        """Write a file; one that is there is replaced."""
        (self.path / f"{name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return self

    def bytes(self, name: str, content: bytes) -> Self:
        """Write a file as it is, whatever it holds."""
        (self.path / name).write_bytes(content)
        return self
