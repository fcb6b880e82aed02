"""The picture at the top of the README: a time line as it is drawn, standing by itself."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from ipcity_policy.api import timeline
from ipcity_policy.formats.html import style
from ipcity_policy.law.library import Library

#: What is drawn, on which day, and so by `ipcity timeline`.
SHEET, ON = "docs/timeline.yaml", date(2018, 6, 15)
#: A page brings its own margins and paper; what stands by itself lacks them.
MARGIN = 16
#: The picture is not folded into a page, and where the page around it is dark it is dark too.
ALONE = """\
text { font-family: system-ui, sans-serif; }
.course { width: auto; min-width: 0; margin: 0; }
.paper { fill: var(--paper); }
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --soft: #9aa5b1; --rule: #333b45; --paper: #0d1117;
    --met: #3fb950; --not-met: #ff7b72; --unknown: #d29922;
  }
  .course .unseen { fill: #1b222b; }
  .course .now, .course .event, .course .reckoned { color: #8fb3d9; }
  .course .event { fill: #8fb3d9; }
  .course .state { color: #8fb3d9; fill: #54749a; }
  .course .term { color: #8fb3d9; fill: #2c4360; }
  .course .window { color: #b3a88f; fill: #4a4433; }
}
"""


def picture(library: Library, root: Path) -> str:
    """Return the time line of the sheet as an SVG file that needs nothing else."""
    drawn = timeline(library, root / SHEET, on=ON).value
    assert drawn is not None
    page = ElementTree.fromstring(drawn.as_html())
    (svg,) = page.iter("svg")
    _, _, width, height = (int(side) for side in svg.attrib["viewBox"].split())
    wide, high = width + 2 * MARGIN, height + 2 * MARGIN
    box = {"x": f"{-MARGIN}", "y": f"{-MARGIN}", "width": f"{wide}", "height": f"{high}"}
    paper = ElementTree.Element("rect", {"class": "paper", **box, "rx": "8"})
    looks = ElementTree.Element("style")
    looks.text = f"\n{_colours()}{ALONE}"
    paper.tail = looks.tail = "\n"
    svg.insert(2, paper)
    svg.insert(2, looks)
    svg.tail = "\n"
    size = {"width": f"{wide}", "height": f"{high}", "viewBox": " ".join(box.values())}
    svg.attrib = {"xmlns": "http://www.w3.org/2000/svg", **svg.attrib, **size}
    return ElementTree.tostring(svg, encoding="unicode")


def _colours() -> str:
    """Return what the page says of its colours and of this picture."""
    head, _, rest = style().partition("}\n")
    courses = [line for line in rest.splitlines() if line.startswith(".course")]
    return "\n".join([f"{head}}}", *courses, ""])
