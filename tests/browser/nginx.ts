import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

export const NGINX = process.env["NGINX"] ?? "/usr/sbin/nginx";
export const NO_NGINX = `There is no nginx at ${NGINX}; install it or set NGINX to its path.`;

/** nginx before an address, as it is when nobody set more than `proxy_pass`. */
export interface Nginx {
  url: string;
  close: () => Promise<void>;
}

/** Starts nginx on loopback before an address. */
export async function startNginx(before: string): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), "lede-nginx-"));
  const port = await freePort();
  await writeFile(path.join(folder, "nginx.conf"), configuration(folder, { port, before }));
  const child = spawn(NGINX, ["-p", folder, "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"], {
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  return {
    url,
    close: async () => {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "close");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Only where it writes and listens is set: what it says to whom it stands before is nginx's own default. */
function configuration(folder: string, { port, before }: { port: number; before: string }): string {
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${folder}/${name};`)
    .join("\n");
  return `worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
${kept}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${before};
    }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, "close");
  return port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer !== null) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error("nginx never answered");
}
