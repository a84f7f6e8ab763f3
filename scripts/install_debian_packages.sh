#!/bin/sh
# Installs the Debian packages that some tests need: chromium for the pages, nginx with RTMP for live output.
# Without them those tests are skipped; the product itself needs neither.
set -eu
packages="chromium libnginx-mod-rtmp"

missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "install_debian_packages: root is needed to install$missing, and there is no sudo; run this as root" >&2
        exit 1
    }
    as_root=sudo
fi
echo "installing Debian packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086  # a list of words on purpose
$as_root apt-get install -q -y --no-install-recommends $missing
