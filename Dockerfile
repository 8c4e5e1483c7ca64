# Two images. `service` runs an API or a worker beside a queue of its own; `laptop` has everything in one process:
#   docker build --target service -t okulo .
#   docker build --target laptop -t okulo-laptop .
# Both are made for the platform of the builder, or of `--platform linux/amd64,linux/arm64`. See docs/containers.md.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/npm npm ci --cache /npm
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY scripts scripts
COPY schema schema
COPY images images
COPY src src
# Stack traces name the lines of dist/: an image has no sources to lead to.
RUN npm run build && node scripts/prune-modules.mjs dist

# What runs, without what is only read by people, compilers and debuggers.
FROM ${BASE} AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/npm npm ci --omit=dev --cache /npm
COPY scripts/prune-modules.mjs ./
RUN node prune-modules.mjs node_modules

FROM modules AS service-modules
RUN node prune-modules.mjs node_modules --service

# Published models are fetched where the builder has a network, and are prepared once: containers start with them.
FROM ${BASE} AS models
# `builtin`, `all`, or ids with commas between them
ARG MODELS=all
# a base address with model files, `<id>/<file>`
ARG MODEL_MIRROR=
WORKDIR /app
ENV NODE_ENV=production MODEL_CACHE=/models MODEL_MIRROR=${MODEL_MIRROR}
COPY package.json ./
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY models/manifest.json models/manifest.json
COPY models/labels models/labels
COPY models/builtin models/builtin
COPY models/probe models/probe
COPY scripts/image-models.sh ./
RUN sh image-models.sh "${MODELS}"

FROM ${BASE} AS base
# Its allocator keeps less memory of decoded pictures than glibc's: see docs/containers.md. Whoever owns a folder of the
# image owns an empty volume there, on Fargate too.
# Debian keeps one version of a release, with its security fixes.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends libjemalloc2 \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
    && ln -s "$(find /usr/lib -name libjemalloc.so.2)" /usr/lib/libjemalloc.so \
    && mkdir -p /data/tmp && chown -R 1000:1000 /data && chmod 1777 /tmp
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 WORKER_PORT=4001 \
    DATA_DIR=/data TMPDIR=/data/tmp MODEL_CACHE=/models MODEL_DOWNLOADS=off \
    LD_PRELOAD=/usr/lib/libjemalloc.so
WORKDIR /app
COPY package.json ./
COPY models/manifest.json models/manifest.json
COPY models/labels models/labels
COPY models/builtin models/builtin
COPY models/probe models/probe
COPY --chmod=755 scripts/container-health.sh /usr/local/bin/container-health
USER 1000:1000
VOLUME ["/data", "/tmp"]
EXPOSE 4000 4001
STOPSIGNAL SIGTERM
# A shell asks: a second node would take more memory and time than the answer is worth. With a quarter of a processor
# the start takes about a minute; until then a failure does not count.
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 CMD ["container-health"]
# node itself is process 1 and gets the signals; npm would swallow them. Its flags are those of `npm start`.
ENTRYPOINT ["node", "--v8-pool-size=1", "--initial-old-space-size=256", "dist/main.js"]

FROM base AS laptop
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=models /models /models
CMD ["serve"]

FROM base AS service
COPY --from=service-modules /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=models /models /models
CMD ["api"]
