import { EXIT } from "#src/exit.ts";

/** `npm start` passes a Ctrl-C on that the terminal has sent already: signals this close together are one. */
const ONE_PRESS_MS = 500;

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      first ??= Date.now();
      if (Date.now() - first > ONE_PRESS_MS) process.exit(EXIT.failed);
      resolve();
    });
  }
  return promise;
}
