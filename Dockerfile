# The newest patch of the LTS line at each build: security releases must not wait for a commit here.
FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production LEDE_HOST=0.0.0.0 LEDE_DATA=/data
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node, so the pinned one from the registry is left out.
RUN npm ci --omit=dev --omit=optional && mkdir -m 700 /data && chown node:node /data
COPY src ./src
COPY commands ./commands
COPY prompts ./prompts
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:8787/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/lede.js", "start"]
