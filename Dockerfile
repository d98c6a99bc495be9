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
COPY --from=page /src/frontend/dist ./frontend/dist
ARG VERSION=dev
RUN CGO_ENABLED=1 go build -trimpath -tags "page sqlite_fts5" \
      -ldflags "-s -w -X trestle/server/app.version=${VERSION}" -o /out/trestle ./server/cmd/trestle \
 && mkdir -p /out/data

# glibc, certificates and a user, nothing else: no shell, no package manager
FROM gcr.io/distroless/base-debian12:nonroot
COPY --from=program /out/trestle /usr/local/bin/trestle
COPY --from=program --chown=nonroot:nonroot --chmod=700 /out/data /data
USER nonroot
ENV TRESTLE_ADDR=0.0.0.0:8080 \
    TRESTLE_DATA=/data \
    TRESTLE_LOG=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/usr/local/bin/trestle", "doctor", "--health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/trestle"]
CMD ["serve"]
