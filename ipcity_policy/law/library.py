"""A folder of policies: what is in it, found by name, path or day. The only reader of files."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TypeVar

from ipcity_policy.lang.time_limits import RestDays
from ipcity_policy.law.assembly import HEADER_FILE, assemble
from ipcity_policy.law.checks.blame import blamed, uses_of
from ipcity_policy.law.checks.checked import CheckedVersion
from ipcity_policy.law.checks.checker import check_change, check_version
from ipcity_policy.law.files import (
    FACTS_FILE,
    SOURCES_FILE,
    bytes_of,
    closed,
    inside,
    is_file,
    is_folder,
    read_again,
    read_bytes,
    whole,
)
from ipcity_policy.law.interpretation import Interpretation, read_interpretation
from ipcity_policy.law.language import too_new
from ipcity_policy.law.model import CitedSource, Patch, Vocabulary
from ipcity_policy.law.patch import apply_patch
from ipcity_policy.law.program import Program
from ipcity_policy.law.reader import Version, child, text_of
from ipcity_policy.law.ref import Ref
from ipcity_policy.law.rest_days import calendar_name, rest_days
from ipcity_policy.law.text_digest import RulesDigest, file_digest, version_digest
from ipcity_policy.law.vocabulary import read_sources, unknown_versions, vocabulary_again
from ipcity_policy.text.diagnostic import (
    Diagnostic,
    Result,
    diagnose,
    has_errors,
    in_order,
)
from ipcity_policy.text.digest import digest
from ipcity_policy.text.fixes import nearest
from ipcity_policy.text.message import Message, say
from ipcity_policy.yaml.document import Node, Scalar

P = TypeVar("P", bound=PurePath)

#: Where rules may come from that are no folder of the reader's.
SHIPPED = ("checkout", "installed")


@dataclass
class Library:
    """A folder of policies. What was read once is kept."""

    root: Path
    #: How the folder was found, shown in every verdict: `checkout`, `installed` or its name.
    found: str
    #: What substitutes for the bytes of files: edits that are not written yet.
    edited: Mapping[Path, bytes] = field(default_factory=dict)
    #: Every file that was asked for, by the name that it is shown under.
    paths: dict[str, Path] = field(default_factory=dict)
    _documents: dict[Path, Result[Node]] = field(default_factory=dict)
    _rest_days: dict[str, RestDays | Message] = field(default_factory=dict)
    _vocabularies: dict[Path, Result[Vocabulary]] = field(default_factory=dict)
    _sources: dict[Path, Result[dict[str, CitedSource]]] = field(default_factory=dict)
    _versions: dict[Path, Result[Version]] = field(default_factory=dict)
    _checked: dict[Path, CheckedVersion] = field(default_factory=dict)
    _texts: dict[Path, str | None] = field(default_factory=dict)
    #: The SHA-256 of every file that was read, taken of the bytes that were read.
    _read: dict[Path, str] = field(default_factory=dict)
    _programs: dict[tuple[Path, tuple[str, ...]], Result[Program]] = field(default_factory=dict)

    def rest_days(self, code: str) -> RestDays | None:
        """Return the rest days of a country; None where no calendar tells them."""
        found = self._calendar(code)
        return None if isinstance(found, Message) else found

    def no_calendar(self, code: str) -> Message | None:
        """Say why there are no rest days of a country; None where there are."""
        found = self._calendar(code)
        return found if isinstance(found, Message) else None

    def calendar(self, code: str) -> str | None:
        """Name the calendar of a country's rest days; None where there is none."""
        return None if self.no_calendar(code) is not None else calendar_name(code)

    def _calendar(self, code: str) -> RestDays | Message:
        if code not in self._rest_days:
            self._rest_days[code] = rest_days(code)
        return self._rest_days[code]

    def measures(self) -> tuple[Path, ...]:
        """Return the folders of the measures, in order of name."""
        if is_file(self.root / FACTS_FILE):
            return (self.root,)
        return tuple(folder for folder in inside(self.root) if is_file(folder / FACTS_FILE))

    def closed(self) -> tuple[Diagnostic, ...]:
        """Report the folders that nobody can look into: what they hold is not known."""
        folders = [self.root, *filter(is_folder, inside(self.root))]
        folders += [one for home in self.measures() for one in inside(home) if is_folder(one)]
        found = (closed(folder) for folder in dict.fromkeys(folders))
        return tuple(one for one in found if one is not None)

    def versions(self, measure: Path) -> tuple[Ref, ...]:
        """Return the versions of a measure, in order of name."""
        return tuple(
            Ref(f"{measure.name}/{folder.name}", measure, folder)
            for folder in inside(measure)
            if is_file(folder / HEADER_FILE)
        )

    def drafts(self, measure: Path) -> tuple[Ref, ...]:
        """Return the drafts kept with a measure, in order of name."""
        return tuple(
            Ref(f"{measure.name}/{path.stem}", measure, path)
            for path in inside(measure / "drafts")
            if path.suffix == ".yaml"
        )

    def interpretations(self, measure: Path) -> tuple[Path, ...]:
        """Return the files of the interpretations kept with a measure, in order of name."""
        return tuple(
            path for path in inside(measure / "interpretations") if path.suffix == ".yaml"
        )

    def find_interpretation(self, name: str, measure: str) -> Path | None:
        """Find an interpretation of a measure by its name, or by the path of its file."""
        home = self.measure(measure)
        kept = self.interpretations(home) if home is not None else ()
        named = next((path for path in kept if path.stem == name), None)
        path = whole(Path(name))
        return named or (path if path.suffix == ".yaml" and is_file(path) else None)

    def interpretation(self, path: Path, measure: Path) -> Result[Interpretation]:
        """Read an interpretation of a measure."""
        read, vocabulary = self.document(path), self.vocabulary(measure)
        sources = self.sources(measure)
        if read.value is None or vocabulary.value is None:
            return Result(None, read.diagnostics + vocabulary.diagnostics)
        result = read_interpretation(
            path.stem, measure.name, read.value, vocabulary.value, sources.value or {}
        )
        return Result(result.value, in_order(read.diagnostics + result.diagnostics))

    def find(self, name: str, measure: str | None = None) -> Ref | None:
        """Find a version or draft by its full name, its plain name or its path.

        None where nothing or more than one thing has that name (`named` tells which). A
        plain name counts where it is unique, or within `measure` if that is given.
        """
        found = self.named(name, measure)
        return found[0] if len(found) == 1 else None

    def named(self, name: str, measure: str | None = None) -> tuple[Ref, ...]:
        """Return every version and draft that a name can mean."""
        refs = self._all_refs()
        exact = tuple(ref for ref in refs if ref.id == name)
        if exact:
            return exact
        path = whole(Path(name))
        if path.suffix == ".yaml" and is_file(path):
            ref = self._draft_file(path)
            return (ref,) if ref is not None else ()
        if is_file(path / HEADER_FILE):
            home = path.parent
            return (Ref(f"{home.name}/{path.name}", home, path),)
        return tuple(
            ref
            for ref in refs
            if ref.id.endswith(f"/{name}") and measure in (None, ref.measure_id)
        )

    def _draft_file(self, path: Path) -> Ref | None:
        """Return the draft in a file; None where the file is something else."""
        node = self.document(path).value
        if any(
            text_of(node, key) is not None
            for key in ("sheet", "tests", "article", "interprets")
        ):
            return None
        amended = text_of(node, "amends") or ""
        base = next((r for r in self._all_refs() if r.id == amended), None)
        home = base.measure if base is not None else path.parent.parent
        id = f"{home.name}/{path.stem}"
        taken = any(ref.id == id and ref.path != path for ref in self._all_refs())
        return Ref(shown(path) if taken else id, home, path)

    def at(self, path: Path) -> "tuple[Library, tuple[Ref, ...]] | None":
        """Return the versions and drafts at a path, with the library that they belong to.

        The path is a folder of policies, a measure, a version, one of its files, or a
        draft. None where there is nothing of the kind.
        """
        path = whole(path)
        if is_file(path):
            beside = path.parent
            if is_file(beside / HEADER_FILE) or path.name in (FACTS_FILE, SOURCES_FILE):
                return self.at(beside)
            library = self.around(path)
            ref = library._draft_file(path) if path.suffix == ".yaml" else None
            return (library, (ref,)) if ref is not None else None
        library = self.around(path)
        if is_file(path / HEADER_FILE):
            home = path.parent
            return library, (Ref(f"{home.name}/{path.name}", home, path),)
        homes = (path,) if is_file(path / FACTS_FILE) else self._rooted(path).measures()
        refs = tuple(ref for home in homes for ref in library._refs(home))
        return (library, refs) if refs else None

    def around(self, path: Path) -> "Library":
        """Return the library that a file or folder lies in; this one where it lies in none."""
        path = whole(path)
        for folder in (path, *path.parents):
            if is_file(folder / FACTS_FILE):
                return self._rooted(folder.parent)
            if folder == path and any(is_file(one / FACTS_FILE) for one in inside(folder)):
                return self._rooted(folder)
        return self

    def _rooted(self, root: Path) -> "Library":
        """Return the library of a folder: this one where it is the same."""
        if root == self.root:
            return self
        return Library(root, _as_path(shown(root)), self.edited, self.paths)

    def names(self) -> tuple[str, ...]:
        """Return the full names of all versions and drafts."""
        return tuple(ref.id for ref in self._all_refs())

    def _all_refs(self) -> tuple[Ref, ...]:
        return tuple(ref for home in self.measures() for ref in self._refs(home))

    def _refs(self, measure: Path) -> tuple[Ref, ...]:
        return (*self.versions(measure), *self.drafts(measure))

    def measure(self, name: str) -> Path | None:
        """Return the folder of a measure by its name."""
        return next((home for home in self.measures() if home.name == name), None)

    def document(
        self, path: Path, within: Path | None = None, *, stream: bool = False
    ) -> Result[Node]:
        """Read one file, found in a folder or named by a user."""
        if path not in self._documents:
            name = self._shown(path)
            self.paths[name] = path
            edited = self.edited.get(path)
            data = Result(edited)
            if edited is None:
                within = within or self._kept_in(path)
                data = bytes_of(path, name, within, stream=stream)
            self._documents[path] = Result(None, data.diagnostics)
            if data.value is not None:
                read = read_bytes if edited is not None else read_again
                self._documents[path] = read(name, data.value)
                self._read[path] = hashlib.sha256(data.value).hexdigest()
        return self._documents[path]

    def _kept_in(self, path: Path) -> Path | None:
        """Return the folder of the measure that a file belongs to; None where to none."""
        return kept_in(path, self.root, alone=is_file(self.root / FACTS_FILE))

    def _shown(self, path: Path) -> str:
        """Name a file as a reader knows it: below the policies, or from where they stand."""
        if self.found in SHIPPED and path.is_relative_to(self.root):
            return (Path(self.root.name) / path.relative_to(self.root)).as_posix()
        return shown(path)

    def too_new(self, measure: Path) -> Diagnostic | None:
        """Say that a measure is written in a language of another program; None if of this."""
        return too_new(self.document(measure / FACTS_FILE).value)

    def vocabulary(self, measure: Path) -> Result[Vocabulary]:
        """Read the vocabulary of a measure."""
        if measure not in self._vocabularies:
            read = self.document(measure / FACTS_FILE)
            result: Result[Vocabulary] = Result(None, read.diagnostics)
            newer = self.too_new(measure)
            if newer is not None:
                result = Result(None, (*read.diagnostics, newer))
            elif read.value is not None:
                result = vocabulary_again(read.value)
                named = _misnamed(read.value, measure.name)
                value = None if named else result.value
                known = [ref.id.rpartition("/")[2] for ref in self._refs(measure)]
                named += tuple(unknown_versions(read.value, known))
                result = Result(value, read.diagnostics + result.diagnostics + named)
            self._vocabularies[measure] = result
        return self._vocabularies[measure]

    def sources(self, measure: Path) -> Result[dict[str, CitedSource]]:
        """Read the sources of a measure; none where there is no list."""
        path = measure / SOURCES_FILE
        if not is_file(path):
            return Result({})
        if measure not in self._sources:
            read = self.document(path)
            result: Result[dict[str, CitedSource]] = Result(None, read.diagnostics)
            if read.value is not None:
                result = read_sources(read.value)
                result = Result(result.value, read.diagnostics + result.diagnostics)
            self._sources[measure] = result
        return self._sources[measure]

    def version(self, ref: Ref) -> Result[Version]:
        """Read a version or draft as written, with what it carries over and what it changes."""
        if ref.path not in self._versions:
            # A version that carries over from itself in a ring finds nothing here.
            self._versions[ref.path] = Result(None)
            self._versions[ref.path] = assemble(self, ref)
        return self._versions[ref.path]

    def as_read(self, ref: Ref, patches: Mapping[str, Patch]) -> Result[Version]:
        """Return a version as written, with patches applied one after the other."""
        written = self.version(ref).value
        if written is None:
            return Result(None)
        diagnostics: list[Diagnostic] = []
        for patch in patches.values():
            patched = apply_patch(written, patch)
            diagnostics += patched.diagnostics
            written = patched.value or written
        return Result(written, tuple(diagnostics))

    def program(
        self, ref: Ref, patches: Mapping[str, Patch] = MappingProxyType({})
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
        newer = self.too_new(ref.measure)
        if newer is not None:  # whatever else is found in its files is no mistake
            return Result(None, (newer,))
        version = self.version(ref)
        if version.value is None:
            return Result(None, in_order(version.diagnostics))
        vocabulary = self.vocabulary(ref.measure)
        diagnostics = [*vocabulary.diagnostics, *version.diagnostics]
        if vocabulary.value is None:
            return Result(None, in_order(diagnostics))
        before = self._before(ref)
        if not patches:
            written = version.value
            checked = check_version(written, vocabulary.value)
            self._checked[ref.path] = checked
            drafted = (written.patch,) if written.patch is not None else ()
            uses = uses_of(checked.program, *self._amended(ref))
            diagnostics += blamed(checked.diagnostics, before, drafted, uses)
            sound = None if has_errors(diagnostics) else checked.program
            return Result(sound, in_order(diagnostics))
        diagnostics += self.program(ref).diagnostics
        checked = self._checked[ref.path]
        before |= {*checked.diagnostics}
        read = self.as_read(ref, patches)
        assert read.value is not None  # INVARIANT: the version was read
        diagnostics += read.diagnostics
        changed = [key for patch in patches.values() for key in patch.entries]
        again = check_change(checked, read.value, changed)
        uses = uses_of(checked.program, again.program)
        diagnostics += blamed(again.found, before, patches.values(), uses)
        return Result(None if has_errors(diagnostics) else again.program, in_order(diagnostics))

    def checked(self, ref: Ref) -> CheckedVersion | None:
        """Return a version with what is needed to check a change of it; None if unsound."""
        return self._checked[ref.path] if self.program(ref).ok else None

    def _before(self, ref: Ref) -> frozenset[Diagnostic]:
        """Return what is wrong with what a draft amends; nothing for a version."""
        base = self._base(ref)
        return frozenset(self.program(base).diagnostics if base is not None else ())

    def _amended(self, ref: Ref) -> tuple[Program, ...]:
        """Return the version that a draft amends, sound or not."""
        base = self._base(ref)
        checked = self._checked.get(base.path) if base is not None else None
        return () if checked is None else (checked.program,)

    def _base(self, ref: Ref) -> Ref | None:
        """Find the version that a draft amends; None where there is none."""
        version = self.version(ref).value
        return self.find(version.amends) if version is not None and version.amends else None

    def text_digest(self, ref: Ref) -> str | None:
        """Return the digest of what a version or draft says; None where it cannot be read."""
        if ref.path not in self._texts:
            self._texts[ref.path] = self._text_digest(ref)
        return self._texts[ref.path]

    def _text_digest(self, ref: Ref) -> str | None:
        read = [self.document(path) for path in self._own_files(ref)]
        nodes = [one.value for one in read if one.value and not has_errors(one.diagnostics)]
        if len(nodes) < len(read):
            return None
        if ref.is_draft:
            return file_digest("draft", nodes[0])
        header = self.document(ref.path / HEADER_FILE).value
        return version_digest(header, (one for one in nodes if one is not header))

    def _own_files(self, ref: Ref) -> tuple[Path, ...]:
        """Return the files of a version or draft that were read, and not those there now."""
        self.version(ref)
        if ref.is_draft:
            return (ref.path,)
        own = (path for path in self._documents if path.parent == ref.path)
        return tuple(path for path in own if path.suffix == ".yaml")

    def digests(self, refs: Iterable[Ref]) -> RulesDigest:
        """Return the digests of versions and drafts, and of all that they rest on."""
        rested: dict[Path, Ref] = {}
        todo = list(refs)
        while todo:
            one = todo.pop(0)
            if one.path in rested:
                continue
            rested[one.path] = one
            version = self.version(one).value
            if version is not None:
                others = [version.amends] if version.amends else []
                others += [carry.version for carry in version.carries]
                todo += [found for other in others if (found := self.find(other)) is not None]
        said = {one.id: self.text_digest(one) for one in rested.values()}
        return RulesDigest(
            digest("files", self._contents(rested.values())),
            {id: text for id, text in said.items() if text is not None},
        )

    def _contents(self, refs: Iterable[Ref]) -> dict[str, str]:
        """Return the SHA-256 of each file of versions, with that of their words."""
        found: dict[str, str] = {}
        for ref in refs:
            home, folder = ref.measure.name, "drafts" if ref.is_draft else ref.path.name
            names = {path: f"{home}/{folder}/{path.name}" for path in self._own_files(ref)}
            self.vocabulary(ref.measure)
            names[ref.measure / FACTS_FILE] = f"{home}/{FACTS_FILE}"
            found |= {
                name: self._read[path] for path, name in names.items() if path in self._read
            }
        return found


def open_library(policies: Path | None = None) -> Library:
    """Open a folder of policies: the one given, else the one that comes with this package.

    In a checkout that is the checkout's; an installed package carries its own.
    """
    if policies is not None:
        # A shell that sets a variable to `~` may leave it as it is.
        policies = Path(os.path.expanduser(policies))
        return Library(whole(policies), _as_path(str(policies)))
    package = Path(__file__).resolve().parent.parent
    carried = package / "policies"
    if is_folder(carried):
        return Library(carried, "installed")
    return Library(package.parent / "policies", "checkout")


def _as_path(named: str) -> str:
    """Return how a folder is told, so that none is taken for the rules that are shipped."""
    return f"./{named}" if named in SHIPPED else named


def _misnamed(node: Node, folder: str) -> tuple[Diagnostic, ...]:
    place = child(node, "measure")
    if not isinstance(place, Scalar) or place.text == folder:
        return ()
    message = say(
        "the measure is named `{text}` here, but its folder is `{folder}`",
        text=place.text,
        folder=folder,
    )
    _, fix = nearest(place.text, [folder], place.span)
    help = say("give both the same name")
    return (diagnose("M111", message, place.span, help=help, fix=fix),)


def shown(path: Path) -> str:
    """Name a path from where the reader stands, if that is shorter to say."""
    return shown_from(path, Path.cwd())


def shown_from(path: PurePath, here: PurePath) -> str:
    """Name a path from a folder, if it lies below; with `/` between its parts everywhere."""
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def kept_in(path: P, root: P, *, alone: bool) -> P | None:
    """Return the folder that no link in a file may lead out of; None outside of `root`.

    It is the measure that the file belongs to; where that lies `alone`, the root itself.
    """
    if not path.is_relative_to(root):
        return None
    first, *rest = path.relative_to(root).parts or (".",)
    return root / first if rest and not alone else root
