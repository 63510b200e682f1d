#!/bin/sh
# Opens the reports of every model of ../shared, ONNX and TFLite, and those of the gate in a real browser: numbers, widths, keyboard, accessibility, paper. Pages and
# pictures stay in artifacts/test-results/report. Needs Chromium (or MCUNET_BROWSER, the path of one).
#   build/report-suite.sh
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
export MCUNET_SUITE=all DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
exec dotnet test "$root/tests/McuNet.Report.Tests" -c Release --nologo --logger "console;verbosity=normal"
