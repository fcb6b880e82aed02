"""What a file holds and what is wrong with it does not hang on which YAML parser is there."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.text.source import Source
from ipcity_policy.yaml.document import Mapping, Node, Scalar, Sequence
from ipcity_policy.yaml.pure import PureLoader
from ipcity_policy.yaml.reader import read_document
from tests.support import ROOT

#: What YAML has a meaning for, and what it has none for.
BITS = (
    *("a", "b: ", "key: v", "- ", "  ", "\n", "\n  ", "\n\n", "{", "}", "[", "]", ", ", ":"),
    *("?", "? ", "x?y", "?x", "a:b", "'", '"', "'q'", '"d"', "#", " #", "|", "|\n  x", ">- "),
    *("&a ", "*a ", "!t ", "%", "@", "`", "-", "---", "... ", "\t", "，", "重"),
)
TEXTS = st.lists(st.sampled_from(BITS), max_size=12).map("".join)
SHIPPED = sorted((ROOT / "policies").rglob("*.yaml"))


def placed(node: Node | None) -> object:
    """Return a document with all its places."""
    match node:
        case Scalar(text):
            return text, node.quoted, node.span.start, node.span.end
        case Sequence(items):
            return [placed(one) for one in items], node.span.start, node.span.end
        case Mapping(entries):
            pairs = [(placed(key), placed(value)) for key, value in entries]
            return pairs, node.span.start, node.span.end
    return None


def read(text: str, parser: type) -> tuple[object, ...]:
    """Return what a text holds, and all that is said of it."""
    found = read_document(Source("x", text), parser)
    said = [
        (d.code.id, *d.at.order, d.message_text, d.help_text, d.fix) for d in found.diagnostics
    ]
    return placed(found.value), said


@given(text=TEXTS, braces=st.booleans())
def test_both_parsers_give_the_same(text: str, *, braces: bool) -> None:
    text = f"{{{text}}}" if braces else text
    assert read(text, PureLoader) == read(text, yaml.CSafeLoader)


@pytest.mark.whole
@given(st.sampled_from(SHIPPED), st.integers(0, 10_000), st.sampled_from(BITS))
def test_both_parsers_give_the_same_of_a_slip(path: Path, at: int, slip: str) -> None:
    text = path.read_text("utf-8")[:3000]
    at %= len(text)
    text = text[:at] + slip + text[at:]
    assert read(text, PureLoader) == read(text, yaml.CSafeLoader)


@pytest.mark.parametrize(
    "text",
    [
        "{asks-en: Can it be read?, asks-zh: x}",
        "{a: what?is, b: is it? yes, c: }",
        "a: x\ty\nb:\tz\n",
        "a: |#c\n  x\n",
        "[a?, b?c]",
    ],
)
def test_what_only_one_of_them_took(text: str) -> None:
    value, said = read(text, PureLoader)
    assert (value, said) == read(text, yaml.CSafeLoader)
    assert value is not None


@pytest.mark.whole
def test_a_command_without_the_parser_in_c_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a: {asks-en: Can it be read?,   asks-zh: x}\n", "utf-8")
    hide = "import sys; sys.modules['yaml._yaml'] = None; import yaml\n"
    hide += "assert not yaml.__with_libyaml__\n"
    code = "import sys; from ipcity_policy.__main__ import main; sys.argv[0] = 'ipcity'; main()"
    with_it, without = (
        subprocess.run(
            [sys.executable, "-c", first + code, "fmt", "--check", str(file)],
            cwd=ROOT, capture_output=True, text=True,
        )
        for first in ("", hide)
    )  # fmt: skip
    assert (with_it.returncode, with_it.stderr) == (1, "")
    assert (without.returncode, without.stdout, without.stderr) == (1, with_it.stdout, "")
