#!/usr/bin/env bash
# The reports of every broken directory: SARIF and JUnit against their schemas, which packages bring, GitLab's against
# what its parser asks for. The check itself fetches nothing.
source "$(dirname "$0")/support/install.sh"
pip reports jsonschema==4.26.0 lxml==6.1.3

reports=$work/reports
mkdir -p "$reports/packages"
cd "$reports/packages"
# The schema of SARIF 2.1.0 as OASIS publishes it, and types of Code Climate's issues.
npm install --silent --no-audit --no-fund --no-save @microsoft/jest-sarif@1.0.0-beta.0 codeclimate-types@0.3.1 typescript@5.9.3
# Jenkins's schema of JUnit XML lies in the source of pytest.
[ -e pytest-8.4.2.tar.gz ] || "$python" -m pip download -q --no-deps --no-binary :all: pytest==8.4.2
tar xzf pytest-8.4.2.tar.gz pytest-8.4.2/testing/example_scripts/junit-10.xsd
cd "$root"

cargo build -q --release --locked
"$python" tests/interop/support/reports.py target/release/officedir tests/check/cases "$reports"
cd "$reports"
packages/node_modules/.bin/tsc --noEmit --strict --skipLibCheck --types codeclimate-types \
  --typeRoots packages/node_modules gitlab.ts
echo 'GitLab: all reports have the types of Code Climate'
