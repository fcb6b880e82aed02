"""The canonical form: what is brought into order in a file, and what is let be."""

import pytest

from ipcity_policy.law.files import read_bytes
from ipcity_policy.law.formatting import canonical
from ipcity_policy.law.sentences import sentences


def formatted(text: str) -> str:
    result = canonical("x.yaml", text.encode())
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # spaces within a line
        ("a :   b  \n", "a: b\n"),
        ("a:\tb\t\n", "a: b\n"),
        ("a: [ b,c , d ]\n", "a: [b, c, d]\n"),
        ("a: { b : c,d: e}\n", "a: {b: c, d: e}\n"),
        ('a: {"b":c, d: , e: }\n', 'a: {"b": c, d: , e: }\n'),
        ("a: []\nb: { }\n", "a: []\nb: {}\n"),
        ("-   a\n-     - b\n", "- a\n- - b\n"),
        # indents
        ("a:\n    b: 1\n    c:\n        d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"),
        ("a:\n- b\n-   c: 1\n    d: 2\n", "a:\n  - b\n  - c: 1\n    d: 2\n"),
        ("a:\n -\n    b: 1\n", "a:\n  -\n    b: 1\n"),
        ("  a: 1\n  b: 2\n", "a: 1\nb: 2\n"),
        ("a:\n   b\n", "a:\n  b\n"),
        # breaks within brackets
        ("a: {b: 1,\n     c: 2}\n", "a: {b: 1,\n  c: 2}\n"),
        ("a: [\n      b,\n      {c: 1,\n   d: 2}\n]\n",
         "a: [\n  b,\n  {c: 1,\n    d: 2}\n  ]\n"),
        ("a:\n   [b,\n c\n ]\n", "a:\n  [b,\n    c\n  ]\n"),
        ("- [b,\n c\n ]\n", "- [b,\n    c\n  ]\n"),
        ('{"a": [\n1\n]}\n', '{"a": [\n    1\n  ]}\n'),
        # blank lines, the beginning and the end
        ("\n\na: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"),
        ("a: 1", "a: 1\n"),
        ("\ufeffa: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("---  \na: 1\n...\n", "---\na: 1\n...\n"),
        # texts keep their quotes, their lines and their blank lines
        ("a: 'it''s'\nb: \"\\u4e2d\"\n", "a: 'it''s'\nb: \"\\u4e2d\"\n"),
        ("a: one\n     two\n\n\n     three\n", "a: one\n  two\n\n\n  three\n"),
        ('a: "one  \n two \\\n three\\  \n four"\n',
         'a: "one\n  two \\\n  three\\ \n  four"\n'),
        ("a: |\n      one\n        two\n\n\n\nb: 1\n", "a: |\n  one\n    two\n\nb: 1\n"),
        ("a:   |2-\n     one\n   two\n", "a: |2-\n     one\n   two\n"),
        ("a:\n   b: |1\n      one\n    two\n", "a:\n  b: |2\n      one\n    two\n"),
        ("a: |+\n    one\n\n\nb: 1\n", "a: |+\n  one\n\n\nb: 1\n"),
        ("a: >\n    one\n    two  \n", "a: >\n  one\n  two  \n"),
        ("a: |\n    # 一\n\tb: [\n".replace("\t", "    \t"), "a: |\n  # 一\n  \tb: [\n"),
        # a file that ends within a text: one more line break would change the text
        ("a: |\n  one", "a: |-\n  one\n"),
        # comments
        ("# top\n\n\n#two\na: 1 # one\n", "# top\n\n#two\na: 1  # one\n"),
        ("a: 1      # one\nbb:   2   # two\n", "a: 1      # one\nbb: 2     # two\n"),
        ("a: |  # one\n    x\n", "a: |  # one\n  x\n"),
        ("a: [b, # one\n# two\nc] # three\n", "a: [b,  # one\n  # two\n  c]  # three\n"),
        ("a:\n# of b\n     # too\n    b: 1\n", "a:\n  # of b\n  # too\n  b: 1\n"),
        ("a:\n    b: 1\n    # b: 2\n# of c\nc: 3\n", "a:\n  b: 1\n  # b: 2\n# of c\nc: 3\n"),
        ("a:\n- b\n# of c\nc:\n- d\n# end\n", "a:\n  - b\n# of c\nc:\n  - d\n# end\n"),
        ("a:\n- b\n# of c\n- c\n", "a:\n  - b\n  # of c\n  - c\n"),
        ("a:\n    # b: 1\n    # c: 2", "a:\n  # b: 1\n  # c: 2\n"),
        ("a: 1\n  # 城\n", "a: 1\n# 城\n"),
        # what has no layout: a text alone, forms that no rule file has
        ("   a\n", "   a\n"),
        ("?   a\n:   b\n", "?   a\n:   b\n"),
        ("  --- a:   b\n", "  --- a:   b\n"),
    ],
)  # fmt: skip
def test_layout(before: str, after: str) -> None:
    assert formatted(before) == after
    assert formatted(after) == after


ARTICLE = """\
article: 1
rules:
  r:
    title-en: ( a   text )
    require: {}
    unless: {{all: [{}]}}
quantities:
  q: {{reckon: {{sum: [{}, (  b  )]}}}}
decisions:
  d:
    bands:
      - outcome: low
        when: {}
        effects: [{}]
    outcomes:
      o: {{when: {{any: [{}, none: [{}]]}}}}
      p: {{when: {}}}
"""


def test_the_sentences_of_an_article_and_nothing_else() -> None:
    pairs = (
        ("((a))  and   ( b or(c))", "a and (b or c)"),
        ("( a )", "a"),
        ("(a  times w)  plus b", "a times w plus b"),
        ("at  least  b", "at least b"),
        ("permit   e", "permit e"),
        ("((x))", "x"),
        ("not  (y)", "not y"),
        ("( z )", "z"),
    )
    before = ARTICLE.format(*(odd for odd, _ in pairs))
    after = ARTICLE.format(*(even for _, even in pairs)).replace("(  b  )", "b")
    assert formatted(before) == after


DRAFT = """\
amends: m/1
change:
  rules.r.require: {0}
  rules.r: {{title-en: ((t)), require: {0}}}
  rules.s.require:
    all:
      - {0}
  decisions.d.low.when: {1}
  decisions.d.bands: [{{outcome: low, when: {1}}}]
  decisions.d.high.when: {0}
  decisions.d.high: {{says-en: ((t)), when: {0}}}
  decisions.d.outcomes.high.when: {0}
  decisions.d.high.effects: [{2}]
  decisions.d.asks-en: ((t))
  readings.q.options.o.change: {{rules.r.require: {0}}}
  quantities.q.reckon: (a  plus b)
  parameters.p: 3   grams
  nowhere: ((t))
add:
  decisions.d.middle:
    before: high
    when: {1}
"""


def test_the_sentences_of_a_draft_are_found_by_their_paths() -> None:
    odd, even = ("((a))", "at   most b", "permit   e"), ("a", "at most b", "permit e")
    after = DRAFT.format(*even).replace("(a  plus b)", "a plus b")
    assert formatted(DRAFT.format(*odd)) == after


def test_the_sentences_of_a_readings_option() -> None:
    text = "article: 1\nreadings: {q: {options: {o: {change: {rules.r.require: %s}}}}}\n"
    assert formatted(text % "( a  )") == text % "a"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("( a )", "a"),
        ("a and\n      b", "a and b"),  # one line, however it was broken
        ("'a  is  \"it''s  so\"'", "'a is \"it''s  so\"'"),
        ('"a  is  \\"中  文\\""', '"a is \\"中  文\\""'),
        ('a is "yes"', "a is yes"),
        ("a is above 10grams", "a is above 10 grams"),
        ("not (a is b)", "not (a is b)"),  # no sentence: an option stands in quotes
        ("not (not (a))", "not not a"),
        ("(a and b) and c", "(a and b) and c"),  # a group that was made stays one
        ("not ( a is above b )", "not a is above b"),
        # left as they are: what cannot be read, and what has lines of its own
        ("a  or  b  and  c", "a  or  b  and  c"),
        ("A，  b", "A，  b"),
        ("|\n      a   and\n        b", "|\n      a   and\n        b"),
        # with spaces around its brackets it would be too long to be read
        ("a and(b or c)and " + "x" * 3_983, "a and(b or c)and " + "x" * 3_983),
    ],
)
def test_a_sentence(before: str, after: str) -> None:
    text = "article: 1\nrules:\n  r:\n    require: %s\n    title-en: T\n"
    assert formatted(text % before) == text % after


def test_which_sentence_stands_where() -> None:
    text = ARTICLE.format("a", "u", "q", "below b", "permit e", "x", "y", "otherwise")
    document = read_bytes("x", text.encode()).value
    assert document is not None
    assert [(scalar.text, starts) for scalar, starts in sentences(document)] == [
        ("a", ("condition",)),
        ("u", ("condition",)),
        ("q", ("calculation",)),
        ("(  b  )", ("calculation",)),
        ("below b", ("band",)),
        ("permit e", ("effect",)),
        ("x", ("condition",)),
        ("y", ("condition",)),
        ("otherwise", ("outcome",)),
    ]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"a: [", ["S105"]),
        (b"a: &x 1\nb: *x\n", ["S107", "S107"]),
        (b"a: 1\na: 2\n", ["S106"]),
        (b"# only a remark\n", ["S108"]),
        ("a: 城".encode("gbk"), ["S102"]),
    ],
)
def test_what_cannot_be_read_has_no_form(data: bytes, codes: list[str]) -> None:
    result = canonical("x.yaml", data)
    assert result.value is None
    assert [diagnostic.code.id for diagnostic in result.diagnostics] == codes
