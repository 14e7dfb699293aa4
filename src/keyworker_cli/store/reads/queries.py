"""What kw asks its database: every question as it is declared, and the few answers that are made of several."""

from datetime import date

from keyworker_cli.errors import DatabaseError, UsageError
from keyworker_cli.rules.facts.sessions import Noted
from keyworker_cli.rules.markers.priority import Known
from keyworker_cli.rules.settings import Settings, settings_from
from keyworker_cli.store.reads.questions import Questions


class Queries(Questions):
    """Every read, on one consistent state of the database."""

    def settings(self) -> Settings:
        """Return the settings in force. Raises `DatabaseError` for a value that kw has never written."""
        try:
            return settings_from({changed.key: changed.value for changed in self.settings_changed()})
        except UsageError as error:
            what = f"somebody or something has altered the database: in setting, {error.message}"
            raise DatabaseError(what, "restore the last backup: kw restore FILE.") from None

    def known(self, *, as_of: date, settings: Settings) -> Known:
        """Return all that priorities of the prisoners here are found from, how key work stands with them included."""
        return self.known_of_them(as_of=as_of, settings=settings)._replace(
            officers_slots=self.officers_latest_slots(as_of=as_of),
            wings_slots=self.latest_slots(as_of=as_of),
            key_workers=self.key_workers_had(as_of=as_of),
        )

    def known_of_them(self, *, as_of: date, settings: Settings) -> Known:
        """Return what is known of the prisoners here themselves: it decides a tier; how key work stands does not."""
        return Known(
            events=self.marking_events(as_of=as_of, settings=settings),
            accts=self.accts_here(as_of=as_of),
            moves=self.moves_lately(as_of=as_of),
            late_reviews=self.late_reviews(as_of=as_of),
        )

    def notes_before(self, since: date, until: date) -> list[Noted]:
        """Return the notes before the first day to compare with: each officer's last 10, each prisoner's seen since.

        More than ten where a day has several; one may be given twice.
        """
        return self.notes_before_of_prisoners(since, until) + self.notes_before_of_officers(since)
