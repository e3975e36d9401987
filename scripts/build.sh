# shellcheck shell=bash
# Steps that build: the operator, its image, the database image, the local Kubernetes.

QUARKUS_APP=$ROOT/target/quarkus-app
OPERATOR_IMAGE=localhost/patroni-operator/operator:dev
OPERATOR_ARCHIVE=$CACHE/images/operator.tar
DATABASE_IMAGE=localhost/patroni-operator/spilo-dev:17
DATABASE_ARCHIVE=$CACHE/images/spilo-dev.tar
POOLER_IMAGE=localhost/patroni-operator/pgbouncer:1.24
POOLER_ARCHIVE=$CACHE/images/pgbouncer.tar
# Serial collector, the first compiler only, a small heap that grows as clusters do: what an operator at rest needs, and
# what starts soonest. Many objects in the caches say the same in other strings.
JVM_OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UseStringDeduplication -Xms32m -Xmx192m -Xss512k -XX:MaxMetaspaceSize=160m -XX:+ExitOnOutOfMemoryError -Djava.util.logging.manager=org.jboss.logmanager.LogManager"

# True if OUTPUT exists and nothing under INPUTS (files or folders, deleted files included) is newer.
newer_than_all() {
  local output=$1
  shift
  [ -e "$output" ] && [ -z "$(find "$@" -newer "$output" -print -quit)" ]
}

build_operator() {
  local jar=$QUARKUS_APP/quarkus-run.jar
  if newer_than_all "$jar" "$ROOT/pom.xml" "$ROOT/src/main"; then
    nothing_to_do
    return
  fi
  advice "mend what the compiler reports; './mvnw package -DskipTests' runs this step alone"
  maven package -DskipTests -Dspotless.check.skip=true
  touch "$jar"
  did "target/quarkus-app, $(du -sm "$QUARKUS_APP" | cut -f1) MB"
}

# The operator's image, without a container engine: a Java runtime cut from the JDK at hand, the C library it was
# found to need, and the application. `kubectl apply` of a chart uses the released native image instead.
build_operator_image() {
  local jar=$QUARKUS_APP/quarkus-run.jar runtime
  if newer_than_all "$OPERATOR_ARCHIVE" "$jar" "$ROOT/scripts/build.sh"; then
    nothing_to_do
    return
  fi
  mkdir -p "$CACHE/images"
  runtime=$(java_runtime)
  local options=() option
  for option in $JVM_OPTIONS; do options+=("--entrypoint=$option"); done
  "$ROOT/local/images/oci-archive" "$OPERATOR_ARCHIVE" "$OPERATOR_IMAGE" \
    --layer "/=$runtime" --layer "/app=$QUARKUS_APP" \
    --entrypoint /opt/java/bin/java "${options[@]}" --entrypoint=-jar --entrypoint /app/quarkus-run.jar \
    --env LANG=C.UTF-8 --user 1000:1000 --workdir /app --port 8080
  did "$(du -m "$OPERATOR_ARCHIVE" | cut -f1) MB"
}

# Prints the folder of a root file system that holds nothing but Java; made once for each JDK.
java_runtime() {
  find_jdk
  local root modules=java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.zipfs,jdk.naming.dns,jdk.localedata
  root=$CACHE/java-runtime/$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release" | tr '+' '_')
  if [ ! -e "$root/complete" ]; then
    rm -rf "$root"
    mkdir -p "$root"/{opt,etc,tmp}
    chmod 1777 "$root/tmp"
    jlink --add-modules "$modules" --include-locales en --strip-debug --generate-cds-archive --no-header-files --no-man-pages \
      --output "$root/opt/java" >&2
    echo 'root:x:0:0:root:/:/sbin/nologin
operator:x:1000:1000:operator:/app:/sbin/nologin' >"$root/etc/passwd"
    echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
    copy_libraries "$root"
    chroot_free_check "$root" >&2
    touch "$root/complete"
  fi
  echo "$root"
}

# The shared libraries that the runtime is linked against, and those the C library loads to look up names.
copy_libraries() {
  local root=$1 library
  {
    find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/java' \) -exec ldd {} + 2>/dev/null |
      grep -oE '(=> )?/[^ ]+ \(0x' | grep -oE '/[^ ]+' | grep -v "^$root" | grep -E '/(ld-linux[^/]*|libc|libm|libdl|libpthread|librt|libz)\.so'
    find /lib /usr/lib -name 'libnss_dns.so.2' -o -name 'libnss_files.so.2' -o -name 'libresolv.so.2' 2>/dev/null
  } | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
}

# Starts Java with the copied loader and libraries only, so that a library that is missing shows now.
chroot_free_check() {
  local root=$1 loader libraries
  loader=$(find "$root" -name 'ld-linux*.so*' -print -quit)
  libraries=$(find "$root" -name 'libc.so.6' -printf '%h' -quit)
  "$loader" --inhibit-cache --library-path "$libraries:$root/opt/java/lib" "$root/opt/java/bin/java" -version
}

build_database_image() { build_development_image spilo-dev "$DATABASE_ARCHIVE" "$DATABASE_IMAGE"; }

build_pooler_image() { build_development_image pgbouncer "$POOLER_ARCHIVE" "$POOLER_IMAGE"; }

build_development_image() {
  local name=$1 archive=$2 image=$3 before=0
  advice "see the log of the package named there; 'local/images/build $name' runs this step alone"
  [ ! -f "$archive" ] || before=$(stat -c %Y "$archive")
  "$ROOT/local/images/build" "$name"
  if [ "$before" = "$(stat -c %Y "$archive")" ]; then nothing_to_do; else did "$image"; fi
}

build_local_kubernetes() {
  find_go
  advice "the first build needs about 8 GB of disk and 4 GB of memory; 'local/kubernetes.sh build' runs this step alone"
  local before=0
  [ ! -d "$CACHE/bin" ] || before=$(stat -c %Y "$CACHE/bin")
  nice "$ROOT/local/kubernetes.sh" build
  if [ "$before" = "$(stat -c %Y "$CACHE/bin")" ]; then nothing_to_do; fi
}
