"""How a name is kept, and how what somebody types is looked for in it."""


def search_name(first_name: str, last_name: str) -> str:
    """Return a name as it is searched: casefolded, each word after a space, so that any word's beginning finds it."""
    return f" {first_name} {last_name} {first_name}".casefold().replace("-", " ")


def searched(words: str) -> str:
    """Return words as they are looked for in such a name: casefolded, with nothing in them that stands for others."""
    folded = " ".join(words.casefold().replace("-", " ").split())
    return folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
