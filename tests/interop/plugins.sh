#!/usr/bin/env bash
# Writers from outside pass the suite for them; a writer that is new in the table needs no third place.
source "$(dirname "$0")/support/install.sh"

# Programs in Python, shell and JavaScript, each written from schema/writer-protocol.md alone.
cargo build -q --release --locked
for name in list ids pages; do
  PATH=$root/tests/plugins:$PATH target/release/officedir writers check "$name"
done

# A throwaway writer in a copy of the sources: its own file, and its place in the table.
copy=$work/throwaway
rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z | xargs -0 cp --parents -t "$copy"
cp tests/interop/support/throwaway.rs "$copy/src/writers/throwaway.rs"
cd "$copy"
sed -i -e 's/^pub mod xml;$/pub mod throwaway;\n&/' -e 's/&xml::INFO,/& \&throwaway::INFO,/' src/writers/mod.rs
# A folder of its own: in ours, cargo would take the copy for us.
export CARGO_TARGET_DIR=$work/throwaway-target
throwaway() { cargo run -q --locked -- "$@"; }
throwaway writers throwaway | grep -F 'case=lower|upper  letters of the ids [lower]'
throwaway export --to throwaway:case=upper --out - | grep -Fx JAPAN-OFFICE
refused=$(! throwaway export --to throwaway:case=uper --out - 2>&1)
grep -F 'did you mean "upper"?' <<<"$refused"
refused=$(! throwaway export --to throwawy --out - 2>&1)
grep -F 'did you mean "throwaway"?' <<<"$refused"
# The golden matrix has it by itself, and says what is missing from the files.
if cargo test -q --locked --test writers golden >golden.log 2>&1; then
  echo 'the golden matrix does not know the new writer' >&2
  exit 1
fi
grep -F 'throwaway case=upper: ' golden.log
BLESS=1 cargo test -q --locked --test writers golden
grep -F 'throwaway case=upper: ' tests/writers/golden/torture.txt
