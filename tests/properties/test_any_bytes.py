"""Whatever a user feeds it, reading gives a value or diagnostics, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcity_policy.lang.parser import parse_sentence
from ipcity_policy.lang.syntax import Start
from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.library import open_library
from ipcity_policy.law.reader import read_version
from ipcity_policy.law.vocabulary import read_vocabulary
from ipcity_policy.report.reports.diagnostics import diagnostics_text
from ipcity_policy.sheet.reader import sheet_from
from ipcity_policy.text.source import Source, Span
from ipcity_policy.yaml.document import Scalar
from tests.support import ROOT, SMALL

LIBRARY = open_library(ROOT / "policies")
yamlish = st.text(alphabet=st.sampled_from("ab:-[]{},'\"|>&*!#? \n\t城（。60"), max_size=60)


@given(st.one_of(st.binary(max_size=200), yamlish.map(str.encode)))
def test_any_bytes_as_a_file(data: bytes) -> None:
    result = read_bytes("x.yaml", data)
    assert result.value is not None or result.diagnostics
    diagnostics_text(result.diagnostics)
    if result.value is not None:
        for found in (
            read_version("x/1", result.value, [result.value]),
            read_vocabulary(result.value),
            sheet_from(LIBRARY, result.value),
        ):
            assert found.value is not None or found.diagnostics
            diagnostics_text(found.diagnostics)


SAID = "a is at least most and or not ( ) 60 points 'x' 得分 otherwise one of below ， % yes"
words = st.sampled_from(SAID.replace("'", '"').split())


@pytest.mark.whole
@given(
    st.one_of(st.text(max_size=60), st.lists(words, max_size=12).map(" ".join)),
    st.sampled_from(["condition", "outcome", "band", "effect"]),
)
def test_any_text_as_a_sentence(text: str, start: Start) -> None:
    source = Source("x", text)
    result = parse_sentence(Scalar(text, Span(source, 0, len(text))), start)
    assert (result.value is None) == bool(result.diagnostics)
    diagnostics_text(result.diagnostics)


@given(st.data())
def test_a_rule_file_with_a_piece_cut_out(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SMALL)))
    text = SMALL[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    document = read_bytes(name, (text[:start] + text[end:]).encode())
    if document.value is not None:
        read_version("small/1", document.value, [document.value])
        vocabulary = read_vocabulary(document.value)
        assert vocabulary.value is not None or vocabulary.diagnostics
