"""What the tests of editors share: one language server for all."""

from collections.abc import Iterator

import pytest

from tests.editors.language_server import Editor, language_server


@pytest.fixture(scope="session")
def editor() -> Iterator[Editor]:
    """An editor's side of a server."""
    with language_server() as editor:
        yield editor
