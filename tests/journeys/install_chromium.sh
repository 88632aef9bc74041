#!/bin/sh
# Debian's Chromium for the browser journeys. Without root or apt the journeys
# are skipped by name, and this says so; CI requires them.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium
else
    echo "chromium is absent and cannot be installed here (root and apt-get needed); browser journeys will be skipped" >&2
fi
