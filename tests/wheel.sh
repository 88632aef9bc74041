#!/bin/sh
# Build the wheel, install it where the checkout is not, and ask it for the version and the starter pack.
set -eu
python=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m build --quiet --wheel --outdir "$work" . 
"$python" -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check "$work"/*.whl
cd "$work"
"$work/env/bin/geoapp" --version
"$work/env/bin/python" - <<'EOF'
from layers.sources.locate import starter_folder

folder = starter_folder()
assert folder.name == "_data", folder
assert (folder / "boundaries/per/neighbours.geojson").is_file(), folder
EOF
echo "wheel: 1 passed, 0 failed"
