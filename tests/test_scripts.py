"""Scripts in one file: run in Node, beside the modules that they are made of."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rjsmin import jsmin
from search_corpus import ASSETS, LUNR_JS

from sitegen.problems import SitegenError
from sitegen.scripts import is_search_module, lunr_js, page_scripts, search_app
from sitegen.scripts.library import called_part
from sitegen.scripts.names import with_short_names

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = {
    "assets/search-view.js": """// What is seen.
import { double, TABLE } from "./search-words.js";
import {
  Counter,
} from "./search-count.js";

/** A comment that goes. */
export function view(words) {
  const counter = new Counter();
  for (const word of words) counter.add(double(word));
  return `${counter.total} of "${TABLE[0]}" // not a comment\n  /* nor this */`;
}

export async function later() {
  return view(["x"]) / 2;
}
""",
    "assets/search-words.js": """const SLASH = /[/"'`]+/gu;
export const TABLE = ["a/b", 'c"d'];
export function double(word) {
  return word.replace(SLASH, "") + word;
}
export { SLASH };
""",
    "assets/search-count.js": """export class Counter {
  #total = 0;
  add(word) {
    this.#total += word.length
  }
  get total() {
    return this.#total
  }
}
""",
}
ENTRY = 'const { view, later } = await import("./search-app.js");'
ASK = 'import(process.argv[1]).then(async (m) => console.log(JSON.stringify([Object.keys(m), m.view(["ab", "c/"])])))'


def node(script: str, *arguments: str) -> Any:
    done = subprocess.run(["node", "-e", script, *arguments], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def write(folder: Path, scripts: Mapping[str, str | bytes]) -> None:
    (folder / "assets").mkdir(parents=True)
    (folder / "package.json").write_text('{"type": "module"}')
    for path, text in scripts.items():
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_one_file_does_what_its_modules_do_and_exports_what_the_page_asks_for(tmp_path: Path) -> None:
    app = search_app(MODULES, ENTRY)
    write(tmp_path / "one", {app.path: app.body})
    write(tmp_path / "many", MODULES)
    exports, words = node(ASK, str(tmp_path / "one/assets/search-app.js"))
    assert exports == ["later", "view"]
    assert words == '7 of "a/b" // not a comment\n  /* nor this */'
    assert [sorted(exports), words] == node(ASK, str(tmp_path / "many/assets/search-view.js"))
    assert b"comment that goes" not in app.body
    assert app.body == search_app(dict(reversed(MODULES.items())), ENTRY).body


def test_the_searchs_own_modules_make_one_file_that_runs(tmp_path: Path) -> None:
    modules = {f"assets/{path.name}": path.read_text("utf-8") for path in ASSETS.glob("search-*.js")}
    assert all(map(is_search_module, modules))
    app = search_app(modules, (ASSETS / "search.js").read_text("utf-8"))
    write(tmp_path / "site", {app.path: app.body})
    exports = node(
        "import(process.argv[1]).then((m) => console.log(JSON.stringify(Object.keys(m))))",
        str(tmp_path / "site/assets/search-app.js"),
    )
    assert {"SearchClient", "attachBox", "attachPage"} <= set(exports)


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        pytest.param(
            {"assets/search-a.js": "const SIZE = 1;\n", "assets/search-b.js": "let SIZE = 2;\n"},
            "assets/search-a.js and assets/search-b.js both declare SIZE at their top level",
            id="one name in two modules",
        ),
        pytest.param(
            {"assets/search-a.js": "async function f() {}\n", "assets/search-b.js": "export class f {}\n"},
            "assets/search-a.js and assets/search-b.js both declare f at their top level",
            id="whatever is declared",
        ),
        pytest.param(
            {"assets/search-a.js": "const { x, y } = {};\n", "assets/search-b.js": "export function y() {}\n"},
            "assets/search-a.js and assets/search-b.js both declare y at their top level",
            id="taken from an object",
        ),
        pytest.param(
            {"assets/search-a.js": 'import { x } from "./search-b.js";\n', "assets/search-b.js": "const x = 1;\n"},
            "assets/search-a.js imports x from assets/search-b.js, which does not export it",
            id="not exported",
        ),
        pytest.param(
            {"assets/search-a.js": 'import { x } from "./search-c.js";\n'},
            "assets/search-a.js imports x from assets/search-c.js, which does not export it",
            id="no such module",
        ),
        pytest.param(
            {
                "assets/search-a.js": 'import { y } from "./search-b.js";\nexport class x {}\n',
                "assets/search-b.js": 'import { x } from "./search-a.js";\nexport class y {}\n',
            },
            "assets/search-a.js imports from assets/search-b.js imports from assets/search-a.js: a circle",
            id="in a circle",
        ),
        pytest.param(
            {"assets/search-a.js": 'import * as all from "./search-b.js";\n'},
            "assets/search-a.js: 'import * as all from \"./search-b.js\";' cannot be put into one file",
            id="a form that is not understood",
        ),
        pytest.param(
            {"assets/search-a.js": "export default class {}\n"},
            "assets/search-a.js: 'export default class {}' cannot be put into one file",
            id="nor this one",
        ),
    ],
)
def test_what_cannot_be_one_file_is_said(modules: dict[str, str], words: str) -> None:
    with pytest.raises(SitegenError) as caught:
        search_app(modules, "x y")
    assert caught.value.message.startswith(words)


STOCK = LUNR_JS.read_text("utf-8")


def test_lunr_js_is_small_and_keeps_its_licence_and_its_answers(tmp_path: Path) -> None:
    small = lunr_js()
    head = STOCK[: STOCK.index("*/") + 2].encode()
    assert b"@license MIT" in head
    assert small.body.startswith(head)
    assert len(small.body) < len(STOCK) / 5
    (tmp_path / "small.cjs").write_bytes(small.body)
    ask = """const lunr = require(process.argv[1]);
    const typed = ["model", "gener*", "surveey~1 ~2", "+way -model", "t:study^3", "t:", "u:x", "a\\\\:b*c"];
    const parsed = (text) => {
      try { return new lunr.QueryParser(text, new lunr.Query(["t", "s"])).parse().clauses } catch (error) {
        if (!(error instanceof lunr.QueryParseError)) throw error;
        return [error.message, error.start, error.end];
      }
    };
    const words = "generalised models of surveys the relational databases, studied happily caresses ponies".split(" ");
    const stems = words.map((word) => new lunr.Token(word)).map((token) =>
      `${lunr.stopWordFilter(token)} ${lunr.stemmer(token)}`);
    const set = lunr.TokenSet.fromArray([...words].sort());
    const near = ["*s", "su*", "models", "m*l*"].map((term) => lunr.TokenSet.fromString(term))
      .concat(lunr.TokenSet.fromFuzzyString("pones", 2), lunr.TokenSet.fromClause({ term: "teh", editDistance: 2 }))
      .map((other) => set.intersect(other).toArray());
    console.log(JSON.stringify([typed.map(parsed), stems, near, lunr.Query.presence, lunr.version]));
    """
    answers = node(ask, str(tmp_path / "small.cjs"))
    assert answers == node(ask, str(LUNR_JS))
    assert all(answers[2])


def test_all_of_lunr_js_with_short_names_still_builds_and_searches(tmp_path: Path) -> None:
    (tmp_path / "short.cjs").write_text(with_short_names(jsmin(STOCK)))
    ask = """const lunr = require(process.argv[1]);
    const index = lunr(function () {
      this.field("t");
      ["generalised models of surveys", "a model's way", "relational databases, studied"].forEach((t, id) =>
        this.add({ t, id }));
    });
    const asked = ["model", "gener*", "surveey~1", "+way -model", "t:study^3", "t:"];
    const answer = (query) => { try { return index.search(query) } catch (error) { return `${error}` } };
    console.log(JSON.stringify([asked.map(answer), index, lunr.Index.load(index.toJSON()).search("model")]));
    """
    assert node(ask, str(tmp_path / "short.cjs")) == node(ask, str(LUNR_JS))


@pytest.mark.parametrize(
    ("found", "put", "words"),
    [
        ('lunr.version = "2.3.9"', 'lunr.version = "2.4.0"', "it is not version 2.3.9"),
        ("lunr.Vector", "lunr.Arrow", "it has no lunr.Vector"),
        (
            "lunr.Query.prototype.isNegated =",
            "lunr.Query.made = lunr.Vector\nlunr.x =",
            "lunr.Vector is needed by what",
        ),
    ],
)
def test_another_lunr_js_than_the_expected_one_is_refused(found: str, put: str, words: str) -> None:
    assert found in STOCK
    with pytest.raises(SitegenError) as caught:
        called_part(STOCK.replace(found, put))
    assert caught.value.message.startswith(f"the lunr.js of the installed MkDocs is strange: {words}")


SCOPES = Path(__file__).parent / "scopes.mjs"


def test_short_names_mean_what_the_long_ones_meant_in_every_scope(tmp_path: Path) -> None:
    short = with_short_names(jsmin(SCOPES.read_text("utf-8")))
    (tmp_path / "short.mjs").write_text(short)
    truth = node("import(process.argv[1])", str(SCOPES))
    assert len(truth) == 29
    assert node("import(process.argv[1])", str(tmp_path / "short.mjs")) == truth
    for gone in ("shadows", "recurring", "hoisted", "Derived", "#hidden", "adder", "swapped,"):
        assert gone not in short, gone
    assert "Math.max" in short


def test_what_is_superfluous_goes_and_nothing_else() -> None:
    assert with_short_names("f((x)=>{g(x);h(x);},[1,],{a:1,},(y,z)=>y,async(z)=>z,()=>{return(q)=>q},[,],[,,]);") == (
        "f(e=>{g(e);h(e)},[1],{a:1},(e,t)=>e,async e=>e,()=>{return e=>e},[,],[,,]);"
    )


def test_a_script_that_is_no_javascript_is_said_with_its_line() -> None:
    with pytest.raises(SitegenError) as caught:
        with_short_names("const a = 1;\nconst b = = 2;\n")
    assert caught.value.message.startswith("a script of the search is no JavaScript: line 2: ")


PARTS = {
    "assets/page.js": 'import "./one.js";\nimport "./two.js";\n\n// The rest.\nglobalThis.said.push("page");\n',
    "assets/one.js": 'const kept = "one";\nfunction say() {\n  globalThis.said = [kept];\n}\nsay();\n',
    "assets/two.js": """let kept = "two";
export function say(words) {
  globalThis.said.push(words ?? kept);
  return globalThis.said;
}
say();
""",
    "assets/other.js": 'import { say } from "./two.js";\n\nconsole.log(JSON.stringify(say("other")));\n',
}


def test_the_script_of_every_page_has_its_parts_in_it_and_runs_them_once_in_their_order(tmp_path: Path) -> None:
    published = {output.path: output.body for output in page_scripts(PARTS)}
    assert sorted(published) == ["assets/other.js", "assets/page.js"]
    for folder, scripts in (("one", published), ("many", PARTS)):
        write(tmp_path / folder, scripts)
        addresses = [(tmp_path / folder / f"assets/{name}.js").as_uri() for name in ("page", "other")]
        said = node("import(process.argv[1]).then(() => import(process.argv[2]))", *addresses)
        assert said == ["one", "two", "page", "other"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'import { a } from "./two.js";\n',
            "assets/one.js imports from assets/two.js, and is a part of assets/page.js",
        ),
        ("export let say;\n", "assets/one.js and assets/two.js both declare say at their top level"),
        ('export * from "./two.js";\n', "cannot be put into one file with other modules"),
    ],
)
def test_what_cannot_be_a_part_of_the_script_of_every_page_is_said(text: str, words: str) -> None:
    with pytest.raises(SitegenError) as caught:
        list(page_scripts(PARTS | {"assets/one.js": text}))
    assert words in caught.value.message


def test_the_script_of_every_page_asks_for_what_the_app_exports() -> None:
    sources = {f"assets/{path.name}": path.read_text("utf-8") for path in ASSETS.glob("*.js")}
    page = next(output for output in page_scripts(sources) if output.path == "assets/page.js").body.decode()
    assert 'import("./search-app.js")' in page
    assert "attachBox:" in page
    assert ".SearchClient(" in page
    assert "// " not in page
