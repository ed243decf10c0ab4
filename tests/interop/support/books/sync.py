"""Brings the offices to Radicale and Xandikos by vdirsyncer with the configuration of the examples.

    sync.py OFFICEDIR DIRECTORY.json PLACE

A second sync has to change nothing, a changed phone one card; what people have on the server stays.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from expect import load

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
EXAMPLE = HERE.parents[3] / "examples/vdirsyncer/config"
AUTHORIZATION = "Basic b2ZmaWNlczpvZmZpY2Vz"  # offices:offices
CONTACT = b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:%s\r\nN:Doe;Jo;;;\r\nFN:Jo Doe\r\nEND:VCARD\r\n"
BOOK = b"""<D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:set><D:prop>
<D:resourcetype><D:collection/><C:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>"""


def radicale(folder, port):
    options = [f"--server-hosts=127.0.0.1:{port}", f"--storage-filesystem-folder={folder}", "--auth-type=none"]
    return [BIN / "radicale", "--config=", *options]


def xandikos(folder, port):
    options = ["--defaults", "--current-user-principal=/offices/", "--listen-address=127.0.0.1", f"--port={port}"]
    return [BIN / "xandikos", "serve", f"--directory={folder}", *options]


SERVERS = {"radicale": (radicale, "/offices/offices/"), "xandikos": (xandikos, "/offices/contacts/offices/")}


def request(method, url, body=None, **headers):
    headers = {"Authorization": AUTHORIZATION, **headers}
    made = urllib.request.Request(url, method=method, data=body, headers=headers)
    with urllib.request.urlopen(made, timeout=30) as answer:
        return answer.read()


def cards(collection):
    """The cards of a collection: address to entity tag and bytes."""
    listing = ElementTree.fromstring(request("PROPFIND", collection, Depth="1"))
    origin = re.match(r"https?://[^/]+", collection)[0]
    found = {}
    for response in listing.iter("{DAV:}response"):
        href = response.find("{DAV:}href").text
        tag = response.find(".//{DAV:}getetag")
        if not href.endswith("/"):
            found[href] = (tag.text, request("GET", origin + href))
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(command, port, log):
    """The server, when it answers."""
    with open(log, "wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out)
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.kill()
    raise SystemExit(f"{command[0]} does not start: {log.read_text()}")


class Bench:
    def __init__(self, officedir, directory, place, name):
        self.officedir, self.name = officedir, name
        self.place = Path(place) / name
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        shutil.copy(directory, self.place / "directory.json")
        command, path = SERVERS[name]
        port = free_port()
        self.collection = f"http://127.0.0.1:{port}{path}"
        config = EXAMPLE.read_text("utf8")
        for old, new in [
            ("~/.local/share/vdirsyncer/officedir/", f"{self.place}/status/"),
            ("https://cloud.example.org/remote.php/dav/", f"http://127.0.0.1:{port}/"),
            ('"command", "secret-tool", "lookup", "service", "offices"', '"command", "echo", "offices"'),
        ]:
            assert config.count(old) == 1, old
            config = config.replace(old, new)
        (self.place / "config").write_text(config, "utf8")
        (self.place / "store").mkdir()
        self.server = started(command(self.place / "store", port), port, self.place / "server.txt")

    def export(self):
        command = [self.officedir, "export", "--to", "vcard:split=office", "--prune"]
        subprocess.run(command, cwd=self.place, check=True, capture_output=True)

    def vdirsyncer(self, *arguments):
        command = [BIN / "vdirsyncer", "--config", self.place / "config", *arguments]
        done = subprocess.run(command, cwd=self.place, input="y\ny\ny\n", text=True, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sync(self):
        """The cards before and after a sync, and how many items vdirsyncer says that it touched."""
        before = cards(self.collection)
        said = self.vdirsyncer("sync")
        after = cards(self.collection)
        changed = [href for href in before.keys() | after.keys() if before.get(href) != after.get(href)]
        touched = len(re.findall(r"(?:Copying|Deleting item|Reverting)", said))
        return before, after, changed, touched


def compared(directory, bodies, name, place):
    """Whether a server's cards are those of the directory, by vobject."""
    by_uid = {re.search(rb"^UID:(\S+)", body, re.M)[1].decode(): body for body in bodies}
    uids = [record["uid"] for record in load(directory, "3.0")]
    assert len(by_uid) == len(bodies) == len(uids), (len(by_uid), len(bodies), len(uids))
    path = place / "server.vcf"
    path.write_bytes(b"".join(by_uid[uid].rstrip(b"\r\n") + b"\r\n" for uid in uids))
    records = subprocess.run([sys.executable, HERE / "read_vobject.py", path], check=True, capture_output=True)
    (place / "records.jsonl").write_bytes(records.stdout)
    arguments = [directory, "3.0", name, place / "records.jsonl"]
    subprocess.run([sys.executable, HERE / "compare.py", *arguments], check=True)


def run(bench):
    directory = bench.place / "directory.json"
    bench.export()
    bench.vdirsyncer("discover")
    count = len(json.loads(directory.read_text("utf8"))["offices"])
    friends = bench.collection.removesuffix("offices/") + "friends/"
    request("MKCOL", friends, BOOK, **{"Content-Type": "application/xml"})
    request("PUT", friends + "jo.vcf", CONTACT % b"jo", **{"Content-Type": "text/vcard"})
    foreign = cards(friends)

    def compare(found):
        compared(directory, [body for _, body in found.values()], bench.name, bench.place)

    _, found, changed, touched = bench.sync()
    assert len(changed) == touched == len(found) == count, (len(changed), touched, count)
    compare(found)

    bench.export()
    _, _, changed, touched = bench.sync()
    assert (changed, touched) == ([], 0), (changed, touched)

    text = directory.read_text("utf8")
    assert text.count('"+4922897629900"') == 1
    directory.write_text(text.replace('"+4922897629900"', '"+4922897629999"'), "utf8")
    bench.export()
    before, after, changed, touched = bench.sync()
    assert len(changed) == touched == 1, (changed, touched)
    assert b"+49 228 97629900" in before[changed[0]][1] and b"+49 228 97629999" in after[changed[0]][1]
    compare(after)

    # What people change stays until the office does; a contact of theirs stays for ever.
    href, (tag, body) = changed[0], after[changed[0]]
    origin = re.match(r"https?://[^/]+", bench.collection)[0]
    spoiled = body.replace(b"+49 228 97629999", b"+1")
    request("PUT", origin + href, spoiled, **{"If-Match": tag, "Content-Type": "text/vcard"})
    request("PUT", bench.collection + "own.vcf", CONTACT % b"own", **{"Content-Type": "text/vcard"})
    _, after, changed, touched = bench.sync()
    assert (changed, touched) == ([], 0) and after[href][1] == spoiled, (changed, touched)
    [own] = [it for it in after if b"FN:Jo Doe" in after[it][1]]
    directory.write_text(text.replace('"+4922897629900"', '"+4922897629988"'), "utf8")
    bench.export()
    _, after, changed, _ = bench.sync()
    assert changed == [href] and b"+49 228 97629988" in after[href][1], changed
    compare({it: card for it, card in after.items() if it != own})

    # An office that is gone is gone from the server, and nobody else's contacts are touched.
    document = json.loads(directory.read_text("utf8"))
    del document["offices"][-1]
    directory.write_text(json.dumps(document), "utf8")
    bench.export()
    before, after, changed, touched = bench.sync()
    assert len(changed) == touched == len(before) - len(after) == 1, (changed, touched)
    assert after.pop(own)
    compare(after)
    assert cards(friends) == foreign
    print(f"{bench.name}: {count} cards brought; a second sync changed 0, after a changed phone 1; removed: 1")


def main(officedir, directory, place):
    for name in SERVERS:
        bench = Bench(os.path.abspath(officedir), directory, os.path.abspath(place), name)
        try:
            run(bench)
        finally:
            bench.server.terminate()
            bench.server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
