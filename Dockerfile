# syntax=docker/dockerfile:1
# The service on a Node of the image's own: TypeScript runs as it stands; what is built are the pages for browsers
# (and what Node would do at each start, where the service may not keep it).
# In a closed network: --build-arg NODE_IMAGE=registry.example.com/node:24.21.0-bookworm-slim
#                      --build-arg NPM_CONFIG_REGISTRY=https://npm.example.com/
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
ARG NPM_CONFIG_REGISTRY=https://registry.npmjs.org/
WORKDIR /app
COPY package.json package-lock.json ./
# Optional are only the Node and the Postgres that npm brings to machines without them.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM ${NODE_IMAGE} AS pages
ARG NPM_CONFIG_REGISTRY=https://registry.npmjs.org/
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY tsconfig.json ./
COPY clients ./clients
COPY console ./console
RUN ["node", "console/build.js"]

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="AccountSync" \
      org.opencontainers.image.licenses="MIT"
# The bound on young objects: see "Memory" in docs/scaling.md.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=8 \
    HOST=0.0.0.0 \
    LOG_FORMAT=json
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY migrations ./migrations
COPY clients ./clients
COPY --from=pages /app/console/dist ./console/dist
COPY src ./src
# The account `node` of the base image, by number: Kubernetes can only see that a number is not root.
USER 1000:1000
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: signals arrive at the process that has to hear them.
ENTRYPOINT ["node"]
CMD ["src/main.ts"]
