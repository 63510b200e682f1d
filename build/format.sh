#!/usr/bin/env bash
# Writes all C# of the repository in the one form that the formatter of the tool manifest knows (docs/decisions/0028).
#   build/format.sh         writes
#   build/format.sh check   changes nothing and fails where a file has another form
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore >/dev/null
exec dotnet csharpier "${1:-format}" .
