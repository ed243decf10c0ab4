"""Writes the folders of npm's packages: one with the program of a platform, and `officedir`, which depends on all of
them as optional ones, so that npm installs the one whose platform it is on."""

import json
import pathlib
import shutil
import sys

# The targets that are released, by what Node.js calls their platforms.
PLATFORMS = {
    "aarch64-apple-darwin": ("darwin", "arm64"),
    "aarch64-unknown-linux-musl": ("linux", "arm64"),
    "x86_64-apple-darwin": ("darwin", "x64"),
    "x86_64-pc-windows-gnu": ("win32", "x64"),
    "x86_64-pc-windows-msvc": ("win32", "x64"),
    "x86_64-unknown-linux-musl": ("linux", "x64"),
}

version, target, program, out = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
here = pathlib.Path(__file__).parent
root = here.parent.parent
common = {
    "version": version,
    "license": "MIT OR Apache-2.0",
    "repository": {"type": "git", "url": "git+https://github.com/OWNER/officedir.git"},
    "engines": {"node": ">=18"},
}


def package(folder, manifest, files):
    """Writes a package of that manifest with copies of the files and the licences."""
    folder.mkdir(parents=True)
    text = json.dumps(manifest | common, indent=2, ensure_ascii=False) + "\n"
    (folder / "package.json").write_text(text, encoding="utf-8")
    for file in [*files, root / "LICENSE-APACHE", root / "LICENSE-MIT"]:
        shutil.copy(file, folder)


system, processor = PLATFORMS[target]
platform = {
    "name": f"@officedir/{system}-{processor}",
    "description": f"The program of officedir for {system} on {processor}.",
    "os": [system],
    "cpu": [processor],
}
package(out / f"{system}-{processor}", platform, [program])
names = sorted({f"@officedir/{system}-{processor}" for system, processor in PLATFORMS.values()})
finder = {
    "name": "officedir",
    "description": "One JSON file of an organisation's offices in; vCard, XML, CSV and printable address labels out.",
    "bin": {"officedir": "officedir.js"},
    "optionalDependencies": {name: version for name in names},
}
package(out / "officedir", finder, [here / "officedir.js", root / "README.md"])
