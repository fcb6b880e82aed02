"""The page on digests, followed by who knows nothing but the page and the standards."""

import hashlib
import json
import re
from calendar import monthrange
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ipcity_policy.law.library import Library, open_library
from ipcity_policy.sheet.reader import open_sheet
from ipcity_policy.text.page import Fence, read_page
from tests.support import ROOT, Accept

PAGE = ROOT / "docs" / "digests.md"
WIDE = "[\u2e80-\u9fff\uff00-\uffef]"


def fences(language: str) -> list[Fence]:
    page = read_page(PAGE.read_text("utf-8"))
    return [one for one in page if isinstance(one, Fence) and one.language == language]


def canonical(value: Any) -> bytes:
    """Canonical JSON, as long as no key holds a character beyond U+FFFF."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def joined(value: Any) -> Any:
    match value:
        case dict():
            return {key: joined(one) for key, one in value.items()}
        case list():
            return [joined(one) for one in value]
    return re.sub(f"(?<={WIDE}) (?={WIDE})", "", " ".join(value.split()))


def said(path: Path) -> Any:
    return joined(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))


def text_of(version: Path) -> dict[str, Any]:
    """What a version says, as an object."""
    header = said(version / "measure.yaml")
    header.pop("published", None)
    header["in-force"].pop("until")
    provisions, open_ = {}, set()
    for path in sorted(version.glob("*.yaml")):
        one = said(path)
        if path.name == "measure.yaml":
            continue
        id = f"art-{one['article']}" if "article" in one else one["provision"]
        left_out = is_open(id, one)
        if left_out:
            open_.add(left_out)
            continue
        items = {id: name for id, item in one.get("provisions", {}).items()
                 if (name := is_open(id, item))}  # fmt: skip
        open_ |= set(items.values())
        for id_of_item in items:
            del one["provisions"][id_of_item]
        for kind, entries in one.items() if items else ():
            if isinstance(entries, dict):
                one[kind] = {
                    name: entry for name, entry in entries.items()
                    if not (isinstance(entry, dict) and entry.get("provision") in items)
                }  # fmt: skip
        provisions[id] = one
    return {"version": header, "provisions": provisions, "open": sorted(open_)}


def is_open(id: str, one: Any) -> str | None:
    missing = isinstance(one, dict) and one.get("basis") in ("unavailable", "assumed")
    named = one.get("completes") if isinstance(one, dict) else None
    return named or (id if missing else None)


def facts_of(sheet: Path) -> dict[str, Any]:
    """What a sheet of a simple kind states, as an object."""
    one = said(sheet)
    (subject,) = one.keys() - {
        "sheet", "measure", "facts", "events", "sources", "note-en", "note-zh",
        "events-known-from", "events-known-until", "events-not-known",
    }  # fmt: skip
    names = {key: one[subject].pop(key) for key in ("name-en", "name-zh")}
    own = {key: value for key, value in one[subject].items() if key[:5] != "note-"}
    told = [key for key in ("events-known-from", "events-known-until") if key in one]
    events = [event for event in one.get("events", []) if event.get("on") != "never"]
    never = [event["event"] for event in one.get("events", []) if event.get("on") == "never"]
    return {
        "measure": one["measure"],
        **names,
        "facts": stated({**own, **one.get("facts", {})}),
        "events": sorted(map(happened, events), key=canonical),
        **{key: days(one[key]) for key in told},
        "events-not-known": sorted(one.get("events-not-known", [])),
        "events-never": sorted(never),
    }


def happened(event: dict[str, Any]) -> dict[str, Any]:
    term = {key: days(day) for key, day in event.get("term", {}).items()}
    kept = {key: event[key] for key in ("event", "by", "source") if key in event}
    year = {"year": event["for"]} if "for" in event else {}
    return {
        **kept, **term, **year, "on": days(event["on"]), "facts": stated(event.get("facts", {}))
    }  # fmt: skip


def stated(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: statement(one) for name, one in facts.items()}


def statement(one: Any) -> dict[str, Any]:
    if not isinstance(one, dict) or not one.keys() & {"value", "submitted"}:
        return {"value": one}
    about = {key: one[key] for key in ("by", "source", "evidence") if key in one}
    about |= {"on": days(one["on"])} if "on" in one else {}
    if "submitted" in one:
        return {"value": {"submitted": one["submitted"]}, **about}
    return {"value": one["value"], **about}


def days(text: str) -> list[str]:
    """The first and the last day of a day, a month or a year."""
    year, *rest = text.split("-")
    month = rest[0] if rest else None
    last = month or "12"
    first_day, last_day = (rest[1], rest[1]) if len(rest) == 2 else (
        "01", str(monthrange(int(year), int(last))[1])
    )  # fmt: skip
    return [f"{year}-{month or '01'}-{first_day}", f"{year}-{last}-{last_day}"]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The files that the page shows."""
    for fence in fences("yaml"):
        path = tmp_path / fence.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fence.body, "utf-8")
    return tmp_path


def files_of(policies: Path, names: Iterable[str]) -> dict[str, str]:
    return {name: sha256((policies / name).read_bytes()) for name in names}


def test_the_example_is_reckoned_as_the_page_says(written: Path, accept: Accept) -> None:
    names = ("parcels/1/article-01.yaml", "parcels/1/measure.yaml", "parcels/facts.yaml")
    values = [
        ("text", text_of(written / "parcels" / "1")),
        ("files", files_of(written, names)),
        ("facts", facts_of(written / "parcel.yaml")),
    ]
    for (kind, value), shown, digest in zip(
        values, fences("json"), fences("text"), strict=True
    ):
        told = f"{kind}-sha256:{sha256(canonical(value))}\n"
        if not accept(PAGE, digest, told):
            assert digest.body == told
        assert shown.body.replace("\n", "").encode() == canonical(value)


def test_the_program_gives_the_digests_of_the_page(written: Path) -> None:
    library = open_library(written)
    ref = library.find("parcels/1")
    assert ref is not None
    assert library.program(ref).diagnostics == ()
    rules = library.digests([ref])
    sheet = open_sheet(library, written / "parcel.yaml").value
    assert sheet is not None
    text, files, facts = (fence.body.strip() for fence in fences("text"))
    assert dict(rules.texts) == {"parcels/1": text}
    assert (rules.files, sheet.digest) == (files, facts)


@pytest.mark.whole
def test_every_version_and_draft_is_digested_as_the_page_says(
    library: Library, second_law: Library
) -> None:
    for one in (library, second_law):
        for home in one.measures():
            for ref in one.versions(home):
                value = text_of(ref.path)
                assert one.text_digest(ref) == f"text-sha256:{sha256(canonical(value))}"
            for ref in one.drafts(home):
                value = {"draft": said(ref.path)}
                assert one.text_digest(ref) == f"text-sha256:{sha256(canonical(value))}"


@pytest.mark.whole
def test_every_sheet_that_is_shipped_is_digested_as_the_page_says(library: Library) -> None:
    paths = sorted((ROOT / "policies").glob("*/cities/*.yaml"))
    told = 0
    for path in paths:
        sheet = open_sheet(library, path).value
        assert sheet is not None
        if re.search(r"\bon: \D|to \d{4}-", path.read_text("utf-8")):
            continue  # a day between two days
        told += 1
        value = facts_of(path)
        assert sheet.digest == f"facts-sha256:{sha256(canonical(value))}", path
    assert told > len(paths) / 2
