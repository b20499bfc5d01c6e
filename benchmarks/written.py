"""Which files people write in a programming or markup language, told from the path alone.

The truck factors published in 2015 count the files that a language statistic of that time counts: no prose, no data,
no third-party code, no documentation and examples. This is that choice in few rules, the same for all projects.
"""

from __future__ import annotations

import re

LANGUAGES = frozenset(
    """
    S as asm asp aspx awk bat bats c cc clj cljc cljs cljx cls cmake cmd coffee cp cpp cr cs cson
    css cu cxx d dart dpr e ec eex ejs el elm epp erb erl ex exs f f77 f90 f95 feature fish for fs
    fsx gemspec go groovy gyp gypi h haml handlebars hbs hh hpp hrl hs htm html hxx idl iml inl ino
    ipp jade jake java jl js jsm jsp jsx kt l less lhs lisp ls lua m m4 mak mk ml mli mm monkey
    mustache nim nix nsi nut p6 pas php php3 php4 php5 phps phpt phtml pl plx pm pod pp pro ps1 psm1
    pxd pxi py pyi pyt pyw pyx r rake rb rbw rbx rkt rl rs ru s sass scala scm scpt scss sed sh slim
    sql ss st styl sv swift t tcl tea tex thor tm tpl ts twig v vala vb vbs vhd vim watchr wsgi
    xhtml xsl xslt y yy zsh
    """.split()  # noqa: SIM905
)
NAMES = frozenset(
    """
    .vimrc Appraisals Buildfile CMakeLists.txt Cakefile Capfile Dockerfile GNUmakefile Gemfile
    Guardfile Jakefile Makefile Podfile Puppetfile Rakefile SConstruct Thorfile makefile rakefile
    wscript
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
    r"^docs?/|^man/|(^|/)([Ee]xamples?|[Ss]amples?|[Dd]emos?|[Dd]ocumentation|javadoc)/"
    r"|(^|/)(CONTRIBUTING|COPYING|INSTALL|LICEN[CS]E|README)(\.|$)"
)


def written(path: str) -> bool:
    if OTHERS.search(path) or LIBRARIES.search(path) or ABOUT.search(path):
        return False
    name = path.rsplit("/", 1)[-1]
    return name in NAMES or ("." in name[1:] and name.rsplit(".", 1)[-1] in LANGUAGES)
