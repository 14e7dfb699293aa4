"""Drawing by lot: who or what is drawn follows from its name alone, so that nobody can pick and everybody can check."""


def lot(*parts: object) -> str:
    """Return the lot that a name draws: the same whenever, wherever and by whomever it is drawn.

    >>> lot("voice", "2026-05", "A1234BC")[:8]
    'f747264c'
    """
    import hashlib  # noqa: PLC0415 - lazy import: costs 4 ms, and most pages draw nothing

    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
