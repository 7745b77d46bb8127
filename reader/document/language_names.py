"""By which names languages go, and how one is known that goes by none."""

from __future__ import annotations

import re

from reader.document.languages import LANGUAGES, Language

LONGEST, LONGEST_LINE = 60_000, 2_000  # characters; a listing that is longer is set as it is
_BEGINNING = 2_000  # characters that a language is guessed from

_OTHER_NAMES = {
    "python": "py python2 python3 py3 python-console sage cython pyx starlark bazel gdscript",
    "console": "pycon doscon shell-session shellsession terminal sh-session bash-session",
    "c": "h objective-c objc objectivec cuda glsl hlsl wgsl opencl",
    "cpp": "c++ cc cxx hpp h++ arduino ino",
    "csharp": "c# cs dotnet",
    "java": "groovy gradle dart processing",
    "kotlin": "kt kts",
    "javascript": "js jsx mjs cjs node ecmascript jscript",
    "typescript": "ts tsx svelte-ts",
    "rust": "rs wit",
    "go": "golang proto protobuf",
    "ruby": "rb rails crystal cr gemfile podfile",
    "perl": "pl raku",
    "shell": "bash sh zsh ksh fish env dotenv awk sed just",
    "powershell": "ps1 pwsh posh ps",
    "sql": "mysql postgres postgresql pgsql plpgsql sqlite sqlite3 tsql plsql mssql cql hql",
    "html": "xml xhtml svg vue svelte rss atom html5 xsl xslt jinja erb handlebars liquid markup astro plist",
    "css": "scss sass less stylus postcss",
    "json": "json5 jsonc jsonl geojson jsonld json-ld",
    "yaml": "yml eyaml",
    "toml": "ini cfg conf properties editorconfig systemd desktop hcl terraform tf gitconfig",
    "diff": "patch udiff",
    "make": "makefile mk cmake ninja",
    "docker": "dockerfile containerfile",
    "lisp": "clojure clj cljs edn scheme scm racket rkt elisp emacs-lisp el common-lisp cl fennel janet guile",
    "haskell": "hs purescript purs elm idris agda lean",
    "ocaml": "ml reasonml f# fsharp fs sml",
    "elixir": "ex exs gleam heex",
    "erlang": "erl prolog",
    "julia": "jl",
    "r": "rlang splus",
    "tex": "latex bibtex context",
    "vim": "viml vimscript vimrc",
    "assembly": "asm nasm gas armasm mips llvm wasm wat",
}
_NAMES = {name: language for language, names in _OTHER_NAMES.items() for name in names.split()}

# What only one language begins with or has in it: for listings that their author did not name.
_SURE = (
    (r"\A#![^\n]*\bpython", "python"),
    (r"\A#![^\n]*\b(?:ba|z|da|k)?sh\b", "shell"),
    (r"\A#![^\n]*\bruby", "ruby"),
    (r"\A#![^\n]*\bperl", "perl"),
    (r"\A#![^\n]*\bnode", "javascript"),
    (r"\A\s*<\?php", "php"),
    (r"\A\s*(?:<!DOCTYPE|<\?xml|<html|<svg)\b", "html"),
    (r"\A(?:diff --git |--- [^\n]+\n\+\+\+ |@@ -\d)", "diff"),
    (r"\A[$] \w", "console"),
    (r'\A\s*[{\[]\s*(?:\{\s*)?"[^"\n]*"\s*:', "json"),
    (r"^#include\s*[<\"]|^int main\(", "c"),
    (r"^(?:async )?def \w+\([^)\n]*\)(?: -> [^:\n]+)?:$|^from [\w.]+ import |^class \w+(?:\(\w*\))?:$", "python"),
    (r"^package \w+\n|^func (?:\([^)\n]*\) )?\w+\(", "go"),
    (r"^[ \t]*(?:pub )?fn \w+(?:<[^>\n]*>)?\([^)\n]*\)|^[ \t]*let mut \w+", "rust"),
    (r"^public (?:static |final |abstract )*(?:class|interface|enum) \w+", "java"),
    (r"^(?:import|export) [^\n]* from ['\"]|^[ \t]*(?:const|let) \w+ = [^\n]*(?:=>|;$)|^(?:async )?function \w*\(",
     "javascript"),
    (r"\A\s*(?:SELECT\b[^;]{1,400}\sFROM|CREATE\sTABLE|INSERT\sINTO|UPDATE\s\w+\sSET|ALTER\sTABLE)\b", "sql"),
    (r"\A\(def(?:n|un|ine|macro)?\b", "lisp"),
    (r"\A\\(?:documentclass|begin\{)", "tex"),
    (r"\AFROM [\w./:-]+(?: AS \w+)?\n", "docker"),
)  # fmt: skip


def language_of(named: str | None, text: str) -> Language | None:
    """The language of a listing as its author names it, else where its beginning leaves no doubt; None if unknown."""
    if len(text) > LONGEST or max(map(len, text.split("\n"))) > LONGEST_LINE:
        return None
    if named:
        name = named.strip().lower()
        return LANGUAGES.get(_NAMES.get(name, name))
    beginning = text[:_BEGINNING]
    return next((LANGUAGES[name] for pattern, name in _SURE if re.search(pattern, beginning, re.MULTILINE)), None)


def is_named(name: str) -> bool:
    """Whether a language goes by a name."""
    return name in _NAMES or name in LANGUAGES
