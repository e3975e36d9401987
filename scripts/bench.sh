# shellcheck shell=bash
# Measurements: they print what they find and write it to target/bench. docs/performance.md says how to read it.

bench() {
  if [ "${1:-}" = fleet ]; then
    [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || stop "how many clusters?" "./dev bench fleet N, such as 50, 200 or 500"
    step "Local Kubernetes" build_local_kubernetes
    step "Operator" build_operator
    run_test_program dev.patronioperator.bench.fleet.FleetBenchmark "$2"
  else
    run_test_program dev.patronioperator.bench.Benchmarks "$@"
  fi
}

# CLASS [arguments]: a main class among the tests, in the foreground.
run_test_program() {
  local class=$1 classpath=$ROOT/target/bench/classpath
  shift
  mkdir -p "$ROOT/target/bench"
  find_jdk
  step "Compile" compile_tests "$classpath"
  (cd "$ROOT" && java -cp "target/test-classes:target/classes:$(<"$classpath")" "$class" "$@")
}

compile_tests() {
  maven test-compile org.apache.maven.plugins:maven-dependency-plugin:3.7.0:build-classpath \
    -Dspotless.check.skip=true -Dmdep.outputFile="$1"
}
