"""The version of the rule language, and what changed from one to the next.

A key of a file changes only with the number. What a version of the language took away stands
here: the reader tells it with its fix, and `fmt --migrate` writes what stands now.
"""

from dataclasses import dataclass

from ipcity_policy.yaml.schema import Former

#: The newest language, and the only one that is read.
LANGUAGE = 1


@dataclass(frozen=True, slots=True)
class Migration:
    """What brings files of one language into the next."""

    #: The language that the files are written in; 0 from before it had a number.
    before: int
    after: int
    #: Of each block the keys that are gone, with what each is called now; None for nothing.
    keys: tuple[tuple[str, str, str | None], ...]


MIGRATIONS = (
    Migration(
        0,
        1,
        (
            ("a case", "case", "case-en"),
            ("a source", "title", "title-en"),
            ("a provision", "waits-for", None),
        ),
    ),
)


def former(block: str) -> tuple[Former, ...]:
    """Return the keys that a block had in older languages.

    >>> former("a source")
    (Former(name='title', now='title-en', since=1),)
    """
    return tuple(
        Former(name, now, one.after)
        for one in MIGRATIONS
        for what, name, now in one.keys
        if what == block
    )
