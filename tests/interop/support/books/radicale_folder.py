"""Exports into the storage of a running Radicale and looks at it as CardDAV clients do.

    radicale_folder.py OFFICEDIR DIRECTORY.json PLACE

A second export has to change nothing. A changed office and a removed one have to reach clients that ask what is new;
what people have put beside the offices has to stay.
"""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import sync

TARGET = "vcard:split=radicale,file=collection-root/offices/offices.vcf"
CHANGES = b"""<D:sync-collection xmlns:D="DAV:"><D:sync-token>%s</D:sync-token>
<D:prop><D:getetag/></D:prop></D:sync-collection>"""


class Folder:
    """A Radicale whose storage the offices are exported into."""

    def __init__(self, officedir, directory, place):
        self.officedir, self.place = officedir, Path(place)
        shutil.rmtree(self.place, ignore_errors=True)
        self.store = self.place / "store"
        self.store.mkdir(parents=True)
        self.directory = self.place / "directory.json"
        shutil.copy(directory, self.directory)
        port = sync.free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self.server = sync.started(sync.radicale(self.store, port), port, self.place / "server.txt")

    def export(self, *arguments):
        command = [self.officedir, "export", self.directory, "--out", self.store, "--to", TARGET, *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def put(self, path, body):
        sync.request("PUT", self.origin + path, body, **{"Content-Type": "text/vcard"})

    def cards(self, book="offices"):
        """The cards of an address book: name to bytes."""
        found = sync.cards(f"{self.origin}/offices/{book}/")
        return {href.rsplit("/", 1)[1]: body for href, (_, body) in found.items()}

    def changes(self, token=b""):
        """What is new since then: name to whether it is still there; and the token of now."""
        answer = sync.request("REPORT", f"{self.origin}/offices/offices/", CHANGES % token)
        listing = ElementTree.fromstring(answer)
        gone = "{DAV:}status"
        found = {
            it.find("{DAV:}href").text.rsplit("/", 1)[1]: it.find(gone) is None
            for it in listing.iter("{DAV:}response")
        }
        return found, listing.find("{DAV:}sync-token").text.encode()

    def change(self, change):
        directory = json.loads(self.directory.read_text("utf8"))
        change(directory["offices"])
        self.directory.write_text(json.dumps(directory), "utf8")

    def sent(self):
        directory = json.loads(self.directory.read_text("utf8"))
        return {f"{office['id']}.vcf" for office in directory["offices"]}


def run(folder):
    sync.request("MKCOL", f"{folder.origin}/offices/friends/", sync.BOOK)
    folder.put("/offices/friends/jo.vcf", sync.CONTACT % b"jo")
    friends = folder.cards("friends")

    # The book is there, by the organisation's name, and has the bytes of the export.
    folder.export()
    properties = sync.request("PROPFIND", f"{folder.origin}/offices/", Depth="1").decode()
    name = json.loads(folder.directory.read_text("utf8"))["organization"]["name"]
    assert f"displayname>{name}</" in properties and "addressbook" in properties, properties
    assert folder.cards().keys() == folder.sent()
    sync.compared(folder.directory, list(folder.cards().values()), "radicale", folder.place)
    found, token = folder.changes()
    assert found == dict.fromkeys(folder.sent(), True), found

    # Radicale keeps a cache beside the cards.
    assert (folder.store / "collection-root/offices/offices/.Radicale.cache").is_dir()
    folder.export()
    folder.export("--check")
    assert folder.changes(token) == ({}, token)

    # A contact of somebody's stays, a changed office and a removed one are seen.
    folder.put("/offices/offices/own.vcf", sync.CONTACT % b"own")
    own = folder.cards()["own.vcf"]
    _, token = folder.changes(token)

    def edit(offices):
        offices[0]["phones"][0]["number"] = "+4922897629999"
        del offices[-1]

    removed = json.loads(folder.directory.read_text("utf8"))["offices"][-1]["id"] + ".vcf"
    changed = json.loads(folder.directory.read_text("utf8"))["offices"][0]["id"] + ".vcf"
    folder.change(edit)
    folder.export("--prune")
    found, token = folder.changes(token)
    assert found == {changed: True, removed: False}, found
    assert b"+49 228 97629999" in folder.cards()[changed]
    assert folder.cards().keys() == folder.sent() | {"own.vcf"}
    assert folder.cards()["own.vcf"] == own

    # What was edited on the server is undone, or kept with a word on it where its office is gone.
    spoiled = folder.cards()[changed].replace(b"+49 228 97629999", b"+1")
    folder.put(f"/offices/offices/{changed}", spoiled)
    folder.export("--prune")
    assert b"+49 228 97629999" in folder.cards()[changed]
    folder.put(f"/offices/offices/{changed}", spoiled)
    folder.change(lambda offices: offices.pop(0))
    said = folder.export("--prune")
    assert changed in said and changed in folder.cards(), said

    assert folder.cards("friends") == friends
    print(f"radicale: a folder of {len(folder.sent())} offices is served; others' contacts stayed")


def main(officedir, directory, place):
    folder = Folder(os.path.abspath(officedir), directory, os.path.abspath(place))
    try:
        run(folder)
    finally:
        folder.server.terminate()
        folder.server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
