#!/bin/bash
# `bash healthcheck.sh URL` succeeds when the URL answers 200. It asks again for a while: a container that is starting is
# then found healthy when it is, and not at the next turn.
#
# By the shell alone, since slim images have no curl, and starting Node to ask takes 85 ms of processor time: a tenth of
# a start at a quarter of a processor, and again at each turn. Bash speaks TCP by itself.
set -u

readonly RETRY_SEC=0.2
# Below the `timeout` of the health checks that use this.
readonly PATIENCE_SEC=4

if [[ ! ${1:-} =~ ^http://([^/:]+):([0-9]+)(/.*)$ ]]; then
  echo 'usage: healthcheck.sh http://HOST:PORT/PATH' >&2
  exit 2
fi
host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]} path=${BASH_REMATCH[3]}

# Sets `status`, to nothing where nobody answers.
ask() {
  status=''
  exec 3<>"/dev/tcp/$host/$port" || return
  printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$path" "$host" "$port" >&3
  read -r -t "$PATIENCE_SEC" _ status _ <&3
  exec 3>&-
}

until ask 2>/dev/null; [[ $status == 200 ]]; do
  if ((SECONDS >= PATIENCE_SEC)); then
    echo "$1: ${status:-no answer}" >&2
    exit 1
  fi
  sleep "$RETRY_SEC"
done
