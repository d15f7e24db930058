# The bot, built against the system's TLS. Read-only but for /data, where everything lies that it keeps; not root.
#   docker build -t verbatim .
#   docker run --rm verbatim ask "who is under house arrest?"
#   docker compose up -d        (compose.yaml: token by file, limits, sources of your own)
FROM docker.io/library/rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# First the dependencies with nothing of the program but its manifest: this layer stays until Cargo.toml or Cargo.lock changes.
COPY Cargo.toml Cargo.lock ./
RUN mkdir src build \
    && touch src/lib.rs \
    && echo 'fn main() {}' >src/main.rs \
    && cp src/main.rs build/main.rs \
    && cp Cargo.toml whole.toml \
    && awk '/^\[/ { skip = /^\[\[/ } !skip' whole.toml >Cargo.toml \
    && cargo build --locked --profile dist --no-default-features --features tls-native \
    && rm -r src build
COPY . .
RUN touch src/lib.rs src/main.rs build/main.rs \
    && cargo build --locked --profile dist --no-default-features --features tls-native

FROM docker.io/library/debian:bookworm-slim
LABEL org.opencontainers.image.title="Verbatim" \
      org.opencontainers.image.description="Answers questions about a news case only with the source's own words" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/log/apt /var/log/dpkg.log \
    && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin verbatim \
    && install --directory --mode=700 --owner=verbatim --group=verbatim /data
COPY --from=build /build/target/dist/verbatim /usr/local/bin/verbatim
COPY --from=build /build/LICENSE-MIT /build/LICENSE-APACHE /usr/local/share/doc/verbatim/
# The C library gives back what a reload has let go of, and keeps no pool for each thread.
ENV VERBATIM_DATA=/data MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=12s --start-period=60s --retries=3 CMD ["verbatim", "health"]
ENTRYPOINT ["verbatim"]
CMD ["discord"]
