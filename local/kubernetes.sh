#!/usr/bin/env bash
# Kubernetes clusters on this machine: builds the supervisor in cluster/ when its sources have changed, and runs it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LOCAL_KUBERNETES_SOURCES=$here

bin=${PATRONI_OPERATOR_CACHE:-$HOME/.cache/patroni-operator}/bin
sources=$(find "$here/cluster" -type f ! -name '*_test.go' -print0 | sort -z | xargs -0 sha256sum | sed "s|$here||" | sha256sum | cut -c1-12)
supervisor=$bin/local-kubernetes-$sources
if [ ! -x "$supervisor" ]; then
  command -v go >/dev/null || { echo "local/kubernetes.sh: Go 1.24 or newer has to be on the PATH" >&2; exit 1; }
  mkdir -p "$bin"
  unfinished=$(mktemp "$supervisor.XXXXXX")
  (cd "$here/cluster" && CGO_ENABLED=0 go build -buildvcs=false -o "$unfinished" .) || { rm -f "$unfinished"; exit 1; }
  mv -f "$unfinished" "$supervisor"
  ln -sfn "$(basename "$supervisor")" "$bin/local-kubernetes"
fi
exec "$supervisor" "$@"
