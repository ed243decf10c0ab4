"""Thunderbird itself, without a window, imports files into an address book: read_thunderbird.py PROFILE FILE…

A file is .csv, .ldif or .vcf. FILE.jsonl gets a record of every contact as expect.py has them, with the e-mail
addresses, the columns of the address book ("columns"), and whether a second import replaces it ("replaced").
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = Path(__file__).with_name("import_thunderbird.js").read_text("utf8")
TYPES = {".csv": "csv", ".ldif": "ldif", ".vcf": "vcard"}
# Thunderbird chooses the port on which it takes commands.
SETTINGS = 'user_pref("marionette.port", 0);\nuser_pref("app.update.enabled", false);\n'
OPTIONS = ["--headless", "--offline", "--no-remote", "--marionette", "--remote-allow-system-access"]


class Marionette:
    """The protocol by which Mozilla's programs are driven: `LENGTH:[0, id, command, parameters]`."""

    def __init__(self, port):
        self.file = socket.create_connection(("127.0.0.1", port), timeout=180).makefile("rwb")
        self.receive()

    def receive(self):
        length = b""
        while (byte := self.file.read(1)) != b":":
            if not byte:
                raise SystemExit("Thunderbird has ended")
            length += byte
        return json.loads(self.file.read(int(length)))

    def call(self, command, **parameters):
        message = json.dumps([0, 1, command, parameters]).encode()
        self.file.write(b"%d:%b" % (len(message), message))
        self.file.flush()
        _, _, error, result = self.receive()
        if error:
            raise SystemExit(f"{command}: {error['error']}: {error['message']}")
        return result


def start(profile):
    shutil.rmtree(profile, ignore_errors=True)
    profile.mkdir(parents=True)
    (profile / "user.js").write_text(SETTINGS)
    environment = {**os.environ, "HOME": str(profile), "LC_ALL": "C.UTF-8"}
    with open(profile / "thunderbird.txt", "wb") as log:
        command = ["thunderbird", *OPTIONS, "--profile", str(profile)]
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment)


def connect(program, profile):
    port = profile / "MarionetteActivePort"
    for _ in range(1200):
        if port.exists() and (text := port.read_text().strip()):
            return Marionette(int(text))
        if program.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit((profile / "thunderbird.txt").read_text("utf8", "replace"))


def record(contact):
    def entries(name):
        return [it for it in contact["entries"] if it["name"] == name]

    def values(name):
        return [it["value"] for it in entries(name)]

    def types(entry):
        found = entry["params"].get("type", [])
        return sorted(it.lower() for it in (found if isinstance(found, list) else [found]))

    def text(value, between):
        return between.join(value) if isinstance(value, list) else value

    [uid, name, org] = [(values(it) or [None])[0] for it in ["uid", "fn", "org"]]
    return {
        "uid": uid,
        "name": name,
        "org": org if isinstance(org, list) else [org],
        "nick": [text(it, ",") for it in values("nickname")],
        "adr": [
            {"types": types(it), "parts": [text(part, "\n") for part in it["value"]]} for it in entries("adr")
        ],
        "tel": [{"types": types(it), "number": it["value"]} for it in entries("tel")],
        "url": values("url"),
        "email": values("email"),
        "columns": contact["columns"],
        "replaced": contact["replaced"],
    }


def main(profile, *files):
    profile = Path(profile).resolve()
    program = start(profile)
    try:
        session = connect(program, profile)
        session.call("WebDriver:NewSession", capabilities={"timeouts": {"script": 120_000}})
        session.call("Marionette:SetContext", value="chrome")
        for file in map(Path, files):
            arguments = [str(file.resolve()), TYPES[file.suffix]]
            contacts = session.call("WebDriver:ExecuteAsyncScript", script=SCRIPT, args=arguments)["value"]
            if "error" in contacts:
                raise SystemExit(f"{file}: {contacts['error']}")
            lines = [json.dumps(record(it), ensure_ascii=False) + "\n" for it in contacts]
            Path(f"{file}.jsonl").write_text("".join(lines), "utf8")
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
