"""An export taken into an empty database answers every report as the first one does, to the letter and in its order."""

from keyworker_cli.fiction import write_prison

REPORTS = (
    *("overdue", "unallocated", "first-meetings --all", "not-met", "budget", "budget --by wing", "plan", "forecast"),
    *("need list", "notes check", "acct list", "acct reviews", "event list", "prisoner list", "worker list", "stats"),
    *(
        "compliance",
        "caseload PQ01",
        "why A1001AA",
        "timeline A1001AA",
        "allocate --dry-run",
        "rota show",
        "config list",
    ),
)


def test_every_report_of_600_prisoners_is_the_same_from_an_export(kw, tmp_path):
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    write_prison("standard", tmp_path / "prison")
    assert kw(["import", str(tmp_path / "prison"), "--db", str(first)]).code == 0
    assert kw(["export", str(tmp_path / "out"), "--db", str(first)]).code == 0
    assert kw(["import", str(tmp_path / "out"), "--db", str(second)]).code == 0

    for report in REPORTS:
        line = f"{report} --as-of 2026-05-12 --format json"
        answers = [kw(f"{line} --db {database}").out for database in (first, second)]
        assert answers[0] == answers[1], report
