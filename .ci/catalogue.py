"""The message catalogues: what is said put into each `.po`, and each `.po` compiled."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ipcity_policy.text.catalogue import DOMAIN, LOCALE, SOURCE
from tests.messages import Template, said

WIDTH = 96


class _Catalogue(Catalog):
    """A catalogue whose header holds no day and no program, so that the same gives the same."""

    def __iter__(self) -> Iterator[Message]:
        """Yield the header, with what every reader needs to know, and the messages."""
        _, *messages = super().__iter__()
        header = (
            f"Language: {self.locale_identifier}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Plural-Forms: {self.plural_forms}",
        )
        yield Message("", "\n".join(header))
        yield from messages


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def made(language: str) -> dict[Path, bytes]:
    """Return the files of a language as they should be: with what is said, and nothing else.

    What has no translation yet is there with an empty one, which a test reports.
    """
    folder = LOCALE / language / "LC_MESSAGES"
    catalogue = merged(language, read(language))
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, width=WIDTH, include_lineno=False)
    write_mo(compiled, catalogue)
    return {
        folder / f"{DOMAIN}.po": text.getvalue(),
        folder / f"{DOMAIN}.mo": compiled.getvalue(),
    }


def read(language: str) -> Catalog:
    """Read what translators wrote."""
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str, translated: Catalog) -> Catalog:
    """Return the catalogue of all that is said, with the translations that there are.

    A sense of a template that translators have told apart stays beside the usual one.
    """
    catalogue = _Catalogue(
        locale=language,
        header_comment=f"# What ipcity-policy says, in {language}.",
        fuzzy=False,
    )
    found = said()
    files = {one.text: where for one, where in found.items()}
    senses = [
        Template(message.id, message.context or "")
        for message in translated
        if message.context and isinstance(message.id, str) and message.id in files
    ]
    for one in dict.fromkeys((*found, *senses)):
        before = translated.get(one.text, one.context or None)
        if before is None and (one.context or not re.search("[A-Za-z]", _own(one.text))):
            continue  # the usual sense does, or there is no word to translate
        catalogue.add(
            (one.text, one.several) if one.several else one.text,
            before.string if before is not None else "",
            locations=[(where, 1) for where in files[one.text]],
            context=one.context or None,
        )
    return catalogue


def _own(template: str) -> str:
    """Return what a template says without what fills it."""
    return re.sub(r"\{[^{}]*\}", "", template)


def update(*, check: bool) -> int:
    """Write the files of all languages, or with `check` tell which are out of date."""
    stale = 0
    assert SOURCE not in languages()  # INVARIANT: the templates are in that language
    for language in languages():
        for path, content in made(language).items():
            if not check:
                path.write_bytes(content)
            elif not path.exists() or path.read_bytes() != content:
                sys.stderr.write(
                    f"{path.name} ({language}) is out of date; run `python .ci/generate.py`\n"
                )
                stale = 1
    return stale
