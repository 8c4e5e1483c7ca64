#!/bin/bash
# Whether the process of this container is ready: an API at PORT, or a worker at WORKER_PORT. No answer is none.
# `container-health /healthz` asks whether it is alive: for whatever replaces it where it is not.
exec 2>/dev/null
# Process 1 is `node <flags> dist/main.js <role>`.
role=$(tr '\0' '\n' </proc/1/cmdline | tail -n 1)
port=$PORT
if [ "$role" = worker ]; then port=$WORKER_PORT; fi
exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
path=${1:-/readyz}
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$path" >&3
IFS=' ' read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
