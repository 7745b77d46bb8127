"""What programming languages look like: for each the rules for its parts, its own words, and what comes before a name.

A rule is a pattern without groups that never reads a character twice. Of the rules of a language the first that fits
counts. "word" stands for names: the language's own ``words`` are keywords, and what follows one of its ``definers`` is
a name that is defined.
"""

from __future__ import annotations

from dataclasses import dataclass

Rules = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of one language."""

    rules: Rules
    words: frozenset[str] = frozenset()
    definers: frozenset[str] = frozenset()
    any_case: bool = False


_WORD = ("word", r"[^\W\d]\w*")
_NUMBER = ("number", r"\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?\d+)?)[\w%]*")
_DOUBLE = ("string", r'"(?:[^"\\\n]|\\.)*"?')
_SINGLE = ("string", r"'(?:[^'\\\n]|\\.)*'")
_CHARACTER = ("string", r"'(?:[^'\\\n]|\\[^\n']{1,8}|\\')'")
_BACKTICK = ("string", r"`(?:[^`\\]|\\.)*`?")
_SLASHES = ("comment", r"//[^\n]*")
_STARS = ("comment", r"/\*.*?(?:\*/|\Z)")
_HASH = ("comment", r"#[^\n]*")
_SHELL_HASH = ("comment", r"(?<!\S)#[^\n]*")
_DASHES = ("comment", r"--[^\n]*")
_SEMICOLON = ("comment", r";[^\n]*")
_PERCENT = ("comment", r"(?<!\\)%[^\n]*")
_TRIPLE = (
    ("string", r'[rRbBfFuU]{0,2}"""(?:[^\\]|\\.)*?(?:"""|\Z)'),
    ("string", r"[rRbBfFuU]{0,2}'''(?:[^\\]|\\.)*?(?:'''|\Z)"),
)
_DECORATOR = ("name", r"@[\w.]+")
_VARIABLE = ("name", r"\$\{?\w+\}?")
_C_RULES: Rules = (_SLASHES, _STARS, ("keyword", r"^[ \t]*\#[ \t]*\w+"), _DOUBLE, _CHARACTER, _NUMBER, _WORD)
_BRACES: Rules = (_SLASHES, _STARS, _DOUBLE, _CHARACTER, _DECORATOR, _NUMBER, _WORD)
_SCRIPT: Rules = (_SLASHES, _STARS, _DOUBLE, _SINGLE, _BACKTICK, _DECORATOR, _NUMBER, _WORD)
_LISP: Rules = (_SEMICOLON, ("string", r'"(?:[^"\\]|\\.)*"?'), ("number", r"(?<![\w:]):[\w/.*+!?<>=-]+"), _NUMBER,
                ("word", r"[^\W\d][\w*+!?<>=/.-]*"))  # fmt: skip
_MARKUP: Rules = (
    ("comment", r"<!--.*?(?:-->|\Z)|<![^>]*>?"), ("string", r"(?<==)\"[^\"]*\"|(?<==)'[^']*'"),
    ("keyword", r"</?[A-Za-z][\w:.-]*|/?>|<\?\w+|\?>"), ("name", r"(?<=\s)[\w:@.-]+(?==)"), ("number", r"&#?\w+;"),
)  # fmt: skip


def _language(rules: Rules, words: str = "", definers: str = "", *, any_case: bool = False) -> Language:
    return Language(rules, frozenset((words + " " + definers).split()), frozenset(definers.split()), any_case)


_C_WORDS = (
    "auto bool break case char const continue default do double else extern false float for goto if inline int"
    " long nullptr register return short signed sizeof static switch true typedef unsigned void volatile while"
)
_CPP_WORDS = _C_WORDS + (
    " catch co_await co_return co_yield constexpr decltype delete explicit final friend mutable new noexcept"
    " operator override private protected public template this throw try typename using virtual"
)
_JAVA_WORDS = (
    "abstract assert boolean break byte case catch char const continue default do double else extends false final"
    " finally float for if implements import instanceof int long native new null package permits private protected"
    " public return sealed short static super switch synchronized this throw throws transient true try var void"
    " volatile while yield"
)
_SCRIPT_WORDS = (
    "async await break case catch const continue debugger default delete do else export extends false finally for"
    " from if import in instanceof let new null of return static super switch this throw true try typeof undefined"
    " var void while with yield"
)
_SQL_WORDS = (
    "add all alter analyze and as asc begin between by case cascade check column commit constraint cross database"
    " default delete desc distinct drop else end except exists explain false foreign from full grant group having"
    " in inner insert intersect into is join key left like limit not null offset on or order outer over partition"
    " primary recursive references returning right rollback select set then true truncate union unique update"
    " using values when where with"
)

LANGUAGES = {
    "python": _language(
        (_HASH, *_TRIPLE, ("string", r'[rRbBfFuU]{0,2}"(?:[^"\\\n]|\\.)*"?'),
         ("string", r"[rRbBfFuU]{0,2}'(?:[^'\\\n]|\\.)*'?"), _DECORATOR, _NUMBER, _WORD),
        "False None True and as assert async await break case continue del elif else except finally for from"
        " global if import in is lambda match nonlocal not or pass raise return self try while with yield",
        "class def",
    ),
    "c": _language(_C_RULES, _C_WORDS, "enum struct union"),
    "cpp": _language(_C_RULES, _CPP_WORDS, "class concept enum namespace struct union"),
    "csharp": _language(
        _C_RULES,
        _JAVA_WORDS + " async await base bool decimal event foreach get in internal is object out override params"
        " readonly ref set string using virtual where",
        "class delegate enum interface namespace record struct",
    ),
    "java": _language(_BRACES, _JAVA_WORDS, "class enum interface record"),
    "kotlin": _language(
        (_SLASHES, _STARS, ("string", r'"""(?:[^\\]|\\.)*?(?:"""|\Z)'), *_BRACES[2:]),
        "abstract as break by catch companion continue data do else false final finally for if import in init"
        " inline is lateinit null open override package private protected public return sealed suspend super this"
        " throw true try val var when where while",
        "class fun interface object typealias",
    ),
    "scala": _language(
        _BRACES,
        "abstract case catch do else extends extension false final finally for given if implicit import lazy"
        " match new null override package private protected return sealed super then this throw true try using val"
        " var while with yield",
        "class def enum object trait type",
    ),
    "swift": _language(
        _BRACES,
        "as async await break case catch continue default defer do else extension false fileprivate for guard if"
        " import in init inout internal is lazy let nil override private public return self some static super"
        " switch throw throws true try var where while",
        "actor class enum func protocol struct typealias",
    ),
    "javascript": _language(_SCRIPT, _SCRIPT_WORDS, "class function"),
    "typescript": _language(
        _SCRIPT,
        _SCRIPT_WORDS + " abstract any as boolean declare implements is keyof never number private protected"
        " public readonly satisfies string unknown",
        "class enum function interface namespace type",
    ),
    "rust": _language(
        (_SLASHES, _STARS, ("string", r'b?"(?:[^"\\]|\\.)*"?'), _CHARACTER, ("name", r"#!?\[[^\]\n]*\]"), _NUMBER,
         _WORD),
        "Self as async await break const continue crate dyn else extern false for if impl in let loop match move"
        " mut pub ref return self static super true unsafe use where while",
        "enum fn mod struct trait type union",
    ),
    "go": _language(
        (_SLASHES, _STARS, _DOUBLE, _CHARACTER, _BACKTICK, ("keyword", r"^func(?= \()"), _NUMBER,
         ("name", r"(?<=\) )[^\W\d]\w*+(?=\()"), _WORD),
        "any break case chan const continue default defer else error fallthrough false for go goto if import"
        " interface iota make map nil package range return select string struct switch true var",
        "func type",
    ),
    "zig": _language(
        (_SLASHES, _DOUBLE, _CHARACTER, _DECORATOR, _NUMBER, _WORD),
        "and break catch comptime const continue defer else enum errdefer error export extern false for if inline"
        " null or orelse packed pub return struct switch test true try undefined union unreachable usingnamespace"
        " var void while",
        "fn",
    ),
    "php": _language(
        (_SLASHES, _STARS, _HASH, ("string", r'"(?:[^"\\]|\\.)*"?'), ("string", r"'(?:[^'\\]|\\.)*'?"), _VARIABLE,
         ("keyword", r"<\?(?:php|=)?|\?>"), _NUMBER, _WORD),
        "abstract and array as break case catch const continue default do echo else elseif extends false final"
        " finally fn for foreach global if implements include instanceof match new null or private protected"
        " public readonly require return static switch this throw true try use var while yield",
        "class enum function interface namespace trait",
    ),
    "ruby": _language(
        (_SHELL_HASH, _DOUBLE, _SINGLE, ("number", r"(?<![\w:]):\w+[?!]?"), ("name", r"@@?\w+"), _NUMBER, _WORD),
        "BEGIN END alias and begin break case do else elsif end ensure extend false for if in include loop next"
        " nil not or private protected raise redo require require_relative rescue retry return self super then"
        " true undef unless until when while yield",
        "class def module",
    ),
    "perl": _language(
        (_SHELL_HASH, _DOUBLE, _SINGLE, ("name", r"[$@%]\w+"), _NUMBER, _WORD),
        "and do else elsif eq for foreach if last local my ne next no not or our print redo require return say"
        " unless until use while",
        "package sub",
    ),
    "lua": _language(
        (("comment", r"--\[\[.*?(?:\]\]|\Z)"), _DASHES, _DOUBLE, _SINGLE, ("string", r"\[\[.*?(?:\]\]|\Z)"),
         _NUMBER, _WORD),
        "and break do else elseif end false for goto if in local nil not or repeat return then true until while",
        "function",
    ),
    "shell": _language(
        (_SHELL_HASH, ("string", r'"(?:[^"\\]|\\.)*"?'), ("string", r"'[^'\n]*'"), _VARIABLE,
         ("number", r"(?<!\S)-{1,2}\w[\w-]*"),
         ("word", r"[^\W\d][\w.-]*")),
        "alias case cd do done echo elif else esac eval exec exit export fi for if in local return set shift"
        " source sudo then trap unset until while",
        "function",
    ),
    "console": _language(
        (("comment", r"^[ \t]*(?:[$#%>]|>>>|\.\.\.|PS[^>\n]*>|\w++@[\w.-]++:?[^$#\n]{0,60}[$#])(?= )"),)
    ),
    "powershell": _language(
        (("comment", r"<#.*?(?:#>|\Z)"), _HASH, _DOUBLE, _SINGLE, _VARIABLE, ("number", r"(?<!\S)-\w+"), _NUMBER,
         _WORD),
        "begin break catch continue do else elseif end exit finally for foreach if in param process return switch"
        " throw trap try until while",
        "class enum filter function",
        any_case=True,
    ),
    "sql": _language(
        (_DASHES, _STARS, ("string", r"'(?:[^']|'')*'?"), _NUMBER, ("name", r'"[^"\n]*"|`[^`\n]*`'), _WORD),
        _SQL_WORDS,
        "create function index table trigger view",
        any_case=True,
    ),
    "html": _language(_MARKUP),
    "css": _language(
        (_STARS, ("comment", r"(?<![:(\"'])//[^\n]*"), _DOUBLE, ("string", r"'(?:[^'\\\n]|\\.)*'"),
         ("keyword", r"@[\w-]+"),
         ("number", r"#[\da-fA-F]{3,8}\b|-?\b\d[\d.]*(?:%|\w*)"),
          ("name", r"(?<![\w$-])[$-]{0,2}[a-zA-Z][\w-]*+(?=\s?:\s)"))
    ),
    "json": _language(
        (_SLASHES, ("name", r'"(?:[^"\\\n]|\\.)*"(?=\s{0,9}:)'), _DOUBLE, _NUMBER, _WORD), "false null true"
    ),
    "yaml": _language(
        (_SHELL_HASH, ("name", r"^[ \t]*+(?:-[ \t]++)*+[\w./\"'][\w./\"'-]*+(?=:(?:\s|\Z))"), _DOUBLE, _SINGLE,
         ("keyword", r"^(?:---|\.\.\.)$"),
         _NUMBER, _WORD),
        "False No True Yes false no null off on true yes",
    ),
    "toml": _language(
        (_HASH, ("comment", r"^;[^\n]*"), ("keyword", r"^[ \t]*\[[^\n]*\]"), ("name", r"^[ \t]*[\w.\"'-]+(?=[ \t]*=)"),
         *_TRIPLE, _DOUBLE, _SINGLE, _NUMBER, _WORD),
        "false true",
    ),
    "diff": _language(
        (("name", r"^(?:diff|index|Index:|---|\+\+\+|=====)[^\n]*"), ("comment", r"^@@[^\n]*"),
         ("string", r"^[+>][^\n]*"),
         ("keyword", r"^[-<][^\n]*"))
    ),
    "make": _language(
        (_HASH, ("name", r"\$\([^)\n]*\)|\$[@<^*]"),
         ("keyword", r"^[\w./%-]++(?=[ \t]*:)|^(?:if\w*|else|endif|include)\b"))
    ),
    "docker": _language(
        (_HASH, _DOUBLE, _SINGLE, _VARIABLE, ("keyword", r"^[A-Z]{2,12}(?=\s)|(?<=\s)AS(?=\s)"))
    ),
    "lisp": _language(
        _LISP,
        "and begin case cond do if import in-ns lambda let let* letrec loop nil ns or progn quote recur require"
        " set! setf setq unless use when while",
        "def define defmacro defmethod defn defn- defprotocol defrecord deftype defun defvar",
    ),
    "haskell": _language(
        (_DASHES, ("comment", r"\{-.*?(?:-\}|\Z)"), _DOUBLE, _CHARACTER, _NUMBER, ("word", r"[^\W\d][\w']*")),
        "as case deriving do else forall foreign hiding if import in infix infixl infixr let mdo of qualified rec"
        " then where",
        "class data instance module newtype type",
    ),
    "ocaml": _language(
        (("comment", r"\(\*.*?(?:\*\)|\Z)"), ("comment", r"//[^\n]*"), _DOUBLE, _CHARACTER, _NUMBER,
         ("word", r"[^\W\d][\w']*")),
        "and as begin do done else end exception false for fun function functor if in include match member"
        " mutable new of open private rec sig struct then to true try val when while with",
        "class let module type",
    ),
    "elixir": _language(
        (_HASH, _TRIPLE[0], _DOUBLE, _SINGLE, ("number", r"(?<![\w:]):\w+[?!]?"), ("name", r"@\w+"), _NUMBER, _WORD),
        "alias after and case catch cond do else end false fn for if import in nil not or quote raise receive"
        " require rescue true try unless use when with",
        "def defimpl defmacro defmodule defp defprotocol",
    ),
    "erlang": _language(
        (_PERCENT, _DOUBLE, _SINGLE, ("keyword", r"^-\w+"), _NUMBER, _WORD),
        "after and andalso begin case catch end fun if not of or orelse receive try when",
    ),
    "r": _language(
        (_HASH, _DOUBLE, _SINGLE, _NUMBER, ("word", r"[^\W\d][\w.]*")),
        "FALSE Inf NA NULL NaN TRUE break else for function if in library next repeat require return while",
    ),
    "julia": _language(
        (("comment", r"#=.*?(?:=#|\Z)"), _HASH, _TRIPLE[0], _DOUBLE, _CHARACTER, ("name", r"@\w+"), _NUMBER, _WORD),
        "abstract begin break catch const continue do else elseif end export false finally for global if import"
        " in let local mutable nothing quote return true try using where while",
        "function macro module struct type",
    ),
    "nix": _language(
        (_HASH, _STARS, _DOUBLE, ("string", r"''.*?(?:''|\Z)"), ("name", r"(?<![\w.-])[\w.-]++(?=\s{0,9}=[^=])"),
         _NUMBER, _WORD),
        "assert else false if import in inherit let null or rec then true with",
    ),
    "tex": _language((_PERCENT, ("keyword", r"\\(?:[A-Za-z@]+\*?|.)"), ("string", r"\$[^$\n]*\$"),
    ("name", r"(?<=\{)[\w:*-]+(?=\})"))),
    "vim": _language(
        (("comment", r"^[ \t]*\"[^\n]*"), _DOUBLE, _SINGLE, ("name", r"[&$@]\w+|\b[gbwtslva]:\w+"), _NUMBER, _WORD),
        "autocmd call command echo else elseif endfor endfunction endif endwhile execute filetype for if in"
        " inoremap let map nmap nnoremap return set setlocal syntax vnoremap while",
        "function",
    ),
    "assembly": _language(
        (_SEMICOLON, ("comment", r"(?<!\S)[#@][^\n]*|//[^\n]*"), _DOUBLE, ("name", r"^[ \t]*[.\w$]+(?=:)"),
         ("keyword", r"^[ \t]+\.?\w+"),
         ("number", r"[$#]?-?\b(?:0[xX][\da-fA-F]+|\d\w*)"), ("string", r"%\w+"))
    ),
}  # fmt: skip
