#!/usr/bin/env bash
# Makes a site of the README, the documents and the reports of three networks, with search, in artifacts/site: open artifacts/site/index.html by a web server, such as
#   dotnet tool run docfx serve ../../artifacts/site     (in build/site)
# Needs the .NET SDK, and NuGet once (docfx, pinned in build/site/.config/dotnet-tools.json); ONNX Runtime for the third network.
#   build/site.sh
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
stage="$root/artifacts/site-pages"
rm -rf "$stage" "$root/artifacts/site"
mkdir -p "$stage/reports"

# The pages, where they lie in the repository; the README is the first of the site.
cd "$root"
find docs samples -name '*.md' -not -path '*/bin/*' -not -path '*/obj/*' -exec cp --parents {} "$stage" \;
cp --parents docs/pictures/*.svg CONTRIBUTING.md "$stage"
cp README.md "$stage/index.md"
cp build/site/docfx.json "$stage"
# What links to the README leads to the first page, and what links to a folder to the page in it or to nothing.
find "$stage" -name '*.md' | while read -r page; do
  folder="$(dirname "$page")"
  sed -i -E 's#\]\((\.\./)*README\.md([)\#])#](\1index.md\2#g' "$page"
  [ "$folder" != "$stage/docs/diagnostics" ] || sed -i 's#](index.md)#](README.md)#g' "$page"
  { grep -oE '\]\([^):#]+\)' "$page" || true; } | sed -E 's/^\]\((.*)\)$/\1/' | sort -u | while read -r link; do
    [ ! -e "$folder/$link" ] || [ -f "$folder/$link" ] || [ ! -f "$folder/$link/README.md" ] || sed -i "s#]($link)#]($link/README.md)#g" "$page"
    [ -e "$folder/$link" ] || sed -i -E "s#\[([^]]*)\]\($link\)#\1#g" "$page"
  done
done

# The reports of three networks, each with the figures that compile prints.
report() { # NAME DEVICE MODEL WHAT [OPTION...]
  local name="$1" device="$2" model="$3" what="$4"
  shift 4
  "$root/build/mcunet" report "$model" --device "$device" "$@" --out "$stage/reports/$name.html" >/dev/null
  "$root/build/mcunet" compile "$model" --device "$device" "$@" --name "$name" --summary --out "$stage/reports/$name" >/dev/null
  { echo; echo "## $what"; echo; echo "[The report](reports/$name.html), a page that needs nothing else."; echo; tail -n +2 "$stage/reports/$name/$name.md"; } >>"$stage/reports.md"
  rm -r "$stage/reports/$name"
}
{ echo "# Reports"; echo; echo "What \`mcunet report\` writes, of three networks of this repository, made when the site was. [report.md](docs/report.md) says what is shown."; } >"$stage/reports.md"
report digits rp2040 samples/digits/digits.onnx "The digit reader of the sample, on an RP2040"
report digits_in_bands nrf52840 samples/digits/digits.onnx "The same, as small as it gets: bands of columns, the image delivered several times" --optimize memory --input rows --passes 8
report tutorial_float nrf52840 samples/tutorial/digits.float.onnx "The network of the tutorial in float32, on an nRF52840"
"$root/build/mcunet" quantize samples/tutorial/digits.float.onnx --calibration samples/tutorial/pictures --preprocess 0..1 --out "$stage/tutorial.onnx" >/dev/null
report tutorial_int8 nrf52840 "$stage/tutorial.onnx" "The same in int8"
rm "$stage/tutorial.onnx"

# The order of the pages is that of the index of the documents.
{
  echo "- name: Documents"
  echo "  href: docs/README.md"
  echo "- name: Reports"
  echo "  href: reports.md"
  awk '/^## / { printf "- name: %s\n  items:\n", substr($0, 4) }
    /^\| \[/ { cell = $0; sub(/ \|[^|]*\|$/, "", cell)
      while (match(cell, /\[[^]]*\]\([^)]*\)/)) { link = substr(cell, RSTART + 1, RLENGTH - 2); cell = substr(cell, RSTART + RLENGTH)
        split(link, part, /\]\(/); target = part[2]; sub(/#.*/, "", target)
        if (target == "../README.md") target = "../index.md"
        if (target !~ /\.md$/) target = target "/README.md"
        path = target ~ /^\.\.\// ? substr(target, 4) : "docs/" target
        name = part[1]; sub(/^\.\.\//, "", name); sub(/\.md$/, "", name); gsub(/-/, " ", name)
        printf "  - name: %s\n    href: %s\n", name, path } }' docs/README.md
} >"$stage/toc.yml"

cd "$root/build/site"
dotnet tool restore -v quiet >/dev/null
dotnet tool run docfx build "$stage/docfx.json" | tee "$root/artifacts/site.log"
! grep -q ': warning ' "$root/artifacts/site.log" || { echo "site: a warning is an error here" >&2; exit 1; }
echo "site: $root/artifacts/site/index.html"
