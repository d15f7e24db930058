# The program alone, built against the system's TLS. What the bot keeps lies in /data.
#   docker build -t verbatim .
#   docker run --rm verbatim ask "who is under house arrest?"
#   docker run --rm -it -v "$PWD/knowledge:/knowledge:ro" -e VERBATIM_KNOWLEDGE=/knowledge verbatim
FROM docker.io/library/rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends pkg-config libssl-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN cargo build --locked --profile dist --no-default-features --features tls-native

FROM docker.io/library/debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin verbatim \
    && install --directory --owner=verbatim --group=verbatim /data
COPY --from=build /build/target/dist/verbatim /usr/local/bin/verbatim
COPY --from=build /build/LICENSE-MIT /build/LICENSE-APACHE /usr/local/share/doc/verbatim/
USER 10001:10001
WORKDIR /data
VOLUME /data
ENTRYPOINT ["verbatim", "--data", "/data"]
CMD ["--help"]
