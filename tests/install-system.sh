#!/usr/bin/env bash
# Installs what the tests need beside Python and Node: PostGIS, Chromium, QGIS and GDAL's tools.
# On Debian as root through apt; elsewhere it says what is missing, and the tests that need it are skipped.
set -euo pipefail

missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing+=(postgresql-postgis)
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
[ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import qgis, osgeo' >/dev/null 2>&1 || missing+=(python3-qgis python3-gdal)
command -v ogrinfo >/dev/null || missing+=(gdal-bin)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "› installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    packages=()
    for package in "${missing[@]}"; do
        # the versioned PostGIS package: the plain one pulls in much that no test uses
        [ "$package" = postgresql-postgis ] && package=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | sort -V | tail -n 1 | cut -d' ' -f1)
        packages+=("$package")
    done
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
elif [ "${CI:-}" = true ]; then
    echo "CI needs ${missing[*]}; install them in its image" >&2
    exit 1
else
    echo "! not installed: ${missing[*]}. The tests that need them are skipped; install them to run everything."
fi
