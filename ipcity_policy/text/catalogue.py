"""The message catalogue: what is said, in every language that has one (GNU gettext).

A template is English and stands in the code where it is said; its translations stand in
`locale/<language>/LC_MESSAGES/ipcity_policy.po`, which translators edit and from which
`.ci/generate.py` compiles what is read here. A language is there where its folder is. Neither
`LANGUAGE` nor the locale of the machine decides anything.
"""

import gettext
import re
from contextlib import suppress
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "ipcity_policy"
#: The language of the templates.
SOURCE = "en"


class UntranslatedError(LookupError):
    """A template has no translation: a fault of the catalogue, which is never hidden."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages in which everything can be said, that of the templates first.

    >>> languages()[0]
    'en'
    """
    found = (path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (SOURCE, *sorted(found))


class _Untranslated(gettext.NullTranslations):
    """What is asked last: whatever comes here has no translation."""

    def gettext(self, message: str) -> str:
        """Find nothing."""
        raise UntranslatedError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Find nothing."""
        raise UntranslatedError(msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Find nothing."""
        raise UntranslatedError(message)


@cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    found = gettext.translation(DOMAIN, LOCALE, [language])
    found.add_fallback(_Untranslated())
    return found


def translated(language: str, template: str, context: str = "") -> str:
    """Return a template in a language; with `context`, in the sense that it has there.

    A sense without a translation of its own has the usual one. A template without words of its
    own, such as `{low}-{high}`, need not be in a catalogue.

    Raises:
        UntranslatedError: The catalogue of the language lacks the template.

    >>> translated("en", "{n} of {all}")
    '{n} of {all}'
    """
    if language == SOURCE:
        return template
    catalogue = _catalogue(language)
    if context:
        with suppress(UntranslatedError):
            return catalogue.pgettext(context, template)
    try:
        return catalogue.gettext(template)
    except UntranslatedError:
        if re.search("[A-Za-z]", re.sub(r"\{[^{}]*\}|`[^`]*`", "", template)):
            raise
        return template


def translated_number(language: str, one: str, several: str, n: int) -> str:
    """Return the form of a template that a language has for a number of things.

    Raises:
        UntranslatedError: The catalogue of the language lacks the pair.

    >>> translated_number("en", "1 error", "{n} errors", 2)
    '{n} errors'
    """
    if language == SOURCE:
        return one if n == 1 else several
    return _catalogue(language).ngettext(one, several, n)


def is_translated(language: str, template: str, context: str = "") -> bool:
    """Tell whether a language has a translation of a text that may be none of ours.

    >>> is_translated("en", "whatever")
    True
    """
    if language == SOURCE:
        return True
    catalogue = _catalogue(language)
    with suppress(UntranslatedError):
        catalogue.gettext(template)
        return True
    with suppress(UntranslatedError):
        catalogue.pgettext(context, template)
        return True
    return False
