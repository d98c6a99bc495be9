#!/usr/bin/env bash
# Prints the compiler's flags: only what is run per request, per move, per listener or per number of flow is compiled with
# inlining, which costs size. 32.2 million bytes of program with the former, longer list, 31.7 without the mapper of rows in it
# (what is hot asks the database itself), 31.4 with what the standard library does seldom left out too.
set -euo pipefail
hot=(trestle/server/{store,live,card,event,web,rank,team,board,measure} github.com/{gorilla,mattn,labstack}/...)
cold=(crypto/tls crypto/x509 crypto/{rsa,ecdsa,elliptic,dsa,ecdh,ed25519} crypto/internal/fips140/{nistec,mlkem,rsa,ecdsa,ecdh,edwards25519}/...
  net net/{mail,smtp,textproto,netip} net/http/pprof internal/profile runtime/pprof html html/template text/template/... text/tabwriter
  encoding/{xml,gob,asn1,pem,csv} mime/... regexp/... os/... log/... flag testing/... math/big vendor/... go/...)
printf -- '-gcflags=%s\n' all=-l std= "${hot[@]/%/=}" "${cold[@]/%/=-l}"
