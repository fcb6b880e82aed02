"""A language server for YAML, driven as an editor drives it: JSON-RPC over stdio."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

HERE = Path(__file__).resolve().parent
PROGRAM = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
#: How long an answer may take before the server counts as stuck.
SECONDS = 60

#: What the editor says it can show.
CAPABILITIES = {
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
            }
        },
        "hover": {"contentFormat": ["markdown"]},
    }
}
#: Nothing is looked up anywhere: a file says itself which schema it keeps to.
SETTINGS = {
    "yaml": {
        "schemaStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
    }
}


@dataclass(frozen=True)
class Shown:
    """What an editor shows with the cursor at a place."""

    #: The line of each thing wrong, counted from 1 after the modeline, and what it is.
    wrong: list[tuple[int, str]]
    #: What is offered there, with its explanation and what would be inserted.
    offered: dict[str, tuple[str, str]]
    explained: str


def plain(text: Any) -> str:
    """Return a text that may be marked as Markdown."""
    return str(text["value"] if isinstance(text, dict) else text)


@dataclass
class Editor:
    """The server's other side. No file is opened twice."""

    to_server: IO[bytes]
    #: What came from the server; None where it has ended.
    received: "Queue[dict[str, Any] | None]"
    #: How much was asked so far.
    asked: int = 0

    def ask(self, method: str, params: object) -> Any:
        """Ask the server and wait for its answer."""
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, params: object) -> None:
        """Tell the server something that it does not answer."""
        self._send({"method": method, "params": params})

    def diagnostics(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a text as the file at a path; return what the server finds wrong in it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == path.as_uri():
                    found = params["diagnostics"]
                    assert isinstance(found, list)
                    return found

    def show(self, text: str, schema: Path, path: Path) -> Shown:
        """Open a text that keeps to a schema, as the file at a path; the cursor is at `¦`."""
        modeline = f"# yaml-language-server: $schema={os.path.relpath(schema, path.parent)}\n"
        before, _, after = (modeline + text).partition("¦")
        line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
        diagnostics = self.diagnostics(path, before + after)
        completion = self.at("completion", path, line, character)
        hover = self.at("hover", path, line, character)
        return Shown(
            [(one["range"]["start"]["line"], one["message"]) for one in diagnostics],
            {
                item["label"]: (plain(item.get("documentation", "")), item["insertText"])
                for item in completion["items"]
            },
            plain(hover["contents"]) if hover else "",
        )

    def at(self, what: str, path: Path, line: int, character: int) -> Any:
        """Ask for `completion` or `hover` at a place of an open file, counted from 0."""
        place = {"line": line, "character": character}
        document = {"uri": path.as_uri()}
        return self.ask(f"textDocument/{what}", {"textDocument": document, "position": place})

    def _next(self) -> dict[str, Any]:
        """Return the next message; what the server asks is answered with nothing."""
        message = self.received.get(timeout=SECONDS)
        assert message is not None, "the server has ended"
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.to_server.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.to_server.flush()


def _listen(stream: IO[bytes], received: "Queue[dict[str, Any] | None]") -> None:
    """Take messages from the server until it closes its output."""
    while header := stream.readline():
        length = int(header.partition(b":")[2])
        while stream.readline().strip():  # other headers, up to the empty line
            pass
        received.put(json.loads(stream.read(length)))
    received.put(None)


@contextmanager
def language_server() -> Iterator[Editor]:
    """Start the server, and end it."""
    node = shutil.which("node")
    assert node is not None, "there is no `node`"
    assert PROGRAM.exists(), "run `npm ci --prefix tests/editors` first"
    command = [node, str(PROGRAM), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        received: Queue[dict[str, Any] | None] = Queue()
        listener = Thread(target=_listen, args=(process.stdout, received), daemon=True)
        listener.start()
        editor = Editor(process.stdin, received)
        editor.ask(
            "initialize", {"processId": None, "rootUri": None, "capabilities": CAPABILITIES}
        )
        editor.tell("initialized", {})
        editor.tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        try:
            yield editor
            editor.ask("shutdown", None)
            editor.tell("exit", None)
        finally:
            process.stdin.close()  # at the latest here the server ends, and so the listener
            listener.join(SECONDS)
