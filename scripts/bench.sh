# shellcheck shell=bash
# Measurements: they print what they find and write it to target/bench. docs/performance.md says how to read it.

bench() { run_test_program dev.patronioperator.bench.Benchmarks "$@"; }

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
