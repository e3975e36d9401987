#!/bin/sh
# Unit tests of the image builder and of the scripts in the images. Seconds; needs Python 3.11 and its yaml module.
set -eu
cd "$(dirname "$0")"
export PYTHONDONTWRITEBYTECODE=1

python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import tomllib, yaml' 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "images: installing python3-yaml with apt-get" >&2
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-yaml openssl >/dev/null
    python=/usr/bin/python3
fi

PYTHONPATH=. "$python" -m unittest discover -q -s tests "$@"
for image in spilo-dev pgbouncer; do
    PYTHONPATH=$image/scripts:$image/tests "$python" -m unittest discover -q -s "$image/tests" "$@"
done
