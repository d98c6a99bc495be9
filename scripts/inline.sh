#!/usr/bin/env bash
# Prints the compiler's flags: only what is run per request, per move or per listener is compiled with inlining, which costs size.
# 31.4 million bytes of program with inlining everywhere, 29.6 so; the 30 of the budget hold the rooms to come.
set -euo pipefail
hot=(trestle/server/{store,live,card,event,web,rank,team,board} gorm.io/... github.com/{gorilla,mattn,labstack}/...)
cold=(crypto/tls crypto/x509 net/http/pprof internal/profile runtime/pprof html/template text/template/... encoding/{xml,gob} go/...)
printf -- '-gcflags=%s\n' all=-l std= "${hot[@]/%/=}" "${cold[@]/%/=-l}"
