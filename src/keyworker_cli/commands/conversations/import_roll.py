"""`kw import --roll`: what a list of all who are here changes, shown, asked about and saved as it was shown."""

from keyworker_cli.actions.files.mapping import Meanings
from keyworker_cli.actions.files.reading.input_files import FoundFiles
from keyworker_cli.actions.stays.roll import roll_outcome, take_roll
from keyworker_cli.commands.conversations.import_files import asking, database, keep
from keyworker_cli.commands.conversations.import_questions import ask_arrival
from keyworker_cli.context import Kw
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.stays.roll import roll_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.files.extracts.known import Answers
from keyworker_cli.rules.files.extracts.tell import tell_left_out
from keyworker_cli.rules.stays.roll import say_changes


def import_roll(kw: Kw, roll: FoundFiles, answers: Answers, said: Meanings, *, yes: bool) -> None:
    """Show what a roll changes, ask when it is on the screen, and save exactly that."""
    with database(kw, kw.author) as store:
        taken = take_roll(store, kw.author, roll, answers=answers)
        if taken.collected.undated:
            answers = ask_arrival(kw, asking(kw, yes=yes), taken.collected, answers)
            taken = take_roll(store, kw.author, roll, answers=answers)
        kw.say(*tell_left_out(taken.collected))
        changes = taken.changes
        report = roll_report(ReportRequest(kw.as_of, store.queries.settings()), changes)
        view, trial = View(format=kw.write_format), roll_outcome(changes, roll, saved=False)
        if changes.nothing or kw.dry_run:
            kw.show_outcome(report, trial, view)
        elif yes:
            take_roll(store, kw.author, roll, answers=answers, shown=changes)
            kw.show_outcome(report, roll_outcome(changes, roll, saved=True), view)
        elif not (kw.interactive and view.on_screen):
            kw.show_outcome(report, trial, view)
            kw.say("nothing saved: add --yes")
            return
        else:
            kw.show(report, view)
            if not kw.confirm(f"Save {say_changes(changes)}?", yes=False):
                return
            take_roll(store, kw.author, roll, answers=answers, shown=changes)
            kw.tell_outcome(roll_outcome(changes, roll, saved=True))
    keep(kw, said, activities={})
