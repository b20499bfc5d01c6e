"""The language of a file, told from its name."""

from __future__ import annotations

_SUFFIXES = {
    "Assembly": "s asm nasm", "C": "c h", "C#": "cs", "C++": "cc cpp cxx hh hpp hxx inl ipp", "CSS": "css scss less",
    "Clojure": "clj cljs cljc", "Dart": "dart", "Elixir": "ex exs", "Erlang": "erl hrl", "Fortran": "f f90 f95",
    "Go": "go", "Groovy": "groovy gradle", "HTML": "html htm tmpl jinja j2 mustache", "Haskell": "hs lhs",
    "Java": "java", "JavaScript": "js mjs cjs jsx", "Julia": "jl", "Kotlin": "kt kts", "Lua": "lua", "Ada": "adb ads",
    "M4": "m4 ac", "Markdown": "md mdx markdown", "OCaml": "ml mli", "Objective-C": "m mm", "PHP": "php",
    "Perl": "pl pm t", "PowerShell": "ps1 psm1", "Protocol Buffers": "proto", "Python": "py pyi pyx", "R": "r rmd",
    "Ruby": "rb rake", "Rust": "rs", "SQL": "sql", "Scala": "scala", "Shell": "sh bash zsh ksh",
    "Swift": "swift", "Tcl": "tcl tk", "TypeScript": "ts tsx mts cts", "Vue": "vue", "Zig": "zig",
    "reStructuredText": "rst", "AsciiDoc": "adoc asciidoc", "ASL": "asl", "Devicetree": "dts dtsi", "Jupyter": "ipynb",
    "Terraform": "tf", "Nix": "nix", "YAML": "yml yaml", "CMake": "cmake", "Make": "mk am",
}  # fmt: skip
_BY_SUFFIX = {suffix: name for name, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_BY_NAME = {
    "makefile": "Make",
    "gnumakefile": "Make",
    "cmakelists.txt": "CMake",
    "dockerfile": "Docker",
    "rakefile": "Ruby",
    "gemfile": "Ruby",
    "kconfig": "Kconfig",
}


def language(path: str) -> str:
    """The name of the language, or an empty string."""
    name = path[path.rfind("/") + 1 :].lower()
    dot = name.rfind(".")
    return _BY_SUFFIX.get(name[dot + 1 :], "") if dot > 0 else _BY_NAME.get(name, "")
