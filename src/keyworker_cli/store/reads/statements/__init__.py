"""Every read, declared once: its statement over the tables, its parameters, and the fact that its rows become.

`declare` says how. The SQL of each is compiled ahead into `compiled_sql`, so that a report on a local file need not
load this folder; `python -m keyworker_cli.store.reads.compile` writes it anew, and a test compares it.
"""

from keyworker_cli.store.reads.declare import Read
from keyworker_cli.store.reads.statements import (
    audit,
    budget,
    care,
    caseload,
    contact,
    markers,
    mornings,
    note_sample,
    notes,
    officers,
    people,
    plans,
    rota,
    sessions,
    voice,
)

MODULES = (
    *(people, contact, markers, care, sessions, notes, officers, caseload, rota, plans, budget, mornings),
    *(voice, note_sample, audit),
)

READS = {
    declared.question: declared
    for module in MODULES
    for declared in vars(module).values()
    if isinstance(declared, Read)
}
"""Every read, by its question."""
