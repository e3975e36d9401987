# shellcheck shell=bash
# The operator: into the cluster, in the foreground, and what can be seen of it.

OPERATOR_NAMESPACE=patroni-operator
IMAGE=""

# What is applied: the project's manifests with the image of this machine and, on clusters that we made, the development
# database image.
write_overlay() {
  local overlay=$STATE/kustomize image=${IMAGE:-$OPERATOR_IMAGE} base
  base=$(realpath --relative-to="$overlay" "$ROOT/src/main/kubernetes" -m)
  mkdir -p "$overlay"
  {
    printf 'resources: [%s]\n' "$base"
    printf 'images: [{name: ghcr.io/patroni-operator/patroni-operator, newName: %s, newTag: %s}]\n' "${image%:*}" "${image##*:}"
    if [ "$CLUSTER" != own ]; then
      printf 'patches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: patroni-operator, namespace: %s}\n' "$OPERATOR_NAMESPACE"
      printf '    data: {docker_image: "%s"}\n' "$DATABASE_IMAGE"
    fi
  } >"$overlay/kustomization.yaml"
}

deploy_operator() {
  write_overlay
  local applied
  applied=$(kubectl apply --server-side --force-conflicts -k "$STATE/kustomize")
  echo "$applied"
  # Same name and tag, other content: the pod must be made again to see it.
  local digest
  digest=$(cksum <"${OPERATOR_ARCHIVE}" | cut -d' ' -f1)
  if [ "$CLUSTER" != own ]; then
    kubectl -n $OPERATOR_NAMESPACE patch deployment patroni-operator --patch \
      "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"patroni-operator/image-checksum\":\"$digest\"}}}}}"
  fi
  advice "'kubectl -n $OPERATOR_NAMESPACE describe pods' and './dev logs' tell more"
  kubectl -n $OPERATOR_NAMESPACE rollout status deployment patroni-operator --timeout=180s ||
    { operator_diagnosis; return 1; }
  did "ready in namespace $OPERATOR_NAMESPACE"
}

operator_diagnosis() {
  kubectl -n $OPERATOR_NAMESPACE get pods -o wide
  kubectl -n $OPERATOR_NAMESPACE get events --sort-by=.lastTimestamp | tail -n 8
  kubectl -n $OPERATOR_NAMESPACE logs deployment/patroni-operator --tail=15
}

remove_operator() {
  write_overlay
  # The custom resource definitions stay: deleting them would delete every cluster described by them.
  kubectl kustomize "$STATE/kustomize" | kubectl delete --ignore-not-found --wait -f - \
    --selector 'app.kubernetes.io/component!=crd'
}

logs() {
  use_cluster
  kubectl -n $OPERATOR_NAMESPACE logs deployment/patroni-operator "${@:---tail=200}"
}

# The operator on this machine. It reads the same environment variables as in its pod.
operator() {
  local native="" program
  if [ "${1:-}" = --native ]; then
    native=yes
    shift
  fi
  use_cluster
  export OPERATOR_NAMESPACE=${OPERATOR_NAMESPACE:-default} CONFIG_MAP_NAME=${CONFIG_MAP_NAME-}
  if [ -n "$native" ]; then
    program=$(find "$ROOT/target" -maxdepth 1 -name '*-runner' -type f -perm -u+x -print -quit)
    [ -n "$program" ] || stop "no native binary was built" \
      "'./mvnw package -Dnative -DskipTests' with GraalVM or Mandrel for JDK 25 makes one; without --native the JVM runs it"
    exec "$program" operator "$@"
  fi
  find_jdk
  [ -f "$QUARKUS_APP/quarkus-run.jar" ] || step "Operator" build_operator
  # shellcheck disable=SC2086 # options are words
  exec java $JVM_OPTIONS -jar "$QUARKUS_APP/quarkus-run.jar" operator "$@"
}

status() {
  choose_cluster
  if [ "$CLUSTER" != own ] && [ ! -f "$STATE/kubeconfig" ]; then
    echo "Nothing is up. ./dev up makes a Kubernetes, the operator and a cluster."
    return
  fi
  use_cluster
  echo "Kubernetes: $CLUSTER (KUBECONFIG=${KUBECONFIG:-default})"
  kubectl get nodes -o wide --request-timeout=5s || stop "the cluster does not answer" "./dev up starts it again"
  echo
  echo "Operator:"
  kubectl -n $OPERATOR_NAMESPACE get pods -o wide
  operator_figures
  echo
  echo "Clusters:"
  kubectl get postgresqls --all-namespaces
}

# Start to ready as the operator itself measured it, and its memory as the node's kubelet sees it.
operator_figures() {
  local pod node started
  pod=$(kubectl -n $OPERATOR_NAMESPACE get pods -l app.kubernetes.io/name=patroni-operator \
    -o jsonpath='{.items[0].metadata.name} {.items[0].spec.nodeName}' 2>/dev/null) || return 0
  node=${pod#* } pod=${pod% *}
  started=$(kubectl -n $OPERATOR_NAMESPACE logs "$pod" 2>/dev/null | grep -oE 'started in [0-9.]+ ?s' | head -n 1) || true
  echo "  ${started:-start-up time: no longer in the log}"
  kubectl get --raw "/api/v1/nodes/$node/proxy/stats/summary" 2>/dev/null |
    python3 -c '
import json, sys
for pod in json.load(sys.stdin)["pods"]:
    if pod["podRef"]["name"] == sys.argv[1]:
        print("  resident memory: %.0f MiB" % (pod["containers"][0]["memory"]["rssBytes"] / 2**20))
' "$pod" 2>/dev/null || echo "  resident memory: the node does not tell"
}
