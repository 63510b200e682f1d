#!/usr/bin/env bash
# Writes the bill of materials of both packages (CycloneDX, JSON) to artifacts/packages/mcunet.cdx.json: every package that the compiler is built from, with version,
# hash and licence. The tool's version is in .config/dotnet-tools.json.
#   build/sbom.sh [VERSION]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
dotnet tool restore --tool-manifest .config/dotnet-tools.json >/dev/null
dotnet restore src/McuNet.Cli -v quiet --locked-mode
version="${1:-$(dotnet msbuild src/McuNet.Cli -getProperty:Version)}"
dotnet tool run dotnet-CycloneDX src/McuNet.Cli/McuNet.Cli.csproj --disable-package-restore --no-serial-number \
  --set-name McuNet.Cli --set-version "$version" --output-format Json --output artifacts/packages --filename mcunet.cdx.json >/dev/null
echo "artifacts/packages/mcunet.cdx.json: $(grep -c '"purl"' artifacts/packages/mcunet.cdx.json) packages"
