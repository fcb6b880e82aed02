"""`explain`: the page of a diagnostic, and the line that leads there."""

import io
import sys

import pytest

from ipcity_policy.text.codes import CODES
from ipcity_policy.text.message import say
from tests.support import Ipcity


@pytest.mark.parametrize(
    "name", ["N101", "n101", "unknown-name", "Unknown-Name", "未声明的名称"]
)
def test_a_page_is_found_by_id_and_name(ipcity: Ipcity, name: str) -> None:
    ran = ipcity("explain", name)
    assert ran.status == 0
    assert ran.out.startswith("N101 unknown-name (error)\n───")
    assert "    require: wieght is at most limit  # error: [N101]\n" in ran.out
    assert "\nFixed\n1/article-02.yaml\n" in ran.out
    assert not any("\u4e00" <= char <= "\u9fff" for char in ran.out.split("Example")[0])


def test_a_page_in_chinese_has_the_same_examples(ipcity: Ipcity) -> None:
    english, chinese = (ipcity("explain", "N101", "--lang", lang).out for lang in ("en", "zh"))
    assert chinese.startswith("N101 未声明的名称（错误）\n")
    example, fixed = english.split("\nExample\n")[1].split("\nFixed\n")
    assert chinese.split("\n示例\n")[1].split("\n改正\n") == [example, fixed]


def test_what_commands_print_is_shown_in_the_language_of_the_page(ipcity: Ipcity) -> None:
    english, chinese = (ipcity("explain", "M112", "--lang", lang).out for lang in ("en", "zh"))
    assert ("error M112" in english, "error M112" in chinese) == (True, False)
    assert ("错误 M112" in english, "错误 M112" in chinese) == (False, True)
    assert "Nothing wrong" not in chinese
    examples = ipcity("explain", "M112", "--format", "json").json["examples"]
    assert not any("错误" in one["text"] for one in examples)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_code_all_are_listed(ipcity: Ipcity, lang: str) -> None:
    out = ipcity("explain", "--lang", lang).out
    for code in CODES.values():
        assert f"  {code.id}  {say(code.name).text(lang)} " in out


def test_as_json_it_has_both_languages_and_the_files(ipcity: Ipcity) -> None:
    page = ipcity("explain", "F106", "--format", "json").json
    assert (page["code"], page["name"], page["severity"]) == ("F106", "no-measure", "error")
    assert page["text"]["en"].startswith(page["rule"]["en"])
    assert page["text"]["zh"].startswith(page["rule"]["zh"])
    assert [(one["kind"], one["file"]) for one in page["examples"]] == [
        ("example", "sheet.yaml"), ("fixed", "sheet.yaml"),
    ]  # fmt: skip
    listed = ipcity("explain", "--format", "json").json
    assert [one["code"] for one in listed] == list(CODES)
    assert {key: page[key] for key in listed[0]} in listed


@pytest.mark.parametrize(
    ("name", "said"),
    [("N1O1", "`N101`?"), ("unknwon-name", "`unknown-name`?"), ("zzz", "lists all")],
)
def test_an_unknown_code_is_wrong_usage(ipcity: Ipcity, name: str, said: str) -> None:
    ran = ipcity("explain", name)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_it_needs_no_policies(ipcity: Ipcity) -> None:
    assert ipcity("explain", "S101", "--policies", "nowhere").status == 0


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_only_on_a_terminal_diagnostics_say_where_more_is_told(
    ipcity: Ipcity, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ("check", "nowhere")
    assert "explain" not in ipcity(*args).out
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert ipcity(*args).status == 1
    assert isinstance(sys.stdout, Terminal)
    assert sys.stdout.getvalue().count("for more, run `ipcity explain S101`\n") == 1
