"""A folder of policies: what is in it, found by name, path or day. The only reader of files."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ipcity_policy.measure.assembly import HEADER_FILE, assemble
from ipcity_policy.measure.checker import check_text, check_version
from ipcity_policy.measure.files import read_file
from ipcity_policy.measure.model import (
    CitedSource,
    Patch,
    Program,
    Vocabulary,
)
from ipcity_policy.measure.patch import apply_patch
from ipcity_policy.measure.reader import Version, text_of
from ipcity_policy.measure.ref import Ref
from ipcity_policy.measure.sheet import Sheet, measure_of, read_sheet
from ipcity_policy.measure.vocabulary import read_sources, read_vocabulary
from ipcity_policy.text import document
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    did_you_mean,
    has_errors,
    in_order,
)
from ipcity_policy.text.document import Node

_FACTS, _SOURCES = "facts.yaml", "sources.yaml"


@dataclass
class Library:
    """A folder of policies. What was read once is kept."""

    root: Path
    #: How the folder was found, shown in every verdict: `checkout`, `installed` or its name.
    found: str
    _documents: dict[Path, Result[Node]] = field(default_factory=dict)
    _vocabularies: dict[Path, Result[Vocabulary]] = field(default_factory=dict)
    _versions: dict[Path, Result[Version]] = field(default_factory=dict)
    _programs: dict[tuple[Path, tuple[str, ...]], Result[Program]] = field(default_factory=dict)

    def measures(self) -> tuple[Path, ...]:
        """Return the folders of the measures, in order of name."""
        if (self.root / _FACTS).is_file():
            return (self.root,)
        return tuple(sorted(facts.parent for facts in self.root.glob(f"*/{_FACTS}")))

    def versions(self, measure: Path) -> tuple[Ref, ...]:
        """Return the versions of a measure, oldest first by name."""
        return tuple(
            Ref(f"{measure.name}/{header.parent.name}", measure, header.parent)
            for header in sorted(measure.glob(f"*/{HEADER_FILE}"))
        )

    def drafts(self, measure: Path) -> tuple[Ref, ...]:
        """Return the drafts kept with a measure, in order of name."""
        return tuple(
            Ref(f"{measure.name}/{path.stem}", measure, path)
            for path in sorted((measure / "drafts").glob("*.yaml"))
        )

    def find(self, name: str, measure: str | None = None) -> Ref | None:
        """Find a version or draft by its full name, its plain name or its path.

        A plain name counts where it is unique, or within `measure` if that is given.
        """
        path = Path(name)
        if path.suffix == ".yaml" and path.is_file():
            amended = text_of(self.document(path).value, "amends") or ""
            base = self.find(amended) if "/" in amended and not Path(amended).exists() else None
            home = base.measure if base else path.resolve().parent.parent
            return Ref(f"{home.name}/{path.stem}", home, path)
        if (path / HEADER_FILE).is_file():
            home = path.resolve().parent
            return Ref(f"{home.name}/{path.resolve().name}", home, path)
        refs = [ref for home in self.measures() for ref in self._refs(home)]
        exact = [ref for ref in refs if ref.id == name]
        plain = [
            ref
            for ref in refs
            if ref.id.endswith(f"/{name}") and measure in (None, ref.measure_id)
        ]
        found = exact or plain
        return found[0] if len(found) == 1 else None

    def at(self, path: Path) -> "tuple[Library, tuple[Ref, ...]] | None":
        """Return the versions and drafts at a path, with the library that they belong to.

        The path is a folder of policies, a measure, a version, one of its files, or a
        draft. None where there is nothing of the kind.
        """
        if path.is_file():
            beside = path.parent
            if (beside / HEADER_FILE).is_file() or (beside / _FACTS).is_file():
                return self.at(beside)
            ref = self.find(str(path))
            return (self, (ref,)) if ref is not None else None
        if (path / HEADER_FILE).is_file():
            home = path.resolve().parent
            version = Ref(f"{home.name}/{path.resolve().name}", path.parent, path)
            return self._rooted(path.resolve().parent.parent), (version,)
        library = self._rooted(path.parent if (path / _FACTS).is_file() else path)
        homes = (path,) if (path / _FACTS).is_file() else library.measures()
        refs = tuple(ref for home in homes for ref in library._refs(home))
        return (library, refs) if refs else None

    def around(self, path: Path) -> "Library":
        """Return the library that a file or folder lies in; this one where it lies in none."""
        whole = path.resolve()
        for folder in (whole, *whole.parents):
            if (folder / _FACTS).is_file():
                return self._rooted(folder.parent)
            if folder == whole and any(folder.glob(f"*/{_FACTS}")):
                return self._rooted(folder)
        return self

    def _rooted(self, root: Path) -> "Library":
        """Return the library of a folder: this one where it is the same."""
        return self if root.resolve() == self.root.resolve() else Library(root, str(root))

    def names(self) -> tuple[str, ...]:
        """Return the full names of all versions and drafts."""
        return tuple(ref.id for home in self.measures() for ref in self._refs(home))

    def _refs(self, measure: Path) -> tuple[Ref, ...]:
        return (*self.versions(measure), *self.drafts(measure))

    def measure(self, name: str) -> Path | None:
        """Return the folder of a measure by its name."""
        return next((home for home in self.measures() if home.name == name), None)

    def document(self, path: Path) -> Result[Node]:
        """Read one file."""
        if path not in self._documents:
            self._documents[path] = read_file(path, self._shown(path))
        return self._documents[path]

    def _shown(self, path: Path) -> str:
        """Name a file as a reader knows it: below the policies, or as it was given."""
        if self.found in ("checkout", "installed") and path.is_relative_to(self.root):
            return str(Path(self.root.name) / path.relative_to(self.root))
        return str(path)

    def vocabulary(self, measure: Path) -> Result[Vocabulary]:
        """Read the vocabulary of a measure."""
        if measure not in self._vocabularies:
            read = self.document(measure / _FACTS)
            result: Result[Vocabulary] = Result(None, read.diagnostics)
            if read.value is not None:
                result = read_vocabulary(read.value)
                result = Result(result.value, read.diagnostics + result.diagnostics)
            self._vocabularies[measure] = result
        return self._vocabularies[measure]

    def sources(self, measure: Path) -> Result[dict[str, CitedSource]]:
        """Read the sources of a measure; none where there is no list."""
        path = measure / _SOURCES
        if not path.is_file():
            return Result({})
        read = self.document(path)
        if read.value is None:
            return Result(None, read.diagnostics)
        result = read_sources(read.value)
        return Result(result.value, read.diagnostics + result.diagnostics)

    def version(self, ref: Ref) -> Result[Version]:
        """Read a version or draft as written, with what it carries over and what it changes."""
        if ref.path not in self._versions:
            # A version that carries over from itself in a ring finds nothing here.
            self._versions[ref.path] = Result(None)
            self._versions[ref.path] = assemble(self, ref)
        return self._versions[ref.path]

    def program(
        self,
        ref: Ref,
        patches: Mapping[str, Patch] = MappingProxyType({}),
    ) -> Result[Program]:
        """Check a version, with patches by name applied one after the other.

        Without patches all that can be said of it is said; with them, only whether it
        holds together as patched.
        """
        key = (ref.path, tuple(patches))
        if key not in self._programs:
            self._programs[key] = self._program(ref, patches)
        return self._programs[key]

    def _program(self, ref: Ref, patches: Mapping[str, Patch]) -> Result[Program]:
        vocabulary, version = self.vocabulary(ref.measure), self.version(ref)
        diagnostics = [*vocabulary.diagnostics, *version.diagnostics]
        if vocabulary.value is None or version.value is None:
            return Result(None, in_order(diagnostics))
        written = version.value
        for patch in patches.values():
            patched = apply_patch(written, patch)
            diagnostics += patched.diagnostics
            written = patched.value or written
        check = check_text if patches else check_version
        result = check(written, vocabulary.value)
        diagnostics += result.diagnostics
        program = None if has_errors(diagnostics) else result.value
        return Result(program, in_order(diagnostics))

    def sheet(self, path: Path) -> Result[Sheet]:
        """Read a fact sheet."""
        read = self.document(path)
        if read.value is None:
            return Result(None, read.diagnostics)
        result = self.sheet_of(read.value)
        return Result(result.value, in_order(read.diagnostics + result.diagnostics))

    def sheet_of(self, node: Node) -> Result[Sheet]:
        """Read a fact sheet that is already a document."""
        name = measure_of(node)
        if name.value is None:
            return Result(None, name.diagnostics)
        home = self.measure(name.value)
        if home is None:
            place = node.get("measure") if isinstance(node, document.Mapping) else None
            known = [path.name for path in self.measures()]
            return Result(
                None,
                (
                    diagnose(
                        "M101",
                        f"there is no measure `{name.value}`",
                        (place or node).span,
                        help=did_you_mean(name.value, known)
                        or f"there is {', '.join(f'`{one}`' for one in known)}",
                    ),
                ),
            )
        vocabulary, sources = self.vocabulary(home), self.sources(home)
        if vocabulary.value is None:
            return Result(None, vocabulary.diagnostics)
        return read_sheet(node, vocabulary.value, sources.value or {})

    def digest(self, ref: Ref) -> str:
        """Return the SHA-256 of the files that a version or draft is made of."""
        seen: dict[Path, None] = {}
        todo = [ref]
        while todo:
            one = todo.pop()
            files = [one.path] if one.is_draft else sorted(one.path.glob("*.yaml"))
            if files[0] in seen:
                continue
            seen |= dict.fromkeys((one.measure / _FACTS, *files))
            version = self.version(one).value
            if version is not None:
                others = [carry.version for carry in version.carries]
                others += [version.amends] if version.amends else []
                todo += [found for other in others if (found := self.find(other)) is not None]
        total = hashlib.sha256()
        for path in sorted(seen, key=lambda p: (p.parent.name, p.name)):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.parent.name}/{path.name} {content}\n".encode())
        return total.hexdigest()


def open_library(policies: Path | None = None) -> Library:
    """Open a folder of policies: the one given, else the one that comes with this package.

    In a checkout that is the checkout's; an installed package carries its own.
    """
    if policies is not None:
        return Library(policies, str(policies))
    package = Path(__file__).resolve().parent.parent
    carried = package / "policies"
    if carried.is_dir():
        return Library(carried, "installed")
    return Library(package.parent / "policies", "checkout")


def overlaps(library: Library, measure: Path) -> Iterable[Diagnostic]:
    """Report versions of a measure that are in force on one day."""
    dated = [
        (version.in_force, version)
        for ref in library.versions(measure)
        if (version := library.version(ref).value) is not None and version.in_force is not None
    ]
    dated.sort(key=lambda pair: pair[0].since)
    for (before, earlier), (after, later) in itertools.pairwise(dated):
        if before.until is None or before.until > after.since:
            yield diagnose(
                "M113",
                f"`{earlier.id}` is still in force on {after.since}, when `{later.id}` begins",
                earlier.span,
                help=f"write `until: {after.since}` in `{earlier.id}`",
            )
