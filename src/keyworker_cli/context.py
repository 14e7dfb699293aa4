"""What one run of `kw` knows: which database, as of when, for whom; and the way an answer gets out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from keyworker_cli import render
from keyworker_cli.errors import DatabaseError, KwError, NotFoundError, UsageError
from keyworker_cli.lookup import find_prisoner, find_worker
from keyworker_cli.render.clean import clean
from keyworker_cli.render.fitting.lines import columns_of, fit_lines
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report
from keyworker_cli.rules.dates.london import end_of_day, london_date
from keyworker_cli.rules.dates.months import Month, check_month, parse_month
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.dates.periods import Period, ask_period
from keyworker_cli.rules.dates.say import say_date, say_moment
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.oversight.freshness import is_recent, say_before, say_silence
from keyworker_cli.rules.plan.days_ahead import minute_reached
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.places import check_known, check_location, in_order
from keyworker_cli.rules.stays.settling import SEGREGATION
from keyworker_cli.store.changes.author import Author

if TYPE_CHECKING:
    from keyworker_cli.reports.outcome import Outcome
    from keyworker_cli.reports.view import View
    from keyworker_cli.rules.database.server_address import ServerAddress
    from keyworker_cli.rules.facts.people import Person, Worker
    from keyworker_cli.store.store import Store

NOTHING_SAVED = "nothing saved: --dry-run"
SOMEBODY_LISTED = 3  # `--fail` and the report lists somebody (help: exit-codes)


@dataclass
class Kw:
    """One run. The database is opened on first use, and let go of before anything is printed or asked."""

    db: "Path | ServerAddress"
    as_of: date
    now: datetime
    out: TextIO
    err: TextIO
    stdin: TextIO
    named_user: str | None = None
    db_given: bool = False
    known_at: datetime | None = None
    as_of_from_environment: bool = False
    width: int | None = None
    colour: bool = False
    editor: str | None = None
    pager: str | None = None
    ask: Callable[[str], str] | None = None
    command: str = "kw"
    dry_run: bool = False
    write_format: str = "table"
    usual_format: str | None = None
    own_settings: str = "none"
    exit_code: int = 0

    def elsewhere(self, db: "Path | ServerAddress", *, as_of: date) -> "Kw":
        """Return this run on another database and another day, as all of it is known now."""
        return replace(self, db=db, as_of=as_of, as_of_from_environment=False, known_at=None)

    @cached_property
    def store(self) -> "Store":
        """The database, opened when the first question is asked of it."""
        from keyworker_cli.store.store import Store  # noqa: PLC0415 - lazy import: costs 18 ms

        return Store(self.db, known_at=self.known_at, say=self.say)

    def close(self) -> None:
        """Let go of the database, whatever the run ended with; say so if others than its owner may reach it."""
        if "store" not in vars(self):
            return
        self.store.close()
        if exposed := self.store.exposed():
            self.say(f"note: {exposed}")

    @cached_property
    def settings(self) -> Settings:
        """The settings in force in this database."""
        return self.store.queries.settings()

    @cached_property
    def user(self) -> str:
        """Who is recorded with what is saved. Raises `UsageError` where nobody was named and the login has no name."""
        if self.named_user:
            return self.named_user
        try:
            return getuser()
        except (KeyError, OSError):
            raise UsageError("who you are is not known: this login has no name.", "--user NAME says it.") from None

    @cached_property
    def own_record(self) -> "Worker | None":
        """The key worker who logs in as the user, if there is one."""
        return next(iter(self.store.queries.worker_by_login(self.user)), None)

    @property
    def own_name(self) -> str:
        """The user as others know them: by the name of their key worker record, else as they log in."""
        return self.own_record.name if self.own_record else self.user

    @cached_property
    def author(self) -> Author:
        """Who makes the changes of this run. Raises `UsageError` for a run that looks back: the past is not changed."""
        if self.known_at is not None:
            raise UsageError("nothing can be changed as it was known then.", "--known-at is for reports: leave it out.")
        return self._writer(dry_run=self.dry_run)

    def _writer(self, *, dry_run: bool = False) -> Author:
        return Author(self.user, self.now, self.command, self.as_of, dry_run=dry_run)

    @property
    def saving(self) -> bool:
        """Something is being saved, or was."""
        return "store" in self.__dict__ and self.store.saving

    def damage(self) -> DatabaseError | None:
        """Say what is wrong with a database that was opened, where something is: what it holds may be anything then.

        So it is where somebody has altered it behind kw's back. One that is not there has done nothing.
        """
        if "store" not in self.__dict__:
            return None
        self.store.close()
        try:
            if self.store.exists():
                self.store.look_over()
                if what := self.store.check_audit().what:
                    return DatabaseError(f"the audit does not verify: {what}.", "kw audit verify says more.")
        except DatabaseError as error:
            return error
        except Exception:  # what went wrong does so again, and is told as it was met
            return None
        return None

    @property
    def asked_at(self) -> datetime:
        """The moment a report stands on: the one that it is asked to look back to, else now."""
        return self.known_at or self.now

    @property
    def due_at(self) -> datetime:
        """The moment as of which a note is due or overdue: now, or the end of an earlier day asked about."""
        return min(self.asked_at, end_of_day(self.as_of))

    @property
    def interactive(self) -> bool:
        """A person is there to answer."""
        return self.ask is not None

    def request(self, view: "View") -> ReportRequest:
        """Return the frame of a report's question."""
        self._check_wings(view.wings)
        worker = None
        if view.key_worker:
            worker = self.worker(view.key_worker)
        return ReportRequest(
            as_of=self.as_of,
            settings=self.settings,
            known_at=self.known_at,
            wings=view.wings,
            key_worker=worker,
            remarks=tuple(self._looking_back()),
            silence=self._silence(),
            minute_reached=minute_reached(self.asked_at, on=self.as_of),
        )

    def _silence(self) -> str:
        """Say that the record has ended, where it has; a recent session shows at once that it has not."""
        queries = self.store.queries
        (session,) = queries.newest_session(as_of=self.as_of)
        if is_recent(session.held_on, as_of=self.as_of, settings=self.settings):
            return ""
        (newest,) = queries.newest_records(as_of=self.as_of)
        silence = say_silence((session.held_on, *newest), as_of=self.as_of, settings=self.settings)
        first = None if silence else self._first_on()
        if self.known_at is not None and first is None and not silence:
            return f"Nothing had been recorded by {say_moment(self.known_at)}: how things stood is not known from then."
        return say_before(first, as_of=self.as_of) if first and self.as_of < first else silence

    def _first_on(self) -> date | None:
        """Return the first day of which anything is recorded."""
        (first,) = self.store.queries.first_records()
        return min((day for day in first if day is not None), default=None)

    def check_recorded(self, last: date) -> None:
        """Refuse a question of days up to one before all that is recorded: nothing is no answer to it. `UsageError`."""
        first = self._first_on()
        if first is not None and last < first:
            raise UsageError(f"nothing is recorded up to {say_date(last)}.", f"the record begins on {say_date(first)}.")

    def _check_wings(self, wings: Sequence[str]) -> None:
        """Refuse a wing that nobody lives or works on: an empty list would read as all being well. `UsageError`."""
        if not wings:
            return
        places = self._places()
        named = self._wings(places)
        for wing in wings:
            if wing not in named and wing not in places and len(named) > 1:
                raise UsageError(f"there is no wing {wing!r}.", f"the wings are: {', '.join(named)}.")

    def _places(self) -> set[str]:
        """Return the places where prisoners are, and where those were who have left."""
        return {one.location for one in self.store.queries.places_lived_in()} | {SEGREGATION}

    def _wings(self, places: Iterable[str]) -> list[str]:
        """Return the wings that somebody lives or works on."""
        of_officers = {one.wing for one in self.store.queries.workers() if one.wing}
        return sorted({wing_of(place) or place for place in places} | of_officers, key=in_order)

    def _looking_back(self) -> Iterator[str]:
        """Say beside a report of what was known what it cannot know, and where its two moments do not fit together."""
        if self.known_at is None:
            return
        if undated := self.store.undated_rows():
            rows = say_count(undated, "row")
            yield f"{rows} without a moment of recording: counted as recorded when imported"
        if london_date(self.known_at) < self.as_of:
            day = london_date(self.known_at).isoformat()
            yield f"days run to {say_date(self.as_of)}; for the page of that day add --as-of {day}"

    def show(self, report: Report, view: "View") -> None:
        """Give the answer: on stdout, or into a file, in the form that was asked for.

        The audit keeps who wrote which file and its digest; where that cannot be kept, a note says so.
        """
        self.store.close()
        arranged = view.arranged(report)
        self._say_frame(report, view)
        if view.fail and any(section.rows for section in report.sections if not section.figures):
            self.exit_code = SOMEBODY_LISTED
        written = render.write(
            arranged,
            format=view.format,
            output=view.output,
            with_reasons=view.with_reasons,
            stream=self.out,
            width=self.width,
            colour=self.colour,
            pager=self.pager,
        )
        if view.output is not None and written is not None:
            frame = {"as_of": report.as_of, "known_at": report.known_at, "with_reasons": view.with_reasons}
            self._keep_in_the_audit(report.report, view.output.name, written, frame)

    def _keep_in_the_audit(self, report: str, file_name: str, content: bytes, frame: Mapping[str, Any]) -> None:
        try:
            with self.store.transaction(self._writer()) as change:
                change.note_report(report, file_name, content, frame)
        except (DatabaseError, UsageError) as error:
            self.say(f"note: {file_name} was written, and the audit does not say by whom: {error.message}")

    def tell(self, *sentences: str, as_it_is: bool = False) -> None:
        """Give an answer that is a sentence: what was done, on stdout; on a terminal broken between words."""
        for sentence in sentences:
            print(clean(sentence) if as_it_is else self._fitted(sentence, self.out), file=self.out)

    def tell_outcome(self, outcome: "Outcome") -> None:
        """Answer a write: what was done, or would be, on stdout; what to mind on stderr."""
        self.store.close()
        if self.write_format == "json":
            self.out.write(render.as_json(outcome.as_fields(self.command)))
        else:
            self.tell(*outcome.said())
            self.tell(*outcome.paste, as_it_is=True)
        self.say(*(f"note: {warning}" for warning in outcome.warnings))
        if self.dry_run:
            self.say(NOTHING_SAVED)

    def check_shown(self, report: Report, view: "View") -> None:
        """Refuse a form or a place that a report cannot be given in before what it tells of is saved: as `show`."""
        self.store.close()
        render.check(view.arranged(report), format=view.format, output=view.output)

    def show_outcome(self, report: Report, outcome: "Outcome", view: "View") -> None:
        """Give a report together with what was done: scripts get one object, people the page and then the sentences.

        What was saved is saved where the report cannot be written, and that is said.
        """
        fields = outcome.as_fields(self.command)
        fresh = tuple(warning for warning in outcome.warnings if warning not in report.warnings)
        whole = report._replace(warnings=(*report.warnings, *fresh))
        done = {name: fields[name] for name in ("command", "saved", "changes", "answer")}
        try:
            self.show(whole._replace(done=done), view)
        except KwError as error:
            if outcome.saved:
                error.message = f"it was saved, but {error.message}"
                error.hint = "kw audit list shows it."
            raise
        if view.format != "json":
            (self.tell if view.on_screen else self.say)(*outcome.said())
        if self.dry_run:
            self.say(NOTHING_SAVED)

    def tell_agreed(self, act: "Callable[[bool], Outcome]", *, yes: bool) -> None:
        """Answer a write that may have to be agreed to: shown, asked about, and only then done.

        `act` is told whether it has been agreed to. Nothing is asked inside a transaction.
        """
        outcome = act(yes)
        if not outcome.question or self.dry_run:
            self.tell_outcome(outcome)
            return
        for_people = self.write_format != "json"
        if for_people or not self.interactive:
            self.tell_outcome(outcome)
        if self.confirm(outcome.question, yes=False):
            done = act(True)
            told = set(outcome.answer) if for_people else set()
            self.tell_outcome(replace(done, answer=tuple(line for line in done.answer if line not in told)))
        elif self.interactive and not for_people:
            self.tell_outcome(outcome)

    def prisoner(self, typed: str) -> "Person":
        """Return the prisoner whom a number or name means. Errors as `find_prisoner`."""
        with self._as_known():
            return find_prisoner(self.store.queries, typed)

    def worker(self, typed: str) -> "Worker":
        """Return the key worker whom a staff id or name means. Errors as `find_worker`."""
        with self._as_known():
            return find_worker(self.store.queries, typed)

    @contextmanager
    def _as_known(self) -> Iterator[None]:
        """Say of somebody who is not found in a look back that they may have been recorded later."""
        try:
            yield
        except NotFoundError as error:
            if self.known_at is None:
                raise
            known = f"{error.message.rstrip('.')} as known at {say_moment(self.known_at)}."
            near = error.hint if error.hint.startswith("did you mean") else ""
            raise NotFoundError(known, near or "leave out --known-at, or give a later moment.") from None

    def day(self, typed: str | None, *, ahead: bool = False) -> date:
        """Return the day that was typed; without one the day asked about."""
        return self.as_of if typed is None else parse_date(typed, today=self.as_of, ahead=ahead)

    def day_or_none(self, typed: str | None, *, ahead: bool = False) -> date | None:
        """Return the day that was typed, if one was."""
        return None if typed is None else parse_date(typed, today=self.as_of, ahead=ahead)

    def place(self, typed: str) -> str:
        """Return the place that was typed, and say so where its wing is a new one.

        Raises `UsageError` for what is no place: a word without a cell that is neither known to everyone nor to kw.
        """
        place, places = check_location(typed, own=self.settings.prison_code), self._places()
        check_known(place, places, typed=typed)
        wings, wing = self._wings(places), wing_of(place)
        if wing and wing not in wings and len(wings) > 1:
            self.say(f"note: nobody was on wing {wing} before; the wings are: {', '.join(wings)}")
        return place

    def month(self, typed: str | None, *, usual: str) -> Month:
        """Return the month that was typed, else the usual one. `UsageError` for one to come, or before the record."""
        month = parse_month(typed or usual, today=self.as_of)
        check_month(month, as_of=self.as_of)
        if typed:
            self.check_recorded(month.last_day)
        return month

    def period(self, since: str | None, until: str | None, *, usual: int) -> Period:
        """Return the days that were typed, else the usual number of days. `UsageError` as `ask_period` and `month`."""
        period = ask_period(as_of=self.as_of, since=since, until=until, usual=usual)
        if since or until:
            self.check_recorded(period.last_on)
        return period

    def say(self, *sentences: str, as_it_is: bool = False) -> None:
        """Say something beside the answer, on stderr; to a person there, broken between words unless `as_it_is`.

        Where it cannot be written the answer goes on without it.
        """
        with suppress(OSError):
            for sentence in sentences:
                print(clean(sentence) if as_it_is else self._fitted(sentence, self.err), file=self.err)

    @property
    def columns(self) -> int:
        """How many characters a line of the terminal has room for."""
        return self.width or columns_of(self.err)

    def _fitted(self, sentence: str, stream: TextIO) -> str:
        """Return a sentence as it is shown: nothing is broken for a script."""
        is_read_there = stream.isatty() or (self.interactive and self.width is not None)
        return fit_lines(clean(sentence), self.columns) if is_read_there else clean(sentence)

    def confirm(self, question: str, *, yes: bool) -> bool:
        """Ask before something is saved. Without a terminal nobody is asked: the answer is no, and said so."""
        if yes:
            return True
        if self.ask is None:
            self.say("nothing saved: add --yes")
            return False
        agreed = self.ask(f"{question} [y/N] ").strip().casefold() in ("y", "yes")
        if not agreed:
            self.say("nothing saved")
        return agreed

    def _say_frame(self, report: Report, view: "View") -> None:
        if self.as_of_from_environment:
            self.say(f"as of {report.as_of.isoformat()}, from KW_AS_OF")
        for warning in (*(report.silence if view.rows_alone else ()), *report.warnings):
            self.say(f"note: {warning}")
