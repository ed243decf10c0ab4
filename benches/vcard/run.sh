#!/usr/bin/env bash
# CPU time for 100,000 vCards 3.0 by this project, calcard and a warm ez-vcard, in one run, measured on COUNT of
# them: run.sh [COUNT]. Needs Debian's libez-vcard-java, libvinnie-java and a JDK.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=target/peers/cards
jars=/usr/share/java/ez-vcard.jar:/usr/share/java/vinnie.jar
mkdir -p "$place"
cargo build -q --profile dist --example generate --bins
CARGO_TARGET_DIR=target/peers cargo build -q --release --manifest-path benches/vcard/Cargo.toml
target/dist/examples/generate "${1:-100000}" >"$place/directory.json"
target/dist/officedir export "$place/directory.json" --to vcard --out "$place" 2>/dev/null
javac -cp $jars -d "$place" benches/vcard/WriteEzVcard.java
target/peers/release/vcard-peers "$place/directory.json"
java -Xmx4g -cp "$jars:$place" WriteEzVcard "$place/offices.vcf"
