#!/usr/bin/env bash
# Runs the unit tests on each Node that is supported: scripts/check-nodes.sh [version ...]
set -euo pipefail
cd "$(dirname "$0")/.."

versions=("$@")
[ $# -gt 0 ] || versions=(20 22 24)
npm run build
for version in "${versions[@]}"; do
  echo "== Node $version"
  npx --yes -p "node@$version" -- node node_modules/vitest/vitest.mjs run --project unit --reporter dot
done
