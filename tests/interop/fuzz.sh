#!/usr/bin/env bash
# Every fuzz target for 20 seconds, from its small corpus on: enough to see that it works and finds nothing near.
# `cargo fuzz run TARGET` makes a long run of one.
source "$(dirname "$0")/support/install.sh"
command -v cargo-fuzz >/dev/null || cargo install -q --locked cargo-fuzz@0.13.2
# The compiler's instrumentation is not stable yet.
export RUSTC_BOOTSTRAP=1
targets=$(cd fuzz && cargo fuzz list)
cargo fuzz build --fuzz-dir fuzz --sanitizer none --target-dir "$work/fuzz" 2>&1 | tail -n 3
for target in $targets; do
  mkdir -p "$work/fuzz/corpus-$target"
  echo "$target:"
  (
    cd "$work/fuzz"
    "$(find . -path "*/release/$target" -type f | head -n 1)" -max_total_time=20 -timeout=30 -detect_leaks=0 -print_final_stats=1 \
      "corpus-$target" "$root/fuzz/corpus/$target" 2>&1 | grep -E '^Done|executed_units|exec_per_sec|ERROR|panicked|SUMMARY'
  )
done
