#!/usr/bin/env bash
# Puts the native ONNX Runtime library into the cache where McuNet looks for it:
#   ${XDG_CACHE_HOME:-~/.cache}/mcunet/onnxruntime/<version>/<os>-<arch>/
# and prints that folder. Does nothing when it is there already, so it works offline after the first run.
#
# Sources, in order: the NuGet package Microsoft.ML.OnnxRuntime, then the npm package onnxruntime-node; both carry the
# official binaries. Where npm is missing and this runs as root on Debian or Ubuntu, npm is installed with apt-get.
# MCUNET_ONNXRUNTIME_SOURCE=nuget or =npm takes that source only.
set -euo pipefail

version=1.30.0
say() { printf 'get-onnxruntime: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

case "$(uname -s)" in
  Linux)  os=linux;  rid_os=linux; library=libonnxruntime.so;    npm_library="libonnxruntime.so.1" ;;
  Darwin) os=darwin; rid_os=osx;   library=libonnxruntime.dylib; npm_library="libonnxruntime.*.dylib" ;;
  *) die "no binaries are known for $(uname -s); install ONNX Runtime $version yourself and set MCUNET_ONNXRUNTIME to the library" ;;
esac
case "$(uname -m)" in
  x86_64|amd64)  arch=x64 ;;
  aarch64|arm64) arch=arm64 ;;
  *) die "no binaries are known for $(uname -m); install ONNX Runtime $version yourself and set MCUNET_ONNXRUNTIME to the library" ;;
esac

# The library in the npm package; NuGet's build of the same release differs in its bytes and is vouched for by NuGet's signature.
npm_sha256=""
[ "$os-$arch" = linux-x64 ] && npm_sha256=ffb75a925ba05e47b235bb66e3e3911714a80b328a9c9425539feb204aa32a23

folder="${XDG_CACHE_HOME:-$HOME/.cache}/mcunet/onnxruntime/$version/$os-$arch"
least_bytes=8000000

sha256_of() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }
plausible() { [ -f "$1" ] && [ "$(wc -c <"$1")" -ge "$least_bytes" ] && LC_ALL=C grep -q OrtGetApiBase "$1"; }
cached() {
  [ -f "$folder/SHA256" ] && plausible "$folder/$library" && [ "$(sha256_of "$folder/$library")" = "$(cat "$folder/SHA256")" ]
}

if cached; then echo "$folder"; exit 0; fi

mkdir -p "$folder"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

from_nuget() {
  command -v dotnet >/dev/null || return 1
  mkdir -p "$work/nuget"
  printf '<Project />\n' | tee "$work/nuget/Directory.Build.props" "$work/nuget/Directory.Build.targets" >"$work/nuget/Directory.Packages.props"
  cat >"$work/nuget/get.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><AutomaticallyUseReferenceAssemblyPackages>false</AutomaticallyUseReferenceAssemblyPackages><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences></PropertyGroup>
  <ItemGroup><PackageDownload Include="Microsoft.ML.OnnxRuntime" Version="[$version]" /></ItemGroup>
</Project>
XML
  dotnet restore "$work/nuget/get.csproj" --packages "$work/packages" -v q -nologo >"$work/nuget.log" 2>&1 || return 1
  found="$(find "$work/packages" -path "*/runtimes/$rid_os-$arch/native/$library" | head -n 1)"
  [ -n "$found" ]
}

from_npm() {
  if ! command -v npm >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      say "installing npm with apt-get"
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm; } >"$work/apt.log" 2>&1 \
        || { tail -n 5 "$work/apt.log" >&2; die "npm could not be installed"; }
    else
      die "NuGet does not serve Microsoft.ML.OnnxRuntime $version here and npm is missing; install npm (apt-get install npm) and run this again"
    fi
  fi
  mkdir -p "$work/npm"
  (cd "$work/npm" && npm pack --silent "onnxruntime-node@$version" >/dev/null 2>"$work/npm.log") \
    || { cat "$work/npm.log" >&2; die "npm could not download onnxruntime-node $version"; }
  tar -xzf "$work/npm"/onnxruntime-node-*.tgz -C "$work/npm"
  found="$(find "$work/npm/package/bin" -path "*/$os/$arch/$npm_library" | sort | head -n 1)"
  [ -n "$found" ] || die "onnxruntime-node $version holds no $npm_library for $os/$arch"
  if [ -n "$npm_sha256" ] && [ "$(sha256_of "$found")" != "$npm_sha256" ]; then
    die "the library in onnxruntime-node $version has sha256 $(sha256_of "$found"), not $npm_sha256"
  fi
}

case "${MCUNET_ONNXRUNTIME_SOURCE:-any}" in
  nuget) from_nuget || { cat "$work/nuget.log" >&2; die "NuGet does not serve Microsoft.ML.OnnxRuntime $version here"; } ;;
  npm) from_npm ;;
  *) from_nuget || from_npm ;;
esac

plausible "$found" || die "$found is not an ONNX Runtime library"
cp "$found" "$work/$library"
mv -f "$work/$library" "$folder/$library.part" && mv -f "$folder/$library.part" "$folder/$library"
sha256_of "$folder/$library" >"$folder/SHA256"
echo "$folder"
