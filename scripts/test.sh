# shellcheck shell=bash
# All tests, from those that need nothing to those that need real pods.

API_INSTANCE=api${INSTANCE#dev}
NODE_INSTANCE=node${INSTANCE#dev}
NATIVE_SOURCES=$ROOT/target/native-sources

run_tests() {
  local parts="unit apiserver native kubelet" quiet="" part
  while [ $# -gt 0 ]; do
    case $1 in
      -q) quiet=yes ;;
      --only) parts=${2:?--only needs unit, apiserver, native or kubelet} && shift ;;
      *) stop "unknown option $1" "./dev test [-q] [--only unit|apiserver|native|kubelet]" ;;
    esac
    shift
  done
  for part in $parts; do
    case $part in
      unit | apiserver | native | kubelet) ;;
      *) stop "there is no part '$part'" "parts are unit, apiserver, native and kubelet" ;;
    esac
  done
  if wants kubelet && [ "$(id -u)" != 0 ]; then need_root "the part 'kubelet'"; fi
  find_jdk
  rm -rf "$ROOT/target/surefire-reports"
  at_exit stop_test_clusters
  [ -z "$quiet" ] || exec 3>&1 >/dev/null

  # The local Kubernetes compiles beside the unit tests; both cores are busy either way.
  if wants apiserver || wants kubelet; then begin "Local Kubernetes" build_local_kubernetes; fi
  if wants kubelet; then begin "Database image" build_database_image; fi
  if wants kubelet; then begin "Pooler image" build_pooler_image; fi
  if wants unit; then begin "Unit tests" unit_tests; else begin "Operator" build_operator; fi
  await_all
  if wants unit; then step "Tests on PostgreSQL 15" tests_on_postgresql 15.14.0; fi
  if wants apiserver; then
    step "API server" start_local_kubernetes "$API_INSTANCE" control-plane "$STATE/api.kubeconfig"
    step "Tests on the API server" tests_with_tag apiserver \
      "PATRONI_OPERATOR_APISERVER_KUBECONFIG=$(kubeconfig_of "$API_INSTANCE")"
    step "API server stops" stop_local_kubernetes "$API_INSTANCE"
  fi
  if wants native; then
    step "Native augmentation" native_augmentation
    step "Native readiness" tests_with_tag native "PATRONI_OPERATOR_NATIVE_SOURCES=$NATIVE_SOURCES"
  fi
  if wants kubelet; then
    step "Operator image" build_operator_image
    step "Node" start_test_node
    step "Tests on real pods" tests_with_tag kubelet \
      "PATRONI_OPERATOR_KUBELET_KUBECONFIG=$(kubeconfig_of "$NODE_INSTANCE")"
    step "Node stops" stop_local_kubernetes "$NODE_INSTANCE"
  fi
  [ -z "$quiet" ] || exec >&3
  test_summary
}

wants() { [[ " $parts " == *" $1 "* ]]; }

unit_tests() {
  advice "each failed test is in target/surefire-reports; './mvnw test -Dtest=NAME' runs one; './dev fmt' mends the format"
  maven verify
  touch "$QUARKUS_APP/quarkus-run.jar"
  did "$(counts)"
}

# VERSION: the tests tagged postgresql once more, on another server. They ran on that of pom.xml with all the others.
tests_on_postgresql() {
  local reports=postgresql-$1
  advice "each failed test is in target/surefire-reports, in a file that ends in $reports; see docs/testing.md"
  maven surefire:test -Dembedded-postgres-binaries.version="$1" \
    -Dtest.groups=postgresql -Dsurefire.reportNameSuffix="$reports"
  case $(counts "$reports") in
    "0 passed"*) echo "no test carries the tag postgresql" && return 1 ;;
  esac
  did "$(counts "$reports")"
}

# TAG [VARIABLE=VALUE…]: the tests of one JUnit tag on what was built before.
tests_with_tag() {
  local tag=$1 variable others
  shift
  for variable; do export "${variable?}"; done
  others=$(tr ' ' '\n' <<<"apiserver kubelet native" | grep -vx "$tag" | paste -sd,)
  advice "each failed test is in target/surefire-reports; './dev test --only $tag' runs this part alone"
  maven surefire:test \
    -Dtest.groups="$tag" -Dtest.excludedGroups="$others" -Dsurefire.failIfNoSpecifiedTests=false
  case $(counts) in
    "0 passed"*) echo "no test carries the tag $tag" && return 1 ;;
  esac
  did "$(counts)"
}

# Everything of a native build that needs no GraalVM: the build steps, and the list of what is reachable by reflection.
native_augmentation() {
  if newer_than_all "$NATIVE_SOURCES/.complete" "$ROOT/pom.xml" "$ROOT/src/main"; then
    nothing_to_do
    return
  fi
  advice "an extension or a library does not agree with native compilation; see docs/testing.md, 'Native'"
  rm -rf "$NATIVE_SOURCES"
  maven package -Dnative -Dquarkus.native.sources-only=true -DskipTests -Dspotless.check.skip=true
  touch "$NATIVE_SOURCES/.complete"
}

start_test_node() {
  start_local_kubernetes "$NODE_INSTANCE" node "$STATE/node.kubeconfig"
  load_local_image "$NODE_INSTANCE" "$DATABASE_ARCHIVE"
  load_local_image "$NODE_INSTANCE" "$POOLER_ARCHIVE"
  load_local_image "$NODE_INSTANCE" "$OPERATOR_ARCHIVE"
}

stop_test_clusters() {
  local instance
  for instance in api node; do
    [ -f "$STATE/$instance.kubeconfig" ] || continue
    stop_local_kubernetes "$instance${INSTANCE#dev}" >>"$STATE/log/stop.log" 2>&1 || true
    rm -f "$STATE/$instance.kubeconfig"
  done
}

# [SUFFIX]: prints "tests, failures, skipped" of the reports that are there, or of those whose names end so.
counts() {
  find "$ROOT/target/surefire-reports" -name "TEST-*${1:-}.xml" -exec grep -hm1 '<testsuite ' {} + 2>/dev/null | awk '
    function number(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    { tests += number("tests"); failed += number("failures") + number("errors"); skipped += number("skipped") }
    END { printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped }'
}

test_summary() {
  say "All parts passed: $parts"
  counts
}
