# shellcheck shell=bash
# Steps: pieces of work with a title, a log, a line with the elapsed seconds when they end, and an explanation when
# they fail. Steps begun with `begin` run side by side until `await_all`.
#
# A step is a function. Its output goes to .dev/log/TITLE.log. It may call
#   nothing_to_do [WHY]  the step found its work done
#   did WHAT             what to print beside the title when it ends
#   advice TEXT          what a person can do if the step fails after this point

STARTED=$SECONDS
declare -A step_pid step_title step_began
step_order=()
cleanups=()

elapsed() { printf '[%4d s]' $((SECONDS - STARTED)); }
say() { printf '%s %s\n' "$(elapsed)" "$*"; }

# Ends the program with a cause and what to do about it.
stop() {
  printf '%s failed: %s\n' "$(elapsed)" "$1" >&2
  [ -z "${2:-}" ] || printf '         what to do: %s\n' "$2" >&2
  exit 1
}

nothing_to_do() { did "nothing to do${1:+ ($1)}"; }
did() { printf '%s\n' "$*" >"$STEP_FILES.did"; }
advice() { printf '%s\n' "$*" >"$STEP_FILES.advice"; }

begin() {
  local title=$1 files
  shift
  files=$(step_files "$title")
  mkdir -p "$STATE/log"
  rm -f "$files".*
  # A process group of its own, so that a step can be ended with all it started.
  set -m
  (
    set +m
    STEP_FILES=$files
    trap - EXIT INT TERM
    "$@"
  ) >"$files.log" 2>&1 </dev/null &
  set +m
  step_pid[$files]=$!
  step_title[$files]=$title
  step_began[$files]=$SECONDS
  step_order+=("$files")
}

# Waits for every step begun; the first that fails ends the others and the program.
await_all() {
  local files failed="" told=$SECONDS
  while [ ${#step_order[@]} -gt 0 ] && [ -z "$failed" ]; do
    for files in "${step_order[@]}"; do
      kill -0 "${step_pid[$files]}" 2>/dev/null && continue
      if wait "${step_pid[$files]}"; then step_ended "$files"; else failed=$files; fi
      forget_step "$files"
      break
    done
    if [ $((SECONDS - told)) -ge 30 ]; then
      for files in "${step_order[@]}"; do step_goes_on "$files"; done
      told=$SECONDS
    fi
    sleep 0.1
  done
  [ -z "$failed" ] || step_failed "$failed"
}

step() {
  begin "$@"
  await_all
}

step_files() {
  local name=${1,,}
  printf '%s/log/%s' "$STATE" "${name//[^a-z0-9]/-}"
}

step_took() {
  local seconds=$((SECONDS - step_began[$1]))
  [ "$seconds" -lt 1 ] || printf ' (%d s)' "$seconds"
}

step_ended() {
  local what="done"
  [ ! -f "$1.did" ] || what=$(<"$1.did")
  say "${step_title[$1]}: $what$(step_took "$1")"
}

step_goes_on() {
  local last
  last=$(tail -c 2000 "$1.log" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c 1-110) || last=""
  say "${step_title[$1]}: still at work$(step_took "$1")${last:+; $last}"
}

step_failed() {
  end_steps
  say "${step_title[$1]}: failed$(step_took "$1"); the end of ${1#"$ROOT"/}.log:" >&2
  tail -n 25 "$1.log" | sed 's/^/    /' >&2
  local what="read the log, then run the same command again: what was finished is not done twice"
  [ ! -f "$1.advice" ] || what=$(<"$1.advice")
  printf '         what to do: %s\n' "$what" >&2
  exit 1
}

forget_step() {
  local kept=() files
  for files in "${step_order[@]}"; do
    [ "$files" = "$1" ] || kept+=("$files")
  done
  step_order=("${kept[@]}")
}

end_steps() {
  local files
  for files in "${step_order[@]}"; do
    kill -TERM -- "-${step_pid[$files]}" 2>/dev/null || true
    wait "${step_pid[$files]}" 2>/dev/null || true
  done
  step_order=()
}

# What must happen when the program ends, however it ends; the last given is done first.
at_exit() { cleanups+=("$*"); }

finish() {
  local status=$? number
  trap - EXIT
  trap '' INT TERM
  end_steps
  for ((number = ${#cleanups[@]} - 1; number >= 0; number--)); do ${cleanups[number]} || true; done
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
