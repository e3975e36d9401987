# shellcheck shell=bash
# Finds the tools that the project is built with, and says how to get those that are missing.

# Sets JAVA_HOME to a JDK of the release that pom.xml names, or a newer one.
find_jdk() {
  local wanted candidate
  wanted=$(sed -n 's:.*<maven.compiler.release>\([0-9]*\)<.*:\1:p' "$ROOT/pom.xml")
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ "$(jdk_release "$candidate")" -ge "$wanted" ]; then
      export JAVA_HOME=$candidate PATH=$candidate/bin:$PATH
      return
    fi
  done
  stop "no JDK $wanted was found (looked at JAVA_HOME, /usr/lib/jvm, /opt, SDKMAN, ~/.jdks)" \
    "install one, for example 'apt-get install openjdk-$wanted-jdk-headless' or 'sdk install java $wanted-tem', or set JAVA_HOME"
}

jdk_release() {
  local version=""
  [ ! -x "$1/bin/javac" ] || version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${version:-0}"
}

find_go() {
  command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin:$HOME/go/bin
  command -v go >/dev/null ||
    stop "Go was not found; the built-in Kubernetes is built with it" "install Go 1.24 or newer (golang-go, or https://go.dev/dl)"
}

need_root() {
  [ "$(id -u)" = 0 ] || stop "$1 needs root: it makes network interfaces, mounts and control groups" \
    "run it with sudo -E, or give a cluster of your own (KUBECONFIG or --context)"
}

maven() {
  find_jdk
  (cd "$ROOT" && ./mvnw --batch-mode --no-transfer-progress "$@")
}

# kubectl of the machine, else the one that is built with the local Kubernetes.
kubectl() {
  if [ -n "$(type -P kubectl)" ]; then
    command kubectl ${CONTEXT:+--context "$CONTEXT"} "$@"
  elif [ -x "$CACHE/bin/kubectl" ]; then
    "$CACHE/bin/kubectl" ${CONTEXT:+--context "$CONTEXT"} "$@"
  else
    stop "kubectl was not found" "install kubectl (https://kubernetes.io/docs/tasks/tools), or run ./dev up, which builds one"
  fi
}

local_kubernetes() { "$ROOT/local/kubernetes.sh" "$@"; }
