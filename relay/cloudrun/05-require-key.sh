#!/bin/sh
# Without a key anyone could speak for the shop: the container does not start.
set -e
if [ "${#RELAY_KEY}" -lt 32 ]; then
  echo 'RELAY_KEY needs at least 32 characters: openssl rand -hex 32' >&2
  exit 1
fi
