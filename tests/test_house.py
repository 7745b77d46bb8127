"""The plan of the house as tests: who may import whom, what is loaded when, and what never happens anywhere."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "reader"
WORDS = {"model", "errors", "config", "paths", "opml", "text", "times", "sites", "logins", "tracking"}

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "model": set(),
    "errors": set(),
    "text": set(),
    "times": set(),
    "tracking": set(),
    "paths": set(),
    "sites": {"text"},
    "logins": set(),
    "config": {"model", "errors", "paths", "text", "sites"},
    "opml": {"model", "errors", "paths", "text"},
    "document": WORDS,
    "parse": WORDS | {"document"},
    "fetch": WORDS,
    "store": WORDS,
    "worker": WORDS | {"fetch", "parse", "store"},
    "library": WORDS | {"store", "document"},
    "cli": WORDS | {"library", "document"},
    "tui": WORDS | {"library", "document"},
    "guide": set(),
    "__main__": {"cli", "tui", "errors"},
}

# The first picture is painted before the rooms are loaded: it looks into the store through one small window.
WINDOWS = {"tui/first_paint.py": "reader.store.glance"}

ONLY_IN: dict[str, set[str]] = {
    "textual": {"tui"},
    "rich": {"tui", "document"},
    "feedparser": {"parse"},
    "selectolax": {"parse"},
    "markdown_it": {"parse"},
    "PIL": {"parse"},
    "mdit_py_plugins": {"parse"},
    "pycurl": {"fetch"},
    "certifi": {"fetch"},
    "keyring": {"fetch"},
    "apsw": {"store"},
    "isal": {"store"},
    "filelock": {"worker"},
    "platformdirs": {"paths"},
    "sqlite3": set(),
    "pickle": set(),
    "asyncio": {"tui"},
}


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room(path: Path) -> str:
    """The floor a module stands on: its package, or itself at the top."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def named(nodes: Iterable[ast.AST], path: Path) -> Iterator[str]:
    """What the import statements among some nodes of a file import, as absolute dotted names."""
    package = ["reader", *path.relative_to(HOUSE).parent.parts]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{name.name}" for name in node.names)


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, early or late."""
    return named(ast.walk(ast.parse(path.read_text("utf-8"))), path)


def is_window(path: Path, name: str) -> bool:
    return f"{name}.".startswith(WINDOWS.get(str(path.relative_to(HOUSE)), "nowhere") + ".")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_point_down(path: Path) -> None:
    floor = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "reader" and not is_window(path, name):
            below = parts[1] if len(parts) > 1 else "__init__"
            known = (HOUSE / below).exists() or (HOUSE / f"{below}.py").exists()
            assert below == floor or below in MAY_IMPORT[floor] or not known, f"{path} imports {name}"
        elif parts[0] in ONLY_IN:
            assert floor in ONLY_IN[parts[0]], f"{path} imports {name}"


def test_pycurl_stands_in_two_modules() -> None:
    users = {path.name for path in modules() if any(name.split(".")[0] == "pycurl" for name in imported(path))}
    assert users <= {"http.py", "handle.py"}


def test_the_worker_opens_no_foreign_bytes_itself() -> None:
    for path in (HOUSE / "worker").glob("*.py"):
        names = {name for name in imported(path) if name.startswith("reader.parse")}
        assert all(name.startswith(("reader.parse.wire", "reader.parse.source")) for name in names), path


def test_sql_stands_in_the_store_alone() -> None:
    sql = re.compile(r"\b(SELECT\b.+\bFROM|INSERT INTO|UPDATE\b.+\bSET|DELETE FROM|PRAGMA)\b", re.DOTALL)
    for path in modules():
        if room(path) == "store":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                docstring = "\n" in node.value and node.value.strip()[:1].isalpha() and node.col_offset in (0, 4, 8)
                assert docstring or not sql.search(node.value), f"{path}:{node.lineno}"


def test_no_shell_and_no_code_from_outside() -> None:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in {"eval", "exec", "os.system", "os.popen"}, f"{path}:{node.lineno}"
                assert not any(word.arg == "shell" for word in node.keywords), f"{path}:{node.lineno}"


def loaded_after(code: str) -> set[str]:
    """The names of what a clean interpreter has loaded after running ``code``, and the packages that it is from."""
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True)
    names = set(done.stdout.split())
    return names | {name.split(".")[0] for name in names}


HEAVY = {"textual", "rich", "feedparser", "selectolax", "markdown_it", "pycurl", "asyncio", "ssl", "PIL"}


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import reader.parse, reader.parse.wire, reader.parse.source", HEAVY | {"apsw"}),
        ("import reader.fetch", HEAVY | {"apsw"}),
        ("import reader.document", HEAVY),
        ("import reader.library", HEAVY),
        ("import reader.__main__", HEAVY | {"apsw"}),
        (
            "import reader.worker.__main__",
            {"textual", "rich", "feedparser", "selectolax", "markdown_it", "asyncio", "PIL"},
        ),
        ("import reader.tui.app", {"feedparser", "selectolax", "pycurl", "filelock", "certifi", "PIL"}),
        ("import reader.tui.app", {"html.entities", "reader.document.nodes", "reader.store.indexing"}),
        ("import reader.tui.app", {f"reader.tui.{name}" for name in ("bringer", "illustrator", "player", "programs")}),
    ],
)
def test_what_is_loaded_late(code: str, absent: set[str]) -> None:
    assert loaded_after(code) & absent == set()


def test_files_and_functions_stay_small() -> None:
    for path in modules():
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or node.lineno) - node.lineno < 60, f"{path}:{node.name}"


def test_no_circle_of_imports() -> None:
    names = {".".join(("reader", *path.relative_to(HOUSE).with_suffix("").parts)): path for path in modules()}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        early = set(named(ast.parse(path.read_text("utf-8")).body, path))
        graph[name] = ({*early, *(each.rpartition(".")[0] for each in early)} & names.keys()) - {name}
    assert tuple(TopologicalSorter(graph).static_order())
