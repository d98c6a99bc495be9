# Two builders and a small room for the one binary. Build: docker build --build-arg VERSION=$(git describe --tags --always) -t trestle .

FROM node:22-bookworm-slim AS page
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY frontend/ ./
RUN npm run --silent build && node tools/compress.mjs

FROM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY frontend/embed.go frontend/embed_none.go ./frontend/
COPY migrations/ ./migrations/
COPY seed/ ./seed/
COPY server/ ./server/
COPY scripts/inline.sh ./scripts/
COPY --from=page /src/frontend/dist ./frontend/dist
ARG VERSION=dev
# static, so that it needs nothing around it
RUN CGO_ENABLED=1 go build -trimpath $(scripts/inline.sh) -tags "page sqlite_fts5 netgo osusergo sqlite_omit_load_extension" \
      -ldflags "-s -w -funcalign=16 -linkmode external -extldflags -static -X trestle/server/app.version=${VERSION}" -o /out/trestle ./server/cmd/trestle \
 && mkdir -p /out/data /out/tmp && chmod 700 /out/data && chmod 1777 /out/tmp

# the program, certificates and a folder for the data: no shell, no package manager, no libraries
FROM scratch
COPY --from=program /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=program --chown=65532:65532 /out/data /data
COPY --from=program --chown=65532:65532 /out/tmp /tmp
COPY --from=program /out/trestle /trestle
USER 65532:65532
ENV TRESTLE_ADDR=0.0.0.0:8080 \
    TRESTLE_DATA=/data \
    TRESTLE_LOG=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/trestle", "doctor", "--health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/trestle"]
CMD ["serve"]
