#!/bin/sh
# Runs cases of TFLite Micro's integration tests (../shared/peer/tflm, or the folder in MCUNET_TFLM_SUITE: a folder for each operator with NAME.tflite,
# NAME_inputK_TYPE.csv and NAME_golden_TYPE.csv) through compiler, reference evaluator, generated C and C#; prints by operator how many elements are equal.
#   build/tflm-suite.sh
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
export MCUNET_SUITE=all DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
exec dotnet test "$root/tests/McuNet.Conformance" -c Release --nologo --filter "FullyQualifiedName~TfLite.PeerTests" --logger "console;verbosity=detailed"
