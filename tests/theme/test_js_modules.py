from __future__ import annotations

import pytest

from credsite.theme.assets import load_assets
from credsite.theme.loader import ThemeError
from tests.theme.conftest import LoadTheme, MakeTheme, content_hash


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
