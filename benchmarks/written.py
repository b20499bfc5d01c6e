"""Which files people write in a programming or markup language, told from the path and the first line.

The truck factors published in 2015 count the files that GitHub's language statistic (linguist) of that time counts: no
prose, no data, no third-party code, no documentation; a script without an extension counts by its first line. Beyond
that, their authors took some folders out of every project: `filtered-files.txt` in the first commit of
aserg-ufmg/Truck-Factor names examples, docs, and at the top build and benchmarks. This is both in few rules, the same
for all projects.
"""

from __future__ import annotations

import re

LANGUAGES = frozenset(
    """
    PL R S as asm asp aspx aug awk bas bash bat bats c cc clj cljc cljs cljx cls cmake cmd coffee
    conf cp cpp cr cs csh cson css cu cxx d dart diff dpr e ec eex ejs el elm epp erb erl es6 ex exs
    f f77 f90 f95 fcgi feature fish for fs fsx gemspec go god groovy gyp h haml handlebars hbs hh
    hpp hrl hs htm html hxx idl inl ino ipp jade jake java jl js jsm jsp jsx ksh kt l less lhs lisp
    ls lua m mak man mk ml mli mm monkey mustache nim nix nsi nut p6 pas patch perl php php3 php4
    php5 phps phpt phtml pl plx pm po pod pot pp pro ps1 psm1 pxd pxi py pyi pyt pyw pyx r rake rb
    rbw rbx rkt rl rs ru s sass scala scm scpt scss sed sh slim sql ss st styl sv swift t tcl tcsh
    tea tex thor tm tpl ts twig v vala vb vbs vhd vim watchr wsgi xhtml xsl xslt y yy zsh
    """.split()  # noqa: SIM905
)
NAMES = frozenset(
    """
    .vimrc Appraisals Berksfile Buildfile CMakeLists.txt Cakefile Capfile GNUmakefile Gemfile
    Guardfile Jakefile Makefile Modulefile Podfile Puppetfile Rakefile SConscript SConstruct
    Thorfile makefile rakefile wscript
    """.split()  # noqa: SIM905
)
OTHERS = re.compile(
    r"(^|/)cache/|^([Dd]ependencies|deps|tools|debian|Carthage|Pods|puphpet|vignettes)/|^[Tt]ests?/fixtures/"
    r"|node_modules/|bower_components/|(third|3rd)[-_]?party/|vendors?/|extern(al)?/|^[Pp]ackages/.+\.\d+/"
    r"|(^|/)(docs?/_?(build|themes?|templates?|static)|admin_media|MathJax|[Cc]ode[Mm]irror|extjs|Sparkle)/"
    r"|(^|/)(configure|config\.guess|config\.sub|gradlew(\.bat)?|cpplint\.py)$|^(fabfile\.py|waf|Vagrantfile)$"
)
LIBRARIES = re.compile(
    r"[.-]min\.(js|css)$|import\.(css|less|scss|styl)$|\.d\.ts$"
    r"|(^|/)(bootstrap[^.]*|font-awesome|foundation|normalize|animate)\.(js|css|less|scss|styl)$"
    r"|(^|/)(jquery([^.]*|-\d.*|\.(ui|effects)\..*)|prototype.*|d3(\.v\d+)?[^.]*|react(-[^.]*)?)\.js$"
    r"|(^|/)(dojo|effects|controls|dragdrop|ckeditor)\.js$"
    r"|(^|/)(mootools|yui|yahoo-|tiny_mce|angular|shBrush|shCore|html5shiv|cordova|modernizr|knockout-|Chart\.js)"
)
ABOUT = re.compile(
    r"^docs?/|^man/|(^|/)([Dd]ocumentation|javadoc)/|^[Ss]amples/"
    r"|(^|/)(CONTRIBUTING|COPYING|INSTALL|LICEN[CS]E|README)(\.|$)"
)
TAKEN_OUT = re.compile(r"(^|/)examples/|/docs/|^(build|benchmarks)/|(^|/)require\.js$")
INTERPRETER = re.compile(rb"#!\s*(?:\S*/env\s+)?(?:\S*/)?(\w+)")
INTERPRETERS = frozenset(
    b"ash awk bash coffee csh dash escript expect groovy ksh lua make node perl php python python2 python3 rake rbx "
    b"ruby sed sh tclsh tcsh wish zsh".split()
)


def their_own(path: str) -> bool:
    """Nobody else's code, no documentation, and in no folder that the authors took out of every project."""
    return not any(left_out.search(path) for left_out in (OTHERS, LIBRARIES, ABOUT, TAKEN_OUT))


def written(path: str, first_line: bytes = b"") -> bool:
    """Whether the file counts; `first_line` tells the language where the name does not."""
    if not their_own(path):
        return False
    name = path.rsplit("/", 1)[-1]
    by_name = name in NAMES or ("." in name[1:] and name.rsplit(".", 1)[-1] in LANGUAGES)
    script = INTERPRETER.match(first_line)
    return by_name or (script is not None and script[1] in INTERPRETERS)
