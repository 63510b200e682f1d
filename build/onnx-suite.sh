#!/bin/sh
# Runs the node cases of ONNX's own suite (Debian's libonnx-testdata, or the folder in MCUNET_ONNX_SUITE) through compiler and reference evaluator, as they stand
# and with operands bound as constants, and those that pass through generated C and C#, on real numbers as they are and quantised as int8; prints how many pass,
# and what the others are refused for.
#   build/onnx-suite.sh
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
export MCUNET_SUITE=all DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
exec dotnet test "$root/tests/McuNet.Conformance" -c Release --nologo --filter "FullyQualifiedName~OnnxSuite" --logger "console;verbosity=detailed"
