#!/bin/sh
# Runs random networks on the generated C of the host, the generated C# and emulated boards, against the reference evaluator.
#   build/sweep.sh [networks] [first seed]
# Half of them have random segments cut into bands of columns. A failure names its seed; `build/sweep.sh 1 SEED` repeats that network alone.
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
MCUNET_NETWORKS=${1:-2000} MCUNET_SEED=${2:-1} exec dotnet test "$root/tests/McuNet.Conformance" -c Release --nologo \
  --filter FullyQualifiedName~RandomNetworkTests --logger "console;verbosity=normal"
