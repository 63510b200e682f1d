#!/usr/bin/env bash
# Installs what the tests can use, builds everything, runs all tests, and prints as its last line: N passed, N failed[, N skipped].
# A tool that cannot be installed makes the tests that need it skip, which the last line shows. Exit code 0: all that ran passed.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
results="$root/artifacts/test-results"
at_once=2

say() { printf 'test: %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

install_tools() {
  local missing=()
  command -v arm-none-eabi-gcc >/dev/null || missing+=(gcc-arm-none-eabi libnewlib-arm-none-eabi)
  command -v qemu-system-arm >/dev/null || missing+=(qemu-system-arm)
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  command -v cmake >/dev/null || missing+=(cmake)
  [ "${#missing[@]}" -eq 0 ] && return
  if ! command -v apt-get >/dev/null; then
    say "missing and not installed, for want of apt-get: ${missing[*]}"
    return
  fi
  say "installing ${missing[*]}"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$results/apt.log" 2>&1 || say "could not install ${missing[*]}; tests that need them are skipped (see $results/apt.log)"
}

# Training needs PyTorch; a machine without it tests everything else.
install_torch() {
  /usr/bin/python3 -c 'import torch, numpy, PIL' 2>/dev/null && return
  command -v apt-get >/dev/null || { say "no PyTorch; tests that train are skipped"; return; }
  say "installing python3-torch"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-torch python3-numpy python3-pil; } \
    >"$results/torch.log" 2>&1 || say "could not install python3-torch; tests that train are skipped (see $results/torch.log)"
}

install_onnxruntime() {
  build/tools/get-onnxruntime.sh >"$results/onnxruntime.log" 2>&1 \
    || say "no ONNX Runtime; tests that need it are skipped (see $results/onnxruntime.log)"
}

run_project() {
  local name
  name="$(basename "$1" .csproj)"
  dotnet test "$1" -c Release --no-build -v quiet -nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" >"$results/$name.log" 2>&1
  local code=$?
  grep -E '^\s*(Passed|Failed|Skipped)!|^\s*(Failed|Skipped) |Error Message|^\s+Assert|Exception|aborted' "$results/$name.log"
  [ $code -eq 0 ] || { say "$name failed; all of its output:"; cat "$results/$name.log"; }
  [ -f "$results/$name.trx" ] || say "$name gave no results"
}

rm -rf "$results"
mkdir -p "$results"
install_tools
install_torch
install_onnxruntime

say "building"
if ! dotnet build McuNet.Build.sln -c Release -m:2 -v quiet -nologo; then
  echo "0 passed, 1 failed"
  exit 1
fi

mapfile -t projects < <(grep -l 'Microsoft.NET.Test.Sdk' tests/*/*.csproj)
say "running ${#projects[@]} projects, $at_once at a time"
export -f run_project say
export results
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
failed=$((executed - passed + lost))
skipped=$((total - executed))
[ "$lost" -eq 0 ] || say "$lost projects gave no complete results and count as one failure each"

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
