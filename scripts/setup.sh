#!/bin/sh
# Makes .venv and installs what constraints.txt pins. `base` is what the product needs, `dev` adds tests and checks.
set -eu
what=$1
python=${PYTHON:-$(command -v python3.11 || echo python3)}

refuse() {
    echo "setup: $1" >&2
    exit 1
}

if [ ! -x .venv/bin/python ]; then
    command -v "$python" >/dev/null 2>&1 ||
        refuse "Adloom needs Python 3.11; there is no $python. Install it or name it: make setup PYTHON=/path/to/python3.11"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    [ "$version" = 3.11 ] || refuse "Adloom needs Python 3.11; $python is Python $version (some parts are built for no other version)"
    "$python" -m venv .venv || refuse "python could not make .venv; on Debian: apt-get install python3.11-venv"
fi
version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
[ "$version" = 3.11 ] || refuse "Adloom needs Python 3.11, but .venv was made with Python $version: remove .venv and try again"

case $what in
base) package=. ;;
dev) package=.[dev] ;;
*) refuse "unknown: $what" ;;
esac
echo "setup: installing ($what), some minutes the first time"
# setuptools warns about every editable installation; this one holds no packages of its own to shadow.
PYTHONWARNINGS=ignore .venv/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt -e "$package"
# The tests hold one of our figures against vbench's own function; the package itself asks for other versions of torch.
[ "$what" = base ] ||
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -c constraints.txt vbench
touch ".venv/.$what-installed"
