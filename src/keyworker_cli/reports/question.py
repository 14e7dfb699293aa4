"""What a report is asked: as of which day, of which wings and key worker, under which settings."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from keyworker_cli.reports.report import Picture, Report, Section, Value
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.rules.facts.contact import Contact
    from keyworker_cli.rules.facts.people import Worker


TOPICS: Final = {
    "acct-list": "acct",
    "acct-reviews": "acct",
    "affected": "affected",
    "allocate": "allocation",
    "audit list": "audit",
    "audit verify": "audit",
    "briefing": "briefing",
    "budget": "time-budget",
    "caseload": "see-today",
    "compliance": "figures",
    "doctor": "backup",
    "event list": "concerns",
    "first-meetings": "early-days",
    "forecast": "forecast",
    "least": "least",
    "handover": "handover",
    "handovers": "handover",
    "need-list": "note-quality",
    "concerns": "concerns-not-raised",
    "fewest": "thin-contact",
    "not-met": "gap",
    "notes-check": "note-quality",
    "notes-sample": "note-quality",
    "overdue": "gap",
    "overdue_like_ors": "gap",
    "plan": "plan",
    "prisoner_list": "movements",
    "query": "query",
    "review": "review",
    "roll": "files",
    "rota": "rota",
    "settings": "settings",
    "stats": "figures",
    "timeline": "late-recording",
    "unallocated": "allocation",
    "voice": "voice",
    "voice-sample": "voice",
    "why": "gap",
    "worker": "rota",
    "worker_list": "rota",
}
"""The page of `kw help` that explains a report, named at its foot."""


NOT_OF_PRISONERS: Final = ("audit list", "audit verify", "doctor", "query", "roll", "settings")
"""The reports that say nothing of prisoners."""


class OfOfficer(Protocol):
    """An officer, or what is theirs, as a slot is: the wing is the one they work on."""

    @property
    def key_worker_id(self) -> int:
        """Whose it is."""

    @property
    def wing(self) -> str | None:
        """The officer's wing, `None` for an officer of no wing."""


class ReportRequest(NamedTuple):
    """The frame of a question. `wings` empty means all; `key_worker` `None` means all; `known_at` `None` means now.

    `remarks` are sentences that go with whatever is answered; `silence` stands first on every page about
    prisoners where the record has ended. Time before `minute_reached` of the day asked about is over.
    """

    as_of: date
    settings: Settings
    known_at: datetime | None = None
    wings: tuple[str, ...] = ()
    key_worker: "Worker | None" = None
    remarks: tuple[str, ...] = ()
    silence: str = ""
    minute_reached: int = 0

    def covers(self, contact: "Contact") -> bool:
        """Return whether the question is about this prisoner: by his wing, the place he is in, and his key worker."""
        if self.wings and contact.wing not in self.wings and contact.location not in self.wings:
            return False
        return self.key_worker is None or contact.staff_id == self.key_worker.staff_id

    def covers_officer(self, one: OfOfficer) -> bool:
        """Return whether the question is about an officer's time: the officer is named, or it is their wing."""
        if self.key_worker is not None:
            return one.key_worker_id == self.key_worker.key_worker_id
        return not self.wings or one.wing in self.wings

    def by_scope(self, contacts: Iterable["Contact"]) -> "tuple[list[Contact], list[Contact]]":
        """Return those the question is about who are in scope that day, and those who are not (help: movements)."""
        return by_scope((contact for contact in contacts if self.covers(contact)), as_of=self.as_of)

    def report(
        self,
        name: str,
        title: str,
        sections: Iterable[Section],
        *,
        summary: Mapping[str, Value] | None = None,
        settings: tuple[str, ...] = (),
        warnings: Iterable[str] = (),
        lead: Iterable[str] = (),
        foot: Iterable[str] = (),
        several: bool = False,
        pictures: Iterable[Picture] = (),
    ) -> Report:
        """Return the report under this frame; `settings` names those its answer depends on."""
        silence = (self.silence,) if self.silence and name not in NOT_OF_PRISONERS else ()
        return Report(
            report=name,
            title=title,
            as_of=self.as_of,
            known_at=self.known_at,
            sections=tuple(sections),
            prison={"code": self.settings.prison_code, "name": self.settings.prison_name},
            settings=self.settings.in_force(*settings) if settings else {},
            summary=summary or {},
            warnings=(*self.remarks, *warnings),
            lead=(*silence, *lead),
            silence=silence,
            foot=tuple(foot),
            several=several,
            pictures=tuple(pictures),
            topic=TOPICS.get(name, ""),
        )

    def scope_words(self) -> str:
        """Return what the question is narrowed to, in words: `wing B, key worker Officer P`; empty for all."""
        wings = f"wing {', '.join(self.wings)}" if self.wings else ""
        worker = f"key worker {self.key_worker.name}" if self.key_worker else ""
        return ", ".join(part for part in (wings, worker) if part)

    @property
    def on_wings(self) -> str:
        """The wings the question is narrowed to, as they end a sentence: ` on wing B`; empty for all."""
        return f" on wing{'' if len(self.wings) == 1 else 's'} {', '.join(self.wings)}" if self.wings else ""

    def titled(self, title: str) -> str:
        """Return a title with what the question is narrowed to: `Prisoners: wing B`."""
        scope = self.scope_words()
        return f"{title}: {scope}" if scope else title
