#!/usr/bin/env bash
# Installs what the tests can use, builds everything, runs all tests, and prints as its last line: N passed, N failed[, N skipped].
# A tool that cannot be installed makes the tests that need it skip, which the last line shows. Where ../shared lies beside the repository, only the tests
# of tests/skipped.txt may be skipped; another one counts as failed. Exit code 0: all that ran passed.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
results="$root/artifacts/test-results"
may_skip="$root/tests/skipped.txt"
at_once=2
# A project that hangs is ended; a machine ten times slower than ours still gets through one.
patience=2h

say() { printf 'test: %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

# Debian packages, all of them or none: apt_install LOG PACKAGE...
apt_install() {
  local log="$results/$1.log"
  shift
  if ! command -v apt-get >/dev/null; then
    say "missing and not installed, for want of apt-get: $*"
    return
  fi
  say "installing $*"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >"$log" 2>&1 || say "could not install $*; tests that need them are skipped (see $log)"
}

install_tools() {
  local missing=()
  command -v arm-none-eabi-gcc >/dev/null || missing+=(gcc-arm-none-eabi libnewlib-arm-none-eabi)
  command -v qemu-system-arm >/dev/null || missing+=(qemu-system-arm)
  { command -v gcc && command -v cc; } >/dev/null || missing+=(gcc libc6-dev)
  command -v g++ >/dev/null || missing+=(g++)
  command -v cmake >/dev/null || missing+=(cmake)
  command -v make >/dev/null || missing+=(make)
  [ "${#missing[@]}" -eq 0 ] || apt_install tools "${missing[@]}"
  command -v clang >/dev/null || apt_install clang clang
  { command -v chromium || command -v google-chrome || [ -n "${MCUNET_BROWSER:-}" ]; } >/dev/null || apt_install chromium chromium
  [ -d /usr/share/libonnx-testdata ] || apt_install onnx-testdata libonnx-testdata
  /usr/bin/python3 -c 'import torch, numpy, PIL' 2>/dev/null || apt_install torch python3-torch python3-numpy python3-pil
}

run_project() {
  local name
  name="$(basename "$1" .csproj)"
  local limit=()
  command -v timeout >/dev/null && limit=(timeout -k 1m "$patience")
  "${limit[@]}" dotnet test "$1" -c Release --no-build -v quiet -nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" >"$results/$name.log" 2>&1
  local code=$?
  [ $code -ne 124 ] || say "$name ran longer than $patience and was ended"
  grep -E '^\s*(Passed|Failed|Skipped)!|^\s*(Failed|Skipped) |Error Message|^\s+Assert|Exception|aborted' "$results/$name.log"
  [ $code -eq 0 ] || { say "$name failed; all of its output:"; cat "$results/$name.log"; }
  [ -f "$results/$name.trx" ] || say "$name gave no results"
}

rm -rf "$results"
mkdir -p "$results"
install_tools

say "building"
if ! dotnet build McuNet.Build.sln -c Release -m:2 -v quiet -nologo; then
  echo "0 passed, 1 failed"
  exit 1
fi

say "checking the form of the sources"
unformed=0
build/format.sh check >"$results/format.log" 2>&1 || { unformed=1; say "not in the form of build/format.sh:"; cat "$results/format.log"; }

mapfile -t projects < <(grep -l 'Microsoft.NET.Test.Sdk' tests/*/*.csproj)
say "running ${#projects[@]} projects, $at_once at a time"
export -f run_project say
export results patience
printf '%s\n' "${projects[@]}" | xargs -P "$at_once" -I{} bash -c 'run_project "$1"' _ {}

total=0 executed=0 passed=0 lost=0
for project in "${projects[@]}"; do
  trx="$results/$(basename "$project" .csproj).trx"
  counters="$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null | head -n 1)"
  if [ -z "$counters" ] || grep -q '<ResultSummary outcome="Aborted"' "$trx"; then lost=$((lost + 1)); fi
  [ -n "$counters" ] || continue
  number() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  total=$((total + $(number total)))
  executed=$((executed + $(number executed)))
  passed=$((passed + $(number passed)))
done
failed=$((executed - passed + lost + unformed))
skipped=$((total - executed))
[ "$lost" -eq 0 ] || say "$lost projects gave no complete results and count as one failure each"

if [ -d ../shared ] && compgen -G "$results/*.trx" >/dev/null; then
  mapfile -t unlisted < <(build/tools/skipped-tests.sh unlisted "$may_skip" "$results"/*.trx)
  for name in "${unlisted[@]}"; do say "skipped, which counts as failed, for it is not in tests/skipped.txt: $name"; done
  build/tools/skipped-tests.sh ran "$may_skip" "$results"/*.trx | while read -r name; do say "ran, though tests/skipped.txt permits to skip it: $name"; done
  failed=$((failed + ${#unlisted[@]}))
  skipped=$((skipped - ${#unlisted[@]}))
fi

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
