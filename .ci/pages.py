"""The site of all pages, for MkDocs: which there are, in which order, how their fences read.

The pages stay where the repository has them and link to one another there; none is copied.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
#: The pages; those below `tests/conformance` are the manual, and begin with the first.
MANUAL = "tests/conformance/README.md"
PAGES = ("*.md", "docs/*.md", "policies/*.md", "bench/*.md", "ipcity_policy/*.md")
#: The folder that has a page for every code and none of its own.
CODES = "tests/conformance/diagnostics"
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
_FENCE = re.compile(r"(`{3,})(\S*) ?(.*)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put all pages of the manual where the configuration names the first."""
    for part in config.nav or ():
        for title, inside in part.items():
            if inside == MANUAL:
                part[title] = [*_manual(), {"Diagnostics": [f"{CODES}/README.md", *_codes()]}]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the pages from the whole repository, and with them the files that they link to."""
    pages = [*(page for named in PAGES for page in _named(named)), *_manual(), *_codes()]
    linked = {*config.extra_css, *(one for page in pages for one in _linked(page))} - {*pages}
    found = [
        File.generated(config, name, abs_src_path=str(ROOT / name))
        for name in (*pages, *sorted(linked))
        if (ROOT / name).is_file()
    ]
    links = (f"- [{(ROOT / page).stem}]({(ROOT / page).name})" for page in _codes())
    text = "\n".join(("# Diagnostics", "", *links, ""))
    found.append(File.generated(config, f"{CODES}/README.md", content=text))
    return Files([*(one for one in files if one.src_dir != config.docs_dir), *found])


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Tell the name of a file above the fence that holds it, which is no language."""
    if page.file.src_uri == MANUAL:
        markdown = markdown.replace("](diagnostics/)", "](diagnostics/README.md)")
    return "\n".join(_lines(markdown))


def _lines(markdown: str) -> Iterator[str]:
    open_fence = ""
    for line in markdown.split("\n"):
        fence = _FENCE.fullmatch(line)
        if open_fence or fence is None:
            open_fence = "" if line == open_fence else open_fence
            yield line
            continue
        open_fence = fence[1]
        if fence[3]:
            yield from (f"`{fence[3]}`:", "")
        yield fence[1] + fence[2]


def _manual() -> list[str]:
    """Return the pages of the manual in reading order, and then those that no page names."""
    named = [page for page in _linked(MANUAL) if page.endswith(".md")]
    rest = (page for page in _named("tests/conformance/**/*.md") if dirname(page) != CODES)
    return list(dict.fromkeys((MANUAL, *named, *rest)))


def _codes() -> list[str]:
    return list(_named(f"{CODES}/*.md"))


def _named(pattern: str) -> Iterator[str]:
    for path in sorted(ROOT.glob(pattern)):
        yield path.relative_to(ROOT).as_posix()


def _linked(page: str) -> Iterator[str]:
    for target in _LINK.findall((ROOT / page).read_text("utf-8")):
        yield normpath(join(dirname(page), target))
