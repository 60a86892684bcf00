"""The assets of a theme: hashed names, and the references to them in stylesheets and scripts."""

from __future__ import annotations

import re

import pytest

from credsite.theme.assets import load_assets
from credsite.theme.loader import ThemeError
from tests.theme.conftest import LoadTheme, MakeTheme, content_hash


def test_names_carry_the_content_and_the_folder(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme(
        "plain",
        files={"assets/images/hero.svg": "<svg/>", "assets/app.min.js": "1", "assets/x.y/LICENCE": "free"},
    )
    assets = load_assets(load("plain"))
    assert assets.output_path("images/hero.svg") == f"assets/images/hero.{content_hash('<svg/>')}.svg"
    assert assets.output_path("app.min.js") == f"assets/app.min.{content_hash('1')}.js"
    assert assets.output_path("x.y/LICENCE") == f"assets/x.y/LICENCE.{content_hash('free')}"
    assert {file.path: file.data for file in assets.files}[assets.output_path("images/hero.svg")] == b"<svg/>"
    assert [file.path for file in assets.files] == sorted(file.path for file in assets.files)


def test_readme_files_of_a_theme_are_not_published(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme(
        "plain", files={"assets/js/README.md": "# Notes", "assets/README.md": "", "assets/README": "1"}
    )
    assert set(load_assets(load("plain")).output_paths) == {"README", "site.css"}


def test_stylesheets_are_joined_in_order_into_one_file(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/css/a.css": "a{}", "assets/css/b.css": "\ufeffb{}\r\n", "assets/css/alone.css": "c{}\n"}
    make_theme("plain", "stylesheets: [css/b.css, css/a.css]", files)
    assets = load_assets(load("plain"))
    assert {file.path: file.data for file in assets.files} == {
        f"assets/site.{content_hash('b{}' + chr(10) + 'a{}' + chr(10))}.css": b"b{}\na{}\n",
        f"assets/css/alone.{content_hash('c{}' + chr(10))}.css": b"c{}\n",
    }
    assert assets.output_path("site.css").startswith("assets/site.")


def test_a_child_replaces_its_parents_stylesheet_in_place(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/css/tokens.css": "old{}", "assets/css/base.css": "base{}"}
    make_theme("parent", "stylesheets: [css/tokens.css, css/base.css]", files)
    make_theme("child", "extends: parent", {"assets/css/tokens.css": "new{}"})
    assets = load_assets(load("child"))
    assert [file.data for file in assets.files] == [b"new{}\nbase{}\n"]


def test_the_name_of_the_joined_stylesheet_is_taken(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/site.css": ""})
    with pytest.raises(ThemeError, match="another name"):
        load_assets(load("plain"))


def test_a_theme_may_call_its_only_stylesheet_site_css(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", "stylesheets: [site.css]", {"assets/site.css": "a{}\n"})
    assert [file.data for file in load_assets(load("plain")).files] == [b"a{}\n"]


def test_a_changed_theme_has_changed_assets(make_theme: MakeTheme, load: LoadTheme) -> None:
    folder = make_theme("plain", files={"assets/a.txt": "1"})
    before = load_assets(load("plain"))
    (folder / "assets/a.txt").write_text("2")
    assert load_assets(load("plain")).output_path("a.txt") != before.output_path("a.txt")


def test_an_unknown_asset_is_a_plain_sentence(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/icons.svg": ""})
    with pytest.raises(LookupError, match=r"no asset `icon\.svg`\. Did you mean `icons\.svg`\?"):
        load_assets(load("plain")).output_path("icon.svg")


def test_references_lead_to_the_hashed_names(make_theme: MakeTheme, load: LoadTheme) -> None:
    css = """a{background:url(../images/a.svg)} b{background:URL( "../images/a b.svg#icon?" )}
    c{background:url('../images/a%20b.svg')} d{background:url(data:image/png;base64,AA==)}
    e{background:url("https://x.example/y.png")} f{mask:url(#mask)} /* url(missing.svg) @import */
    g{content:"url(missing.svg)"}"""
    files = {
        "assets/css/a.css": css,
        "assets/css/alone.css": css,
        "assets/images/a.svg": "1",
        "assets/images/a b.svg": "2",
    }
    make_theme("plain", "stylesheets: [css/a.css]", files)
    assets = load_assets(load("plain"))
    data = {file.path: file.data.decode() for file in assets.files}
    joined = data[assets.output_path("site.css")]
    assert re.findall(r"background:(\S*)}", joined) == [
        f'url("images/a.{content_hash("1")}.svg")',
        f'url("images/a%20b.{content_hash("2")}.svg#icon?")',
        f'url("images/a%20b.{content_hash("2")}.svg")',
        "url(data:image/png;base64,AA==)",
        'url("https://x.example/y.png")',
    ]
    assert joined[joined.index("f{") :] == css[css.index("f{") :] + "\n"
    assert f'url("../images/a.{content_hash("1")}.svg")' in data[assets.output_path("css/alone.css")]


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("\na{mask:url(../images/hera.svg)}", "no asset `images/hera.svg`. Did you mean `images/hero.svg`?"),
        ("\na{mask:url(/images/hero.svg)}", "begins with a slash"),
        ("\na{mask:url(../../../etc/passwd)}", "no asset"),
        ("/*\n*/@import url(b.css);", "List the stylesheet"),
    ],
)
def test_a_reference_that_cannot_work_is_named_with_its_line(
    make_theme: MakeTheme, load: LoadTheme, css: str, words: str
) -> None:
    files = {"assets/css/a.css": css, "assets/images/hero.svg": ""}
    folder = make_theme("plain", "stylesheets: [css/a.css]", files)
    with pytest.raises(ThemeError) as caught:
        load_assets(load("plain"))
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (folder / "assets/css/a.css", 2)


def test_a_stylesheet_that_is_not_utf8(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", "stylesheets: [a.css]", {"assets/a.css": b"\xff"})
    with pytest.raises(ThemeError, match="UTF-8"):
        load_assets(load("plain"))


def test_imports_lead_to_the_hashed_names_of_what_they_import(make_theme: MakeTheme, load: LoadTheme) -> None:
    script = """\
import "./a.js";
import { b } from '../lib/b.js';
export * from "./a.js"; // import "./missing.js"
/* import "./missing.js" */
const later = () => import("./a.js"), also = import(/* soon */ './c d.js?x=1#y');
const worker = new Worker(new URL("./w.js", import.meta.url), { type: "module" });
const picture = new URL("../images/a.svg", import.meta.url);
const other = new URL("./missing.js", location.href), list = Array.from("./missing.js");
const text = 'import "./missing.js"', quoted = /["']import ".\\/missing.js"/, made = `import "./missing.js" ${text}`;
import far from "https://x.example/far.js";
"""
    files = {
        "assets/js/main.js": script,
        "assets/js/a.js": "1",
        "assets/js/c d.js": "2",
        "assets/js/w.js": "3",
        "assets/lib/b.js": '\ufeffimport "../js/a.js";\r\n',
        "assets/images/a.svg": "<svg/>",
    }
    make_theme("plain", files=files)
    assets = load_assets(load("plain"))
    data = {file.path: file.data.decode() for file in assets.files}
    lib = f'import "../js/a.{content_hash("1")}.js";\n'
    assert data[assets.output_path("lib/b.js")] == lib
    assert assets.output_path("lib/b.js") == f"assets/lib/b.{content_hash(lib)}.js"
    assert data[assets.output_path("js/main.js")] == (
        script.replace('import "./a.js"', f'import "./a.{content_hash("1")}.js"')
        .replace('from "./a.js"', f'from "./a.{content_hash("1")}.js"')
        .replace('import("./a.js")', f'import("./a.{content_hash("1")}.js")')
        .replace("../lib/b.js", f"../lib/b.{content_hash(lib)}.js")
        .replace("./c d.js", f"./c%20d.{content_hash('2')}.js")
        .replace("./w.js", f"./w.{content_hash('3')}.js")
        .replace("../images/a.svg", f"../images/a.{content_hash('<svg/>')}.svg")
    )


def test_a_script_that_preloads_a_module_is_told_what_the_module_imports(
    make_theme: MakeTheme, load: LoadTheme
) -> None:
    files = {
        "assets/early.js": 'preloadModules("./js/main.js");',
        "assets/js/main.js": 'import "./a.js"; import("./d.js")',
        "assets/js/a.js": 'import "../b.js"',
        "assets/b.js": "1",
        "assets/js/d.js": "2",
    }
    make_theme("plain", files=files)
    assets = load_assets(load("plain"))
    data = {file.path: file.data.decode() for file in assets.files}
    main, a, b = (
        assets.output_path(name).removeprefix("assets/") for name in ("js/main.js", "js/a.js", "b.js")
    )
    assert data[assets.output_path("early.js")] == f'preloadModules("./{main}", "./{a}", "./{b}");'


def test_a_script_changes_its_name_when_something_far_below_it_changes(
    make_theme: MakeTheme, load: LoadTheme
) -> None:
    files = {
        "assets/a.js": 'import("./b.js")',
        "assets/b.js": 'import "./c.js"',
        "assets/c.js": 'new URL("./d.svg", import.meta.url)',
        "assets/d.svg": "1",
    }
    folder = make_theme("plain", files=files)
    before = load_assets(load("plain")).output_paths
    (folder / "assets/d.svg").write_text("2")
    after = load_assets(load("plain")).output_paths
    assert [name for name in before if before[name] == after[name]] == ["site.css"]


def test_what_a_module_needs_before_it_starts(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {
        "assets/a.js": 'import "./b.js"; import "./c.js"; import("./later.js")',
        "assets/b.js": 'import "./d.js"; import "./c.js"',
        "assets/c.js": 'new URL("./later.js", import.meta.url)',
        "assets/d.js": "",
        "assets/later.js": "",
    }
    make_theme("plain", files=files)
    assets = load_assets(load("plain"))
    assert assets.imports["a.js"] == ("b.js", "c.js", "d.js")
    assert assets.imports["later.js"] == ()


def test_a_child_replaces_one_module_of_its_parent(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("parent", files={"assets/a.js": 'import "./b.js"', "assets/b.js": "old"})
    make_theme("child", "extends: parent", {"assets/b.js": "new"})
    assets = load_assets(load("child"))
    data = {file.path: file.data.decode() for file in assets.files}
    assert data[assets.output_path("a.js")] == f'import "./b.{content_hash("new")}.js"'


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('\nimport "./helo.js"', "no asset `js/helo.js`. Did you mean `js/hello.js`?"),
        ('\nexport {} from "../../secret.js"', "no asset `../secret.js`"),
        ('\nimport(\n"hello.js")', "with `./` in front"),
        ('\nimport "/hello.js"', "with `./` in front"),
        ('\nnew URL("./", import.meta.url)', "no asset `js`"),
        ('\nimport "./a.js"', "a circle: js/a.js imports js/a.js."),
        ('/*\n*/import("./there.js")', "a circle: js/a.js imports js/there.js imports js/a.js."),
    ],
)
def test_an_import_that_cannot_work_is_named_with_its_line(
    make_theme: MakeTheme, load: LoadTheme, script: str, words: str
) -> None:
    files = {"assets/js/a.js": script, "assets/js/hello.js": "", "assets/js/there.js": 'import "./a.js"'}
    folder = make_theme("plain", files=files)
    with pytest.raises(ThemeError) as caught:
        load_assets(load("plain"))
    assert words in caught.value.message
    if "there" in words:
        # The circle is closed where the second script comes back to the first.
        assert (caught.value.path, caught.value.line) == (folder / "assets/js/there.js", 1)
    else:
        line = 3 if "import(" in script else 2
        assert (caught.value.path, caught.value.line) == (folder / "assets/js/a.js", line)


def test_a_script_that_is_not_utf8(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/a.js": b"\xff"})
    with pytest.raises(ThemeError, match="UTF-8"):
        load_assets(load("plain"))


@pytest.mark.parametrize("name", ["con.txt", "a\\b.svg", "what?.png", f"{'x' * 235}.svg", "aux/a.svg"])
def test_a_file_that_cannot_be_published_under_its_name(
    make_theme: MakeTheme, load: LoadTheme, name: str
) -> None:
    make_theme("plain", files={f"assets/{name}": "1"})
    with pytest.raises(ThemeError, match="cannot be published under its name") as caught:
        load_assets(load("plain"))
    assert caught.value.path is not None
    assert caught.value.path.as_posix().endswith(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("logo.svg", "Logo.svg"),
        ("img/a.svg", "Img/b.svg"),
        ("caf\xe9.svg", "cafe\u0301.svg"),
        ("a/b", "A/c/d"),
    ],
)
def test_names_that_some_computers_take_for_one(
    make_theme: MakeTheme, load: LoadTheme, one: str, other: str
) -> None:
    make_theme("plain", files={f"assets/{one}": "1", f"assets/{other}": "1"})
    with pytest.raises(ThemeError, match="keep only one") as caught:
        load_assets(load("plain"))
    assert caught.value.path is not None


def test_names_that_their_content_tells_apart(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/logo.svg": "1", "assets/Logo.svg": "2"})
    assert len(load_assets(load("plain")).files) == 3
