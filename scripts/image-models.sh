#!/bin/sh
# Prepares models for an image: `builtin`, `all`, or ids with commas between them.
set -eu
okulo="node dist/cli/okulo.js models prepare"
builtin=$(node -p "require('./models/manifest.json').models.filter((m) => m.origin === 'BUILT_IN').map((m) => m.id).join(' ')")

case "$1" in
  builtin) $okulo $builtin ;;
  all)
    $okulo $builtin
    $okulo || echo 'The image has the built-in models, and those above that are prepared. The others could not be fetched: build with a network, or with --build-arg MODEL_MIRROR=.'
    ;;
  *) $okulo $(echo "$1" | tr ',' ' ') ;;
esac
# Downloads are in the prepared files already.
rm -rf /models/files
