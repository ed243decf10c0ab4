#!/bin/sh
# Makes NotoSans-Labels.ttf and OFL.txt: Noto Sans Regular as published on npm, cut down to the Latin (with
# Vietnamese), Greek and Cyrillic blocks and the punctuation that addresses use, all layout features kept.
# Needs npm, and fonttools 4 (pip install fonttools). Run it beside the files that it makes.
set -eu
package=@expo-google-fonts/noto-sans@0.4.2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "$package" >/dev/null
tar -xzf ./*.tgz
cp package/LICENSE_FONT "$here/OFL.txt"
SOURCE_DATE_EPOCH=0 pyftsubset package/400Regular/NotoSans_400Regular.ttf \
    --unicodes=U+0020-052F,U+1C80-1C88,U+1E00-1FFF,U+2000-20CF,U+2100-218F,U+2212,U+2C60-2C7F,U+2DE0-2DFF,U+A640-A69F,U+A720-A7FF,U+FB00-FB06 \
    --layout-features='*' --no-hinting --notdef-outline --drop-tables+=DSIG,STAT \
    --output-file="$here/NotoSans-Labels.ttf"
