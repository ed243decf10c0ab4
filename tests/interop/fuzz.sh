#!/usr/bin/env bash
# Every fuzz target for a short while from its small corpus: one build, 20 seconds each, any finding fails. What takes
# long is the build: without a sanitizer, as there is no unsafe code to look into, and hardly optimised. Longer runs
# are `RUSTC_BOOTSTRAP=1 cargo fuzz run TARGET -- -max_total_time=1800 -detect_leaks=0`: a thread that is just ending
# looks like a leak.
source "$(dirname "$0")/support/install.sh"
command -v cargo-fuzz >/dev/null || cargo install -q --locked cargo-fuzz@0.13.2

seconds=${FUZZ_SECONDS:-20}
# cargo-fuzz passes options that stable compilers only take so.
export RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
# The lock file as it is, which cargo-fuzz cannot be told.
cargo metadata -q --locked --format-version 1 --manifest-path fuzz/Cargo.toml >/dev/null
cargo fuzz build --sanitizer none --target-dir target/fuzz >"$work/fuzz-build.log" 2>&1 || { tail -n 40 "$work/fuzz-build.log"; exit 1; }
for target in $(cargo fuzz list); do
  found=$work/fuzz/$target
  rm -rf "$found"
  mkdir -p "$found/corpus"
  log=$found/log
  if ! cargo fuzz run --sanitizer none --target-dir target/fuzz "$target" "$found/corpus" "fuzz/corpus/$target" \
    -- -max_total_time="$seconds" -timeout=30 -len_control=0 -artifact_prefix="$found/" -print_final_stats=1 >"$log" 2>&1; then
    tail -n 40 "$log"
    exit 1
  fi
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s, nothing found"
done
