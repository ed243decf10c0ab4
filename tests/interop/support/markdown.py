"""Links of the Markdown, as several readers see them.

    markdown.py make ALL.json                       offices with addresses made at random
    markdown.py judge ALL.json FINDINGS OUT.json    those without a finding
    markdown.py compare DIRECTORY.json FILE.md PAGE.html      PAGE is what marked makes of FILE
"""

import json
import random
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import comrak

COUNT = 1_500


def made():
    rng = random.Random(17)
    atoms = "ab1._-+*~`|{}!#$%&'/=?^"
    quoted = atoms + "\"\\<>()[],:;@"
    path = "ab1/._-~*'()!$&,;=:@%[]?#|^`\"<>\\"

    def text(letters, most):
        return "".join(rng.choice(letters) for _ in range(rng.randint(1, most)))

    for at in range(COUNT):
        local = text(atoms, 12) if at % 3 else f'"{text(quoted, 10)}"'
        host = rng.choice(["example.org", "a-b.example.org", "EXAMPLE.org", "[127.0.0.1]", "xn--bcher-kva.example"])
        url = rng.choice(["https://example.org/", "http://www.example.org/", "https://example.org:8080/?"])
        tail = rng.choice([text(path, 12), "?a=b&copy;=c&lt=d", "*a*_b_*", "a_b_c", "%2A%5B", "(a)b)", "~~a~~"])
        yield {"id": f"office-{at}", "name": f"Office {at}", "kind": "office", "emails": [f"{local}@{host}"],
               "websites": [{"url": url + tail}]}


def links(page):
    """Where its links go, without percent-encoding: readers encode different characters."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag == "a":
                found.append(unquote(dict(attributes)["href"]))

    Reader(convert_charrefs=True).feed(page)
    return found


def emails(office):
    return [(it, False) if isinstance(it, str) else (it["address"], "label" in it) for it in office.get("emails", [])]


def phones(office):
    lines = [it for it in office.get("phones", []) if it["type"] != "fax"]
    return [(it["number"], "label" in it) for it in lines]


def wanted(directory):
    """The website of the organisation, the row of each office, then what stands below the table."""
    website = directory["organization"].get("website")
    if website:
        yield website
    # The first without a label, else the first.
    for office in directory["offices"]:
        for scheme, values in [("tel:", phones(office)), ("mailto:", emails(office))]:
            if values:
                yield scheme + min(values, key=lambda it: it[1])[0]
        yield from (it["url"] for it in office.get("websites", [])[:1])
    for office in directory["offices"]:
        if "coordinates" in office:
            # Made by the program of two numbers; that there is a link is enough.
            yield None
        yield from ("tel:" + number for number, _ in phones(office))
        yield from ("mailto:" + address for address, _ in emails(office))
        for member in ["contact_forms", "websites"]:
            yield from (it["url"] for it in office.get(member, []))


def compare(directory, markdown, page):
    # Of a URL, as of what the readers have; an e-mail address has no encoding itself.
    want = [unquote(link) if link and link.startswith("http") else link for link in wanted(directory)]
    pages = {
        "cmark-gfm": cmarkgfm.github_flavored_markdown_to_html(markdown),
        "comrak": comrak.render_markdown(markdown, gfm()),
        "marked": page,
    }
    for reader, html in pages.items():
        found = links(html)
        for link, other in zip(want, found):
            if link != other and not (link is None and other.startswith("https://www.openstreetmap.org/")):
                raise SystemExit(f"{reader}: a link to {other!r} instead of {link!r}")
        if len(found) != len(want):
            raise SystemExit(f"{reader}: {len(found)} links instead of {len(want)}: {found[len(want):][:3]}")
    print(f"{len(want)} links go where they should in {', '.join(pages)}")


def gfm():
    options = comrak.ExtensionOptions()
    options.autolink = options.table = options.strikethrough = options.tasklist = True
    return options


def read(path):
    return json.loads(Path(path).read_text("utf8"))


def main(mode, *paths):
    if mode == "make":
        directory = {"organization": {"name": "Example"}, "offices": list(made())}
        Path(paths[0]).write_text(json.dumps(directory), "utf8")
    elif mode == "judge":
        directory, findings = read(paths[0]), read(paths[1])
        wrong = {it["pointer"].split("/")[2] for it in findings["findings"] if it["severity"] == "error"}
        directory["offices"] = [it for at, it in enumerate(directory["offices"]) if str(at) not in wrong]
        assert len(directory["offices"]) > COUNT // 4, len(directory["offices"])
        Path(paths[2]).write_text(json.dumps(directory), "utf8")
    else:
        compare(read(paths[0]), Path(paths[1]).read_text("utf8"), Path(paths[2]).read_text("utf8"))


main(*sys.argv[1:])
