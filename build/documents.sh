#!/bin/sh
# Runs every command that the README and the pages of docs show, the slow ones too, reads or compiles every other block, and compares what is printed with what is shown.
#   build/documents.sh           holds the documents to what is printed
#   build/documents.sh write     writes what is printed into them, and all generated pages and pictures
# Needs what the tests need (build/test.sh installs it), and for real models ../shared.
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
export MCUNET_SUITE=all DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
[ "$1" != write ] || export MCUNET_REGENERATE=1
status=0
for tests in "McuNet.Compiler.Tests --filter FullyQualifiedName~House|FullyQualifiedName~Devices|FullyQualifiedName~Pictures" \
  "McuNet.Cli.Tests --filter FullyQualifiedName~Document" "McuNet.Package.Tests --filter FullyQualifiedName~Tutorial"; do
  # shellcheck disable=SC2086
  dotnet test "$root/tests/"$tests -c Release --nologo -v quiet --logger "console;verbosity=normal" || status=1
done
exit $status
