# shellcheck shell=bash
# `up`, `down` and the sample cluster.

SAMPLE=acid-minimal-cluster
SAMPLE_NAMESPACE=default

up() {
  cluster_options "$@"
  choose_cluster
  if [ "$CLUSTER" = built-in ]; then need_root "the built-in Kubernetes"; fi
  if [ "$CLUSTER" = own ] && [ -z "$IMAGE" ]; then
    stop "on a cluster of your own the operator's image must come from a registry" \
      "push one and give it: ./dev up --image REGISTRY/patroni-operator:TAG; or run ./dev operator on this machine"
  fi
  say "Kubernetes: $CLUSTER"
  remember_cluster

  begin "Operator" build_operator
  if [ "$CLUSTER" != own ]; then begin "Database image" build_database_image; fi
  if [ "$CLUSTER" = built-in ]; then begin "Local Kubernetes" build_local_kubernetes; fi
  await_all
  begin "Cluster" start_cluster
  if [ -z "$IMAGE" ]; then begin "Operator image" build_operator_image; fi
  await_all
  if [ "$CLUSTER" != own ]; then step "Images" load_images "$OPERATOR_ARCHIVE" "$DATABASE_ARCHIVE"; fi
  step "Operator in the cluster" deploy_operator
  step "PostgreSQL cluster $SAMPLE" make_sample
  cat <<TEXT

PostgreSQL runs. Try
  ./dev psql $SAMPLE -c 'select version()'
  ./dev status
TEXT
  [ "$CLUSTER" = own ] || echo "  export KUBECONFIG=$KUBECONFIG"
  echo "The web interface comes in a later version."
}

down() {
  cluster_options "$@"
  choose_cluster
  if [ "$CLUSTER" = own ]; then
    step "PostgreSQL cluster $SAMPLE" remove_sample
    step "Operator" remove_operator
    say "The custom resource definitions were left: other clusters may be described by them."
    return
  fi
  if [ "$CLUSTER" = built-in ] && [ -f "$STATE/cluster" ]; then need_root "removing the built-in Kubernetes"; fi
  if [ -f "$STATE/cluster" ]; then step "Cluster" stop_cluster; else say "Cluster: nothing to do"; fi
  stop_test_clusters
  rm -rf "$STATE"
}

cluster_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --context) CONTEXT=${2:?--context needs a name} && shift ;;
      --image) IMAGE=${2:?--image needs a reference} && shift ;;
      *) stop "unknown option $1" "./dev help lists the options" ;;
    esac
    shift
  done
}

make_sample() {
  advice "'kubectl get postgresql $SAMPLE -o yaml' explains itself in status.conditions; './dev logs' shows the operator's view"
  kubectl apply --server-side -n $SAMPLE_NAMESPACE -f "$ROOT/docs/samples/minimal.yaml"
  if sample_is_ready 1s; then
    nothing_to_do "Ready"
    return
  fi
  local deadline=$((SECONDS + 300))
  until sample_is_ready 3s; do
    explain_sample
    if [ $SECONDS -gt $deadline ]; then
      kubectl -n $SAMPLE_NAMESPACE get pods,pvc -l cluster-name=$SAMPLE -o wide
      kubectl -n $SAMPLE_NAMESPACE get events --sort-by=.lastTimestamp | tail -n 10
      echo "$SAMPLE is not Ready after 300 s"
      return 1
    fi
  done
  did "Ready"
}

sample_is_ready() {
  kubectl -n $SAMPLE_NAMESPACE wait "postgresql/$SAMPLE" --for=condition=Ready --timeout="$1" >/dev/null 2>&1
}

explain_sample() {
  kubectl -n $SAMPLE_NAMESPACE get postgresql $SAMPLE \
    -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"; "}{end}{"\n"}'
}

remove_sample() {
  kubectl -n $SAMPLE_NAMESPACE delete postgresql $SAMPLE --ignore-not-found --timeout=120s
  kubectl -n $SAMPLE_NAMESPACE delete pvc -l cluster-name=$SAMPLE,application=spilo --ignore-not-found --timeout=60s
}

# psql as the superuser in the container of the primary.
psql() {
  [ $# -gt 0 ] || stop "the name of a cluster is missing" "./dev psql $SAMPLE -c 'select version()'"
  local name=$1 pod namespace terminal=()
  shift
  use_cluster
  read -r namespace pod < <(kubectl get pods --all-namespaces -l "cluster-name=$name,spilo-role=master" \
    -o jsonpath='{range .items[*]}{.metadata.namespace} {.metadata.name}{"\n"}{end}') || true
  [ -n "${pod:-}" ] || stop "cluster $name has no primary" "'kubectl get postgresql --all-namespaces' shows the clusters and why"
  if [ -t 0 ] && [ -t 1 ]; then terminal=(--tty); fi
  kubectl -n "$namespace" exec --stdin "${terminal[@]}" "$pod" -c postgres -- psql -U postgres "$@"
}
