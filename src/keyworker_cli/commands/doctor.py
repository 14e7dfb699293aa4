"""`kw doctor`: whether the database can be relied on."""

from keyworker_cli.command_line.options import DATA, PlainFigures, command, family
from keyworker_cli.commands.conversations.note_source import left_notes
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.audit import stop_if_unsound
from keyworker_cli.reports.oversight.doctor import health_report, refuse_looking_back

app = family()


@app.command(rich_help_panel=DATA)
@command
def doctor(kw: Kw, view: PlainFigures) -> None:
    """Whether the database can be relied on, and what mends what is not in order.

    The file: damage, links, schema, the audit, who else may reach it, its place, room on the disk, the last backup. The
    records: settings that work against each other, the end of the rota, sessions without a note, officers without a
    wing, stays that overlap, prisoners without a place. An audit that does not verify ends with exit code 7.

    Example: kw doctor

    Example: kw doctor --fail
    """
    request = kw.request(view)
    refuse_looking_back(request)
    check = kw.store.check_audit()
    own, left = kw.own_settings, left_notes()
    kw.show(health_report(kw.store, request, check, now=kw.now, own_settings=own, left_notes=left), view)
    stop_if_unsound(check)
