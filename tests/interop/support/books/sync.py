"""Brings the offices to Radicale and Xandikos by vdirsyncer with the configuration of the examples.

    sync.py OFFICEDIR DIRECTORY.json PLACE

A second sync has to change nothing, a changed phone one card; what is changed on the server is undone.
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

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
EXAMPLE = HERE.parents[3] / "examples/vdirsyncer/config"
AUTHORIZATION = "Basic b2ZmaWNlczpvZmZpY2Vz"  # offices:offices


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
        log = open(self.place / "server.txt", "wb")
        (self.place / "store").mkdir()
        self.server = subprocess.Popen(command(self.place / "store", port), stdout=log, stderr=log)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit(f"{name} does not start: {(self.place / 'server.txt').read_text()}")

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
        touched = len(re.findall(r"(?:Copying|Deleting|Reverting)", said))
        return before, after, changed, touched


def compared(bench, found):
    """Whether the server's cards are those of the directory, in its order, by vobject."""
    directory = bench.place / "directory.json"
    order = [office["id"] for office in json.loads(directory.read_text("utf8"))["offices"]]
    sent = [(bench.place / f"out/offices/{name}.vcf").read_bytes() for name in order]
    uids = [re.search(rb"^UID:(\S+)", card, re.M)[1] for card in sent]
    by_uid = {re.search(rb"^UID:(\S+)", body, re.M)[1]: body for _, body in found.values()}
    assert len(by_uid) == len(found) == len(order), (len(by_uid), len(found), len(order))
    path = bench.place / "server.vcf"
    path.write_bytes(b"".join(by_uid[uid].rstrip(b"\r\n") + b"\r\n" for uid in uids))
    records = subprocess.run([sys.executable, HERE / "read_vobject.py", path], check=True, capture_output=True)
    (bench.place / "records.jsonl").write_bytes(records.stdout)
    arguments = [directory, "3.0", bench.name, bench.place / "records.jsonl"]
    subprocess.run([sys.executable, HERE / "compare.py", *arguments], check=True)


def run(bench):
    directory = bench.place / "directory.json"
    bench.export()
    bench.vdirsyncer("discover")
    count = len(json.loads(directory.read_text("utf8"))["offices"])
    _, found, changed, touched = bench.sync()
    assert len(changed) == touched == len(found) == count, (len(changed), touched, count)
    compared(bench, found)

    bench.export()
    _, _, changed, touched = bench.sync()
    assert (changed, touched) == ([], 0), (changed, touched)

    text = directory.read_text("utf8")
    assert text.count('"+4922897629900"') == 1
    directory.write_text(text.replace('"+4922897629900"', '"+4922897629999"'), "utf8")
    bench.export()
    before, after, changed, touched = bench.sync()
    assert len(changed) == touched == 1, (changed, touched)
    assert b"+4922897629900" in before[changed[0]][1] and b"+4922897629999" in after[changed[0]][1]
    compared(bench, after)

    href, (tag, body) = changed[0], after[changed[0]]
    origin = re.match(r"https?://[^/]+", bench.collection)[0]
    spoiled = body.replace(b"+4922897629999", b"+1")
    headers = {"If-Match": tag, "Content-Type": "text/vcard"}
    request("PUT", origin + href, spoiled, **headers)
    bench.vdirsyncer("sync")  # finds that it cannot take the change; the next one undoes it
    _, undone, _, _ = bench.sync()
    compared(bench, undone)
    print(f"{bench.name}: {count} cards brought; a second sync changed 0, after a changed phone 1; undone: 1")


def main(officedir, directory, place):
    for name in SERVERS:
        bench = Bench(os.path.abspath(officedir), directory, os.path.abspath(place), name)
        try:
            run(bench)
        finally:
            bench.server.terminate()
            bench.server.wait()


main(*sys.argv[1:])
