#!/usr/bin/env bash
# Compiles the models of build/bench/anchors.tsv for a Cortex-M4F, runs them under QEMU, and prints a Markdown table beside what others reach.
#   build/bench.sh [FOLDER_OF_ONNX_FILES [DEVICE [further options of mcunet bench…]]]
# Needs arm-none-eabi-gcc, qemu-system-arm and gcc; the models lie beside the repository unless another folder is named.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
models="${1:-$root/../shared/models/onnx}"
device="${2:-stm32l4r5}"
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
[ -d "$models" ] || { echo "bench: there is no folder '$models'; name the folder of the ONNX files as the first argument" >&2; exit 2; }

value() { awk -v key="\"$2\":" '/^  "/ && $1 == key { gsub(/,$/, "", $2); print $2; exit }' <<<"$1"; }
grouped() { awk -v n="$1" 'BEGIN { if (n !~ /^[0-9]+$/) { print "–"; exit } s = ""; while (length(n) > 3) { s = "," substr(n, length(n) - 2) s; n = substr(n, 1, length(n) - 3) } print n s }'; }
row() { printf '|'; for cell in "$@"; do printf ' %s |' "$cell"; done; printf '\n'; }

echo "Bytes and cycles of one inference on $device. In parentheses: TFLM with CMSIS-NN / TinyEngine, and for cycles also the fastest published on a board."
echo
row model arena stack flash instructions cycles "cycles per MAC"
row --- ---: ---: ---: ---: ---: ---:
failed=0
while IFS=$'\t' read -r model tflm tiny board tflm_arena tiny_arena tflm_flash tiny_flash; do
  case "$model" in ''|'#'*) continue ;; esac
  if ! json="$("$root/build/mcunet" bench "$models/$model.onnx" --device "$device" --json "$@")"; then
    echo "bench: $model failed:" >&2
    grep '"message"' <<<"$json" >&2 || true
    failed=1
    continue
  fi
  cycles="$(value "$json" cycles)"
  flash=$(($(value "$json" flashWeights) + $(value "$json" flashCode)))
  per_mac="$(awk -v c="$cycles" -v m="$(value "$json" macs)" 'BEGIN { printf c ~ /^[0-9]+$/ ? sprintf("%.2f", c / m) : "–" }')"
  row "$model" \
    "$(grouped "$(value "$json" arena)") ($(grouped "$tflm_arena") / $(grouped "$tiny_arena"))" \
    "$(grouped "$(value "$json" stack)")" \
    "$(grouped "$flash") ($(grouped "$tflm_flash") / $(grouped "$tiny_flash"))" \
    "$(grouped "$(value "$json" instructions)")" \
    "$(grouped "$cycles") ($(grouped "$tflm") / $(grouped "$tiny") / $(grouped "$board"))" \
    "$per_mac"
done <"$root/build/bench/anchors.tsv"
exit $failed
