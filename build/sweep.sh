#!/bin/sh
# Runs random networks in every way that generated code is compiled and run, against the reference evaluator, and prints how many ran where.
#   build/sweep.sh [networks] [first seed]
# 2,000 networks at gcc -O2 unless told otherwise; 15 % of them at gcc -O0, -O1, -O3, -Os, -flto, clang -O2 and -O3, with sanitizers, in two threads with two
# arenas, as C#, and on Cortex-M0, M3, M4F, M33 and M55 under QEMU; 3 % of them under GCC's dumps, at four levels on six cores.
# A failure names its seed, and leaves the smallest network found that fails too in artifacts/sweep, as an ONNX file and its C; `build/sweep.sh 1 SEED` repeats it.
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
export MCUNET_NETWORKS="${1:-2000}" MCUNET_SEED="${2:-1}" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
figures="$root/artifacts/sweep/figures.tsv"
rm -f "$figures"
status=0
nice dotnet test "$root/tests/McuNet.Conformance" -c Release --nologo --filter "FullyQualifiedName~RandomNetworks|FullyQualifiedName~OpaqueToGcc" \
  --logger "console;verbosity=normal" || status=$?
printf '\nmode\tnetworks\tfailures\n'
[ ! -f "$figures" ] || sort "$figures"
printf 'revision\t%s\n' "$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
exit "$status"
