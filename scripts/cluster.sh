# shellcheck shell=bash
# Which Kubernetes the commands talk to, and how the ones we make ourselves come and go.
#
# $STATE/cluster says what `up` made: `built-in`, `kind` or `own`; $STATE/kubeconfig leads there (not for `own`).

CONTEXT=""
CLUSTER=""
KIND_VERSION=v0.30.0
# Two checkouts on one machine do not share a cluster.
INSTANCE=dev-$(printf '%s' "$ROOT" | cksum | cut -d' ' -f1 | tail -c 5)

# Decides where `up` goes: a cluster that the person names, else kind beside a Docker engine, else the built-in one.
choose_cluster() {
  if [ -n "${KUBECONFIG:-}" ] || [ -n "$CONTEXT" ]; then
    CLUSTER=own
  elif [ -f "$STATE/cluster" ]; then
    CLUSTER=$(<"$STATE/cluster")
  elif timeout 5 docker info >/dev/null 2>&1; then
    CLUSTER=kind
  else
    CLUSTER=built-in
  fi
}

# Points kubectl at what `up` made, or at the person's own cluster.
use_cluster() {
  choose_cluster
  [ "$CLUSTER" != own ] || return 0
  [ -f "$STATE/kubeconfig" ] || stop "nothing is up" "./dev up makes a cluster; or set KUBECONFIG to one of yours"
  export KUBECONFIG=$STATE/kubeconfig
}

remember_cluster() {
  mkdir -p "$STATE"
  echo "$CLUSTER" >"$STATE/cluster"
  [ "$CLUSTER" = own ] || export KUBECONFIG=$STATE/kubeconfig
}

start_cluster() {
  case $CLUSTER in
    own)
      advice "check that 'kubectl version' works with the same KUBECONFIG and context"
      kubectl version --request-timeout=10s
      did "given: $(kubectl config current-context 2>/dev/null || echo "$KUBECONFIG")"
      ;;
    kind) start_kind ;;
    built-in)
      advice "'local/kubernetes.sh status' shows which part does not run; './dev down' makes a fresh start possible"
      start_local_kubernetes "$INSTANCE" node "$STATE/kubeconfig"
      ;;
  esac
}

start_kind() {
  find_kind
  if kind get clusters 2>/dev/null | grep -qx "patroni-$INSTANCE"; then
    kind export kubeconfig --name "patroni-$INSTANCE" --kubeconfig "$STATE/kubeconfig"
    nothing_to_do
    return
  fi
  advice "'docker info' must work, and the kindest/node image must be reachable"
  kind create cluster --name "patroni-$INSTANCE" --kubeconfig "$STATE/kubeconfig" --wait 180s
}

find_kind() {
  [ -z "$(type -P kind)" ] || return 0
  find_go
  GOBIN=$CACHE/bin go install "sigs.k8s.io/kind@$KIND_VERSION"
  PATH=$CACHE/bin:$PATH
}

# Makes images of archives known to the cluster's nodes.
load_images() {
  local archive loaded=0
  for archive in "$@"; do
    local mark
    mark=$STATE/loaded/$(basename "$archive")
    if newer_than_all "$mark" "$archive"; then continue; fi
    case $CLUSTER in
      kind) kind load image-archive --name "patroni-$INSTANCE" "$archive" ;;
      built-in) load_local_image "$INSTANCE" "$archive" ;;
    esac
    mkdir -p "$STATE/loaded"
    touch "$mark"
    loaded=$((loaded + 1))
  done
  if [ "$loaded" = 0 ]; then nothing_to_do; else did "$loaded loaded"; fi
}

stop_cluster() {
  case $CLUSTER in
    kind)
      find_kind
      kind delete cluster --name "patroni-$INSTANCE"
      ;;
    built-in) stop_local_kubernetes "$INSTANCE" ;;
  esac
  rm -f "$STATE/cluster" "$STATE/kubeconfig"
  rm -rf "$STATE/loaded"
}

# The built-in Kubernetes: local/README.md.
start_local_kubernetes() { # INSTANCE control-plane|node KUBECONFIG
  local_kubernetes up --name "$1" --mode "$2"
  install -m 600 "$(kubeconfig_of "$1")" "$3"
}
kubeconfig_of() { local_kubernetes kubeconfig --name "$1"; }
stop_local_kubernetes() { local_kubernetes down --name "$1" --wipe; }
load_local_image() { local_kubernetes image load --name "$1" "$2"; }
