#!/usr/bin/env bash
# Prints a SHA-256 of every file that the compiler writes, for a fixed set of models, three ways to schedule and three cores: what a change of
# structure must not change. Each compilation is a process of its own, so that an order that depends on hashing within one shows.
#   build/hashes.sh > before.txt      the set of a commit, under three minutes
#   build/hashes.sh all > all.txt     every model beside the repository
#   build/hashes.sh --against FILE    prints what differs from an earlier run, and fails where something does; `all` may follow
# Models lie beside the repository; the sample's network is always there.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
models="$root/../shared/models/onnx"
against=
if [ "${1:-}" = --against ]; then
  against="${2:?name the file to compare with}"
  shift 2
fi
set_of_commit="mlperf_kws_dscnn_int8 mlperf_resnet8_qop_ort mltk_fingerprint_int8 tflm_micro_speech_int8 tflm_hello_int8 mlperf_ad01_int8"
mapfile -t files < <(
  echo "$root/samples/digits/digits.onnx"
  if [ "${1:-}" = all ]; then ls "$models"/*.onnx; else for m in $set_of_commit; do ls "$models/$m.onnx" 2>/dev/null || true; done; fi
)
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$root/build/mcunet" --version >/dev/null

one() {
  local file="$1" mode="$2" device="$3" name options out
  name="$(basename "$file" .onnx)"
  case "$mode" in rows) options="--input rows" ;; memory) options="--optimize memory" ;; *) options="" ;; esac
  out="$work/$name-$mode-$device"
  # Large budgets: what does not fit the device must not decide which files there are.
  # shellcheck disable=SC2086
  if ! "$root/build/mcunet" compile "$file" --device "$device" --out "$out" --name net --sram 64MB --flash 256MB $options >"$out.log" 2>&1; then
    printf '%s %s %s refused %s\n' "$name" "$mode" "$device" "$(grep -o 'MCU[0-9]*' "$out.log" | sort -u | tr '\n' ' ')"
    return
  fi
  (cd "$out" && find . -type f | LC_ALL=C sort | while read -r f; do printf '%s %s %s %s %s\n' "$name" "$mode" "$device" "${f#./}" "$(sha256sum "$f" | cut -c1-64)"; done)
}
export -f one
export root work
for file in "${files[@]}"; do
  for mode in resident rows memory; do
    for device in rp2040 nrf52840 corstone300; do printf '%s\n%s\n%s\n' "$file" "$mode" "$device"; done
  done
done | xargs -d '\n' -n 3 -P 2 bash -c 'one "$@" >"$(mktemp -p "$work" part.XXXXXX)"' _
LC_ALL=C sort "$work"/part.* >"$work/all.txt"
if [ -z "$against" ]; then
  cat "$work/all.txt"
elif diff "$against" "$work/all.txt"; then
  echo "hashes: all $(wc -l <"$work/all.txt") are equal"
else
  exit 1
fi
