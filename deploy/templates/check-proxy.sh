#!/bin/bash
# Does the proxy of this machine take requests, and would it reach an order service? For keepalived.
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf 'GET /proxy-alive HTTP/1.0\r\n\r\n' >&3
read -r -t 0.8 _ status _ <&3
[ "$status" = 200 ]
