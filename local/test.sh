#!/usr/bin/env bash
# Tests the local Kubernetes: both modes, two instances at once, a volume that grows, crashes, and that nothing is left.
# test.sh [control-plane|node]...; default: control-plane, and node if this is root. Uses a state folder of its own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${PATRONI_OPERATOR_CACHE:-$HOME/.cache/patroni-operator}
PATRONI_OPERATOR_STATE=$(mktemp -d)
export PATRONI_OPERATOR_STATE
one=test-$$-a two=test-$$-b

cluster() { "$here/kubernetes.sh" "$@"; }
kubectl_of() { local name=$1; shift; "$cache/bin/kubectl" --kubeconfig "$(cluster kubeconfig --name "$name")" "$@"; }
field() { cluster status --json | python3 -c "import json, sys; print([i for i in json.load(sys.stdin) if i['name'] == '$1'][0]$2)"; }
pass() { echo "ok: $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
check() { local what=$1; shift; "$@" || fail "$what"; pass "$what"; }
equal() { [ "$1" = "$2" ] || { echo "  got '$1', want '$2'" >&2; return 1; }; }
finish() { local code=$?; cluster down --all --wipe >/dev/null 2>&1 || true; rm -rf "$PATRONI_OPERATOR_STATE"; exit $code; }
trap finish EXIT

# --- what an instance may leave behind, by anything that carries its name, folder or address range
left_processes() { grep -lzs "^LOCAL_KUBERNETES_PROCESS=$PATRONI_OPERATOR_STATE/" /proc/[0-9]*/environ || true; }
left_mounts() { cut -d' ' -f2 /proc/mounts | grep "^$PATRONI_OPERATOR_STATE" || true; }
left_files() { find "$PATRONI_OPERATOR_STATE" -mindepth 1 -not -path '*/.lock*'; }
left_cgroups() { find /sys/fs/cgroup -type d -name "patroni-operator-test-$$-*" 2>/dev/null || true; }
left_links() { for slot in "$@"; do ip -oneline link show "po-$slot" 2>/dev/null || true; done; }
left_routes() { for slot in "$@"; do ip route show table all | grep -E "\b10\.$((192 + slot))\." || true; done; }
left_volumes() { for volume in $volumes; do losetup --list --noheadings | grep "$volume" || true; done; }
left_tables() { nft list tables 2>/dev/null | grep kube-proxy || true; }
volumes=
nothing_is_left() { # slots
  local what found
  for what in processes mounts files; do
    found=$(left_$what); [ -z "$found" ] || fail "left behind, $what: $found"
  done
  pass "no processes, mounts or files are left"
  [ $# -gt 0 ] || return 0
  for what in cgroups links routes volumes tables; do
    found=$(left_$what "$@"); [ -z "$found" ] || fail "left behind, $what: $found"
  done
  pass "no cgroups, links, routes, loop devices or nft tables are left"
}

test_control_plane() {
  echo "# control plane"
  cluster up --name $one & local first=$!
  cluster up --name $two
  wait $first
  check "two instances run at once, on different ports" test "$(field $one '["server"]')" != "$(field $two '["server"]')"
  kubectl_of $one create configmap only-here >/dev/null
  check "they do not share objects" equal "$(kubectl_of $two get configmap only-here --ignore-not-found -o name)" ""

  "$cache/bin/kubectl" --kubeconfig "$(field $one '["operatorKubeconfig"]')" create namespace by-the-operator >/dev/null
  check "the audit log tells the operator's requests apart" equal \
    "$(grep '"username":"operator"' "$(cluster audit --name $one)" | grep -c '"verb":"create"')" 1

  local before; before=$(field $one '["processes"]')
  cluster up --name $one
  check "a second up starts nothing" equal "$(field $one '["processes"]')" "$before"

  kill -9 "$(field $one '["processes"]["etcd"]')"
  cluster up --name $one
  check "up mends an instance whose etcd was killed, and its data is there" \
    equal "$(kubectl_of $one get configmap only-here -o name)" configmap/only-here

  cluster down --name $one
  timeout --signal=KILL 1 "$here/kubernetes.sh" up --name $one || true
  cluster up --name $one
  check "up goes on where a killed one stopped" equal "$(kubectl_of $one get configmap only-here -o name)" configmap/only-here

  cluster nodes --name $one --count 5
  kubectl_of $one apply -f - >/dev/null <<'Y'
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: fake}
spec:
  replicas: 3
  serviceName: fake
  selector: {matchLabels: {app: fake}}
  template:
    metadata: {labels: {app: fake}}
    spec: {tolerations: [{operator: Exists}], containers: [{name: c, image: none}]}
Y
  check "pods on fake nodes become ready" kubectl_of $one rollout status statefulset/fake --timeout=120s
  cluster nodes --name $one --count 0
  check "the fake nodes can be removed" equal "$(kubectl_of $one get nodes -o name)" ""

  if cluster up --name $one --mode node 2>/dev/null; then fail "an instance changed its mode"; fi
  cluster down --all --wipe
  nothing_is_left
}

pod_with_volume() { kubectl_of "$1" apply -f - >/dev/null <<'Y'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 400Mi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: pod}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: c, image: "localhost/patroni-operator/pause:1", imagePullPolicy: IfNotPresent, volumeMounts: [{name: data, mountPath: /data}]}
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
Y
}
# the condition Ready alone may be what was true before the restart
pod_restarted() {
  kubectl_of $one wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'="$1" pod/pod --timeout=120s &&
    kubectl_of $one wait --for=condition=Ready pod/pod --timeout=120s
}
in_node() { nsenter --mount --pid --target "$(field "$1" '["processes"]["node-1"]')" "${@:2}"; }
mounted_at() { in_node "$1" findmnt --noheadings --output TARGET --types xfs | grep '/pods/'; }
mebibytes() { in_node "$1" df --block-size=M --output=size "$(mounted_at "$1")" | tail -1 | tr -d ' M'; }

test_node() {
  echo "# nodes"
  cluster up --name $one --mode node --images=false & local first=$!
  cluster up --name $two --mode node --images=false
  wait $first
  local slots; slots="$(field $one '["slot"]') $(field $two '["slot"]')"
  local name
  for name in $one $two; do
    pod_with_volume "$name"
    check "$name: a pod with a volume runs" kubectl_of "$name" wait --for=condition=Ready pod/pod --timeout=120s
    volumes+=" $(kubectl_of "$name" get pv -o jsonpath='{.items[*].metadata.name}')"
  done
  check "the host reaches the cluster's name server by its service" \
    timeout 5 bash -c "</dev/tcp/$(kubectl_of $one get service -n kube-system kube-dns -o jsonpath='{.spec.clusterIP}')/53"

  local small; small=$(mebibytes $one)
  in_node $one sh -c "echo kept > $(mounted_at $one)/file"
  kubectl_of $one patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"800Mi"}}}}' >/dev/null
  check "a volume in use grows" kubectl_of $one wait --for=jsonpath='{.status.capacity.storage}'=800Mi pvc/data --timeout=120s
  check "and so does its file system" test "$(mebibytes $one)" -gt "$((small + 300))"

  cluster down --name $one
  cluster up --name $one --mode node --images=false
  check "the pod runs again after down and up" pod_restarted 1
  check "with its data" equal "$(in_node $one cat "$(mounted_at $one)/file")" kept

  kill -9 "$(field $one '["processes"]["node-1"]')"
  cluster up --name $one --mode node --images=false
  check "the pod runs again after its node was killed" pod_restarted 2

  kubectl_of $two delete pod/pod pvc/data --wait >/dev/null
  check "a deleted claim takes its volume along" kubectl_of $two wait --for=delete pv --all --timeout=60s
  check "and the volume's file" equal "$(find "$(field $two '["folder"]')/nodes/1/volumes" -type f)" ""

  cluster down --all --wipe
  # shellcheck disable=SC2086 # two numbers
  nothing_is_left $slots
}

cluster build
modes=("$@")
if [ $# -eq 0 ]; then
  modes=(control-plane)
  if [ "$(id -u)" -eq 0 ]; then modes+=(node); else echo "skipped: the tests of mode node, which need root"; fi
fi
for mode in "${modes[@]}"; do
  case $mode in
    control-plane) test_control_plane ;;
    node) test_node ;;
    *) fail "unknown mode $mode: control-plane and node are allowed" ;;
  esac
done
echo "all tests passed"
