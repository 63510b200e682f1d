#!/usr/bin/env bash
# Packs McuNet.Build into artifacts/packages, builds samples/digits with it as a user would, and runs it. Needs the .NET 10 SDK only.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { printf '\n== %s\n' "$*"; }

# The package's version does not change while it is developed, so an unpacked copy of it would go stale unnoticed.
packages="$root/artifacts/sample-packages"
rm -rf "$packages/mcunet.build" "$root"/artifacts/packages/McuNet.Build.*.nupkg

say "packing McuNet.Build"
dotnet pack "$root/src/McuNet.Build" -c Release -v quiet -nologo
ls "$root"/artifacts/packages/McuNet.Build.*.nupkg

say "building samples/digits: the network is compiled by the build"
NUGET_PACKAGES="$packages" dotnet build "$root/samples/digits" -c Release -v minimal -nologo --no-incremental

say "running it"
dotnet "$(find "$root/samples/digits/bin/Release" -name Digits.dll | head -n 1)"

say "what the build wrote for the firmware"
find "$root/samples/digits/bin/Release" -path '*/mcunet/*' -type f | sed "s|^$root/||" | sort
