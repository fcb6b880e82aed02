"""A folder of policies: what is in it, found by name, path or day. The only reader of files."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ipcity_policy.lang.values import Dates
from ipcity_policy.measure.checker import check_text, check_version
from ipcity_policy.measure.model import (
    Basis,
    CitedSource,
    Patch,
    Program,
    Vocabulary,
    Words,
    in_force_on,
)
from ipcity_policy.measure.patch import apply_patch
from ipcity_policy.measure.reader import Version, read_patch, read_version, text_of, words_of
from ipcity_policy.measure.rulefile import DRAFT
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
from ipcity_policy.text.document import MAX_BYTES, Node, Scalar, decode, read_document
from ipcity_policy.text.shape import conform
from ipcity_policy.text.source import Source, Span

_FACTS, _HEADER, _SOURCES = "facts.yaml", "measure.yaml", "sources.yaml"


@dataclass(frozen=True, slots=True)
class Ref:
    """A version or draft, found: its name, its measure's folder and its own place."""

    id: str
    measure: Path
    #: The folder of a version, the file of a draft.
    path: Path

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft."""
        return self.path.suffix == ".yaml"

    @property
    def measure_id(self) -> str:
        """The name of the measure."""
        return self.measure.name


@dataclass(frozen=True, slots=True)
class Choice:
    """Which versions may govern on a day, and how sure that is."""

    #: The versions that may govern: one, several where the day is a span, or none.
    candidates: tuple[Ref, ...]
    basis: Basis
    #: Whether the end of the one that governs is not known on that day.
    doubtful: bool


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
            for header in sorted(measure.glob(f"*/{_HEADER}"))
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
        if (path / _HEADER).is_file():
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
            if (beside / _HEADER).is_file() or (beside / _FACTS).is_file():
                return self.at(beside)
            ref = self.find(str(path))
            return (self, (ref,)) if ref is not None else None
        if (path / _HEADER).is_file():
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
            self._versions[ref.path] = self._draft(ref) if ref.is_draft else self._own(ref)
        return self._versions[ref.path]

    def _own(self, ref: Ref) -> Result[Version]:
        files = sorted(path for path in ref.path.glob("*.yaml") if path.name != _HEADER)
        header = self.document(ref.path / _HEADER)
        diagnostics = list(header.diagnostics)
        nodes: list[Node] = []
        for path in files:
            read = self.document(path)
            diagnostics += read.diagnostics
            if read.value is not None:
                nodes.append(read.value)
        if header.value is None:
            return Result(None, tuple(diagnostics))
        result = read_version(ref.id, header.value, nodes)
        diagnostics += result.diagnostics
        if result.value is None:
            return Result(None, tuple(diagnostics))
        version = self._carry(result.value, diagnostics)
        return Result(version, tuple(diagnostics))

    def _carry(self, version: Version, diagnostics: list[Diagnostic]) -> Version:
        """Bring in the decisions that stand in for a text, with all that they rest on."""
        entries = dict(version.entries)
        for carry in version.carries:
            other = self.find(carry.version)
            there = self.version(other).value if other else None
            program = self.program(other).value if other else None
            if there is None or program is None:
                wrong = "is not there" if other is None else "has errors of its own"
                mend = did_you_mean(carry.version, self.names()) if other is None else ""
                diagnostics.append(
                    diagnose("M110", f"`{carry.version}` {wrong}", carry.span, help=mend)
                )
                continue
            for decision, at in carry.decisions:
                if decision not in program.decisions:
                    diagnostics.append(
                        diagnose(
                            "M110",
                            f"`{carry.version}` has no decision `{decision}`",
                            at,
                            help=did_you_mean(decision, program.decisions),
                        )
                    )
                    continue
                wanted = {(f"{kind}s", name) for kind, name in program.reach(decision)}
                wanted |= {("readings", r.id) for r in program.readings_of(decision)}
                for key in (key for key in there.entries if key in wanted):
                    entry = there.entries[key]
                    origin = replace(entry.origin, basis=Basis.ASSUMED, carried_from=there.id)
                    entries.setdefault(key, replace(entry, origin=origin))
        return replace(version, entries=MappingProxyType(entries))

    def _draft(self, ref: Ref) -> Result[Version]:
        read = self.document(ref.path)
        if not isinstance(read.value, document.Mapping):
            wrong = () if read.value is None else tuple(conform(read.value, DRAFT))
            return Result(None, read.diagnostics + wrong)
        node = read.value
        diagnostics = [*read.diagnostics, *conform(node, DRAFT)]
        amends = node.get("amends")
        if has_errors(diagnostics) or not isinstance(amends, Scalar):
            return Result(None, tuple(diagnostics))
        base = self.find(amends.text)
        if base is None or base.is_draft:
            diagnostics.append(
                diagnose(
                    "M101",
                    f"there is no version `{amends.text}`",
                    amends.span,
                    help=did_you_mean(amends.text, self.names()),
                )
            )
            return Result(None, tuple(diagnostics))
        amended = self.version(base)
        if amended.value is None:
            return Result(None, (*diagnostics, *amended.diagnostics))
        patch = read_patch(node)
        if patch.empty:
            diagnostics.append(
                diagnose(
                    "M104",
                    "the draft changes nothing yet",
                    amends.span,
                    help="write under `change:`, `add:` or `repeal:` what it changes",
                )
            )
        patched = apply_patch(amended.value, patch, ref.id)
        diagnostics += patched.diagnostics
        if patched.value is None:
            return Result(None, tuple(diagnostics))
        version = replace(
            patched.value,
            id=ref.id,
            title=words_of(node, "title") or Words(ref.id, ref.id),
            number=None,
            in_force=None,
            note=words_of(node, "why"),
            amends=amended.value.id,
            span=amends.span,
        )
        return Result(version, tuple(diagnostics))

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

    def governing(self, measure: Path, days: Dates) -> Choice:
        """Return the versions that may govern on a day."""
        candidates: list[Ref] = []
        bases: list[Basis] = []
        doubtful = False
        for ref in self.versions(measure):
            version = self.version(ref).value
            if version is None or version.in_force is None:
                continue
            if in_force_on(version.in_force, days) is False:
                continue
            candidates.append(ref)
            bases.append(version.in_force.basis)
            from_day = version.in_force.doubtful_from
            if from_day is not None and (days.high is None or days.high >= from_day):
                doubtful = True
        basis = (
            Basis.ASSUMED
            if doubtful
            else max(bases, key=tuple(Basis).index, default=Basis.UNAVAILABLE)
        )
        return Choice(tuple(candidates), basis, doubtful)

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


def read_file(path: Path, name: str) -> Result[Node]:
    """Read a YAML or JSON file; what stands in the way is a diagnostic."""
    place = Span(Source(name, ""), 0, 0)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        return Result(
            None, (diagnose("S101", "this is a folder, and a file is needed", place),)
        )
    except FileNotFoundError:
        return Result(None, (diagnose("S101", "there is no such file", place),))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return Result(None, (diagnose("S101", f"the file cannot be read: {reason}", place),))
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> Result[Node]:
    """Read the bytes of a YAML or JSON file."""
    source = decode(name, data)
    if source.value is None:
        return Result(None, source.diagnostics)
    return read_document(source.value)


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
