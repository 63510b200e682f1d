#!/bin/sh
# Writes THIRD-PARTY-NOTICES.md from what the packages hold and what the restored packages of others state. A test of the gate compares.
#   build/notices.sh
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
export MCUNET_NOTICES=write DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
exec dotnet test "$root/tests/McuNet.Package.Tests" -c Release --nologo --filter "FullyQualifiedName~ReleaseTests.Packages_Notices"
