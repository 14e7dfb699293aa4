"""Bulk loading: checked rows are staged in temporary tables, compared as a set with what is there, and then saved."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from keyworker_cli.rules.files.cells import LATER
from keyworker_cli.rules.files.kinds import ABSENCES, KEY_WORKERS, PRISONERS
from keyworker_cli.rules.files.prison_numbers import Numbers
from keyworker_cli.rules.files.sheet import Sheet
from keyworker_cli.store.bulk import comparing, saving, saving_people
from keyworker_cli.store.bulk.settling import settle
from keyworker_cli.store.bulk.staging import Counts, Fault, Staged, Staging

if TYPE_CHECKING:
    from keyworker_cli.store.changes.change import Change


class Loading:
    """The loading of any number of files in one change: each is staged, compared and saved before the next."""

    def __init__(self, change: "Change", as_of: date) -> None:
        self.change = change
        self.staging = Staging(change.connection, change.author, as_of)
        comparing.note_locked_records(self.staging)

    def people(self) -> dict[str, int]:
        """Return whose each prison number is."""
        return dict(self.staging.ask("SELECT number, person_id FROM person_number"))

    def prison_code(self) -> str:
        """Return the code of this prison."""
        return self.change.queries.settings().prison_code

    def last_person(self) -> int:
        """Return the highest key that a prisoner has."""
        return int(self.staging.ask("SELECT coalesce(max(id), 0) FROM person")[0][0])

    def workers(self) -> dict[str, int]:
        """Return the key of each key worker by their staff id in capitals."""
        return {staff_id.upper(): key for staff_id, key in self.staging.ask("SELECT staff_id, id FROM key_worker")}

    def stays(self) -> dict[int, list[tuple[str, str]]]:
        """Return each prisoner's stays, the earliest first: first and last day as ISO text."""
        stays: dict[int, list[tuple[str, str]]] = {}
        for prisoner, arrived, left in self.staging.ask(
            "SELECT person_id, arrived_on, left_on FROM stay WHERE voided_at IS NULL ORDER BY arrived_on"
        ):
            stays.setdefault(prisoner, []).append((arrived, left or LATER))
        return stays

    def sessions(self) -> list[tuple[Any, ...]]:
        """Return the sessions: number, staff id, day, start, type and where it was taken from."""
        return self.staging.ask(
            "SELECT n.number, w.staff_id, s.held_on, s.start_minute, s.type, s.source FROM session s "
            "JOIN person_number n ON n.person_id = s.person_id JOIN key_worker w ON w.id = s.key_worker_id "
            "WHERE s.voided_at IS NULL"
        )

    def slots(self) -> list[tuple[Any, ...]]:
        """Return the rota: staff id, day, first and last minute."""
        return self.staging.ask(
            "SELECT w.staff_id, r.slot_on, r.start_minute, r.end_minute FROM rota_slot r "
            "JOIN key_worker w ON w.id = r.key_worker_id"
        )

    def officers(self) -> list[tuple[Any, ...]]:
        """Return staff id, last and first name and login of every key worker."""
        return self.staging.ask("SELECT staff_id, last_name, first_name, login FROM key_worker ORDER BY id")

    def has_setting(self, key: str) -> bool:
        """Say whether the prison has set this itself."""
        return bool(self.staging.ask("SELECT 1 FROM setting WHERE key = ?", key))

    def replace_list_dates(self) -> int:
        """Take out each last date from a list whose day now has a real record of him; return how many."""
        return comparing.replace_list_dates(self.staging)

    def turnover(self) -> dict[str, int]:
        """Return how many stays were ended, and how many were begun of prisoners who had been here before."""
        return {"here": self.staging.here, "ended": self.staging.ended, "back": self.staging.back}

    def stage(self, sheet: Sheet, rows: Iterable[Sequence[Any]], *, given: Iterable[str]) -> Staged:
        """Put the rows of a file, each behind its line, where they can be compared; `given` are the columns it has."""
        return self.staging.stage(sheet, rows, given=given)

    def save(self, staged: Staged, *, file: str, numbers: Numbers) -> Iterator[Fault]:
        """Save new and changed rows; yield contradictions between rows, and save nothing where there is one.

        `numbers` say whose each prison number of this file is.
        """
        if staged.sheet is PRISONERS:
            yield from saving_people.save_people(self.staging, staged, numbers)
        faults = list(comparing.compare(self.staging, staged))
        faults += comparing.contradictions(self.staging, staged)
        yield from faults
        if faults:
            return
        if staged.sheet is PRISONERS:
            comparing.count_turnover(self.staging, staged)
        yield from saving.save(self.staging, staged, file=file)
        for kind, number, said in staged.settled:
            self.change.note_settled(kind, staged.sheet.table, number, said)
        if staged.sheet is PRISONERS:
            self._settle_records()
        if staged.sheet is KEY_WORKERS:
            yield from saving_people.save_statuses(self.staging, staged, file=file)

    def away_when_seen(self) -> Iterator[tuple[Staged, Fault]]:
        """Yield the staged sessions, and the staged absences, that put a prisoner in two places (help: movements)."""
        if any(staged.sheet is ABSENCES for staged in self.staging.staged):
            self._settle_records()  # where the nights of one end with his stay, or with those that follow
        return comparing.away_when_seen(self.staging)

    def save_places(self, staged: Staged) -> int:
        """Record a move for each prisoner whose place in prisoners.csv differs from kw's; return how many moved."""
        return saving_people.save_places(self.staging, staged)

    def counts(self, staged: Staged) -> Counts:
        """Return what became of the rows of a file."""
        return self.staging.counts(staged)

    def after_death(self, staged: Staged) -> list[str]:
        """Return whose record each new row of a file adds to after their death."""
        return self.staging.after_death(staged)

    def _settle_records(self) -> None:
        """Settle what the files have left in contradiction in the records of the prisoners they are about."""
        with self.staging.prisoners_concerned() as concerned:
            settle(self.change, concerned)

    def finish(self) -> None:
        """Settle what contradicts what, drop what was staged, and let the database learn what was brought."""
        self._settle_records()
        self.staging.drop()
        comparing.drop_locked_records(self.staging)
        self.staging.analyze()
