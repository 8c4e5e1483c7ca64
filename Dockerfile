# syntax=docker/dockerfile:1
# One image for every role: `serve` (the default), `api` or `worker` as its argument.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/npm npm ci --cache /npm
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY scripts scripts
COPY schema schema
COPY images images
COPY src src
RUN npm run build

FROM node:22-bookworm-slim AS runtime-modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/npm npm ci --omit=dev --cache /npm
# The package holds the runtime for every platform; this image needs one of them.
RUN find node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 -type d \
    ! -path "*/linux/$(node -p process.arch)" -exec rm -rf {} +

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data MODEL_CACHE=/data/models
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY package.json ./
COPY --from=runtime-modules /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY models/manifest.json models/manifest.json
COPY models/labels models/labels
COPY models/builtin models/builtin
COPY models/probe models/probe
USER node
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
# A worker has no port: its health is that it runs, and the queue notices within seconds when it does not.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is process 1 and gets the signals; npm would swallow them. Its flags are those of `npm start`.
ENTRYPOINT ["node", "--v8-pool-size=1", "--initial-old-space-size=256", "dist/main.js"]
CMD ["serve"]
