#!/bin/sh
# Debian's PostgreSQL with PostGIS for the tests of the store. Without root or apt they
# are skipped by name, and this says so; CI requires them.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql postgresql-postgis
else
    echo "postgis is absent and cannot be installed here (root and apt-get needed); tests of that store will be skipped" >&2
fi
