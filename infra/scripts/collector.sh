#!/usr/bin/env bash
# Builds a collector for the tests, with Go 1.26 or newer; it takes many minutes, and 1 GB while it does.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder" && rm -rf "$folder"' EXIT
cp "$(dirname "$0")/../collector/builder.yaml" "$folder"
cd "$folder"
export CGO_ENABLED=0 GOBIN="$folder/bin" GOFLAGS=-mod=mod
go install go.opentelemetry.io/collector/cmd/builder@v0.165.0
bin/builder --config builder.yaml
install -D build/otelcol "$HOME/.cache/okulo/otelcol"
echo "built $HOME/.cache/okulo/otelcol"
