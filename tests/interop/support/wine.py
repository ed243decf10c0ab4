"""The program for Windows, run by Wine: it must do what it does elsewhere, and write the same bytes."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

program, native, plugin, work = (pathlib.Path(it).resolve() for it in sys.argv[1:5])
root = pathlib.Path.cwd()
# A home of its own, with fonts and a PATH as Windows has them.
prefix = work / "prefix"
ENVIRONMENT = os.environ | {"WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}

FORMATS = ["xlsx", "ldif", "ndjson", "markdown", "html", "xcard", "jcard", "jscontact"]


def windows(path):
    """A path as Windows programs know it; Wine has our files on Z:."""
    return "Z:" + str(path).replace("/", "\\")


def run(*arguments, expect=0, folder=None, through=(), **environment):
    done = subprocess.run(
        ["wine", *through, program, *map(str, arguments)],
        cwd=folder or work / "repository",
        env=ENVIRONMENT | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == expect, (arguments, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + done.stderr


def files(folder):
    return {str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file()}


def same_bytes():
    """Every committed output, made anew beside it and then over it."""
    repository = work / "repository"
    shutil.rmtree(repository, ignore_errors=True)
    repository.mkdir(parents=True)
    for name in ["directory.json", "officedir.toml"]:
        if (root / name).exists():
            shutil.copy(root / name, repository)
    run("validate", "directory.json")
    run("export")
    made, expected = files(repository / "out"), files(root / "out")
    assert made.keys() == expected.keys(), made.keys() ^ expected.keys()
    differing = [name for name in made if made[name] != expected[name]]
    assert not differing, f"these differ from Linux's: {differing}"
    # Over what is there, and with nothing left of the lock and the stage.
    run("export")
    run("export", "--check")
    assert files(repository / "out") == expected
    # The formats that nobody has committed, beside what the program for this machine makes of them.
    targets = [part for name in FORMATS for part in ("--to", name)]
    run("export", *targets, "--out", "formats")
    subprocess.run([native, "export", *targets, "--out", "native", "--quiet"], cwd=repository, check=True)
    made, native_made = files(repository / "formats"), files(repository / "native")
    assert made == native_made, [name for name in made if made[name] != native_made.get(name)]
    return f"{len(expected) + len(made)} outputs have the bytes of Linux, also written over what is there"


def open_elsewhere():
    """A file that a spreadsheet program has open: nothing changes, and it is said what to do."""
    out = work / "repository" / "out"
    before = files(out)
    (work / "repository" / "changed.json").write_text(
        (root / "directory.json").read_text(encoding="utf-8").replace("Bonn", "Köln"), encoding="utf-8"
    )
    name = next(it for it in sorted(before) if it.endswith(".csv"))
    holder = subprocess.Popen(
        ["wine", plugin, windows(out / name)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline().strip() == "open"
    held = files(out)
    said = run("export", "changed.json", expect=2)
    assert "another program has it open; close the file there" in said and name in said.replace("\\", "/"), said
    assert {it: data for it, data in files(out).items() if it != name} == {
        it: data for it, data in held.items() if it != name
    }, "something was changed before that was known"
    holder.kill()
    holder.wait()
    run("export")
    assert files(out) == before
    return "a file that is open elsewhere is told before anything changes"


def plugins():
    """Programs on PATH, as .exe and as .cmd; what they leave behind ends with them."""
    folder = work / "plugins"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(plugin, folder / "officedir-writer-ids.exe")
    (folder / "officedir-writer-script.cmd").write_bytes(b'@"%~dp0officedir-writer-ids.exe"\r\n')
    ids = [office["id"] for office in json.loads((root / "directory.json").read_text(encoding="utf-8"))["offices"]]
    for name in ["ids", "script"]:
        run("export", "--to", f"ext:{name},file={name}.txt", WINEPATH=windows(folder))
        text = (work / "repository" / "out" / f"{name}.txt").read_text(encoding="utf-8")
        assert text.split() == ids, text
    shutil.copy(plugin, folder / "officedir-writer-stray.exe")
    # Wine gives Linux the code of the thread that ends last, which once in 15 times is not the program's.
    through = ["cmd", "/v:on", "/c", "call"]
    said = run("export", "--to", "ext:stray", "&", "exit", "!errorlevel!", expect=2, through=through, WINEPATH=windows(folder))
    assert "left a process behind" in said, said
    left = subprocess.run(["pgrep", "-f", "stays-behind"], capture_output=True, text=True).stdout
    assert not left, f"a process of a plug-in is still there: {left}"
    said = run("export", "--to", "ext:none", expect=2)
    assert "officedir-writer-none.exe" in said, said
    return "plug-ins run as .exe and .cmd, and nothing of them is left"


def paths():
    """Reports for CI have slashes in paths."""
    folder = work / "repository" / "sub"
    folder.mkdir(exist_ok=True)
    (folder / "bad.json").write_text('{"schema_version": 1, "offices": [{}]}')
    for report in ["gitlab", "rdjson", "github", "junit", "sarif"]:
        said = run("validate", "sub\\bad.json", "--output-format", report, expect=1)
        assert "sub/bad.json" in said and "sub\\" not in said, (report, said[:600])
    return "paths in reports have slashes"


def fonts(font):
    """A character that only a font of the system has."""
    system = prefix / "drive_c" / "windows" / "Fonts"
    shutil.copy(font, system)
    directory = work / "repository" / "japanese.json"
    text = (root / "directory.json").read_text(encoding="utf-8").replace('"address_lines": [', '"address_lines": ["東京",', 1)
    assert "東京" in text
    directory.write_text(text, encoding="utf-8")
    run("export", "japanese.json", "--to", "labels", "--out", "japanese")
    pdf = (work / "repository" / "japanese" / "labels.pdf").read_bytes()
    assert b"IPAGothic" in pdf or b"IPAexGothic" in pdf, "the font is not in the labels"
    return "labels take fonts of the system"


def colours():
    said = run("validate", "sub\\bad.json", expect=1, CLICOLOR_FORCE="1")
    assert "\x1b[" in said, said
    return "colours are shown where they are asked for"


for test in [same_bytes, open_elsewhere, plugins, paths, colours]:
    print("ok:", test())
print("ok:", fonts(sys.argv[5]))
subprocess.run(["wineserver", "-k"], env=ENVIRONMENT)
