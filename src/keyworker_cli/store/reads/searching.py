"""How a name is kept to be looked for."""


def search_name(first_name: str, last_name: str) -> str:
    """Return a name as it is searched: casefolded, each word after a space, so that any word's beginning finds it."""
    return f" {first_name} {last_name} {first_name}".casefold().replace("-", " ")
