import { SIGN_IN_PATH } from "#src/adapters/sign-in/routes.ts";
import { askForTicket } from "#src/adapters/sign-in/running-file.ts";
import { readConfig } from "#src/config.ts";

/** Addresses that sign in, made by the Lede that runs. Throws AppError `page/not-running`, `config/invalid`. */
export async function newPageLinks(): Promise<string[]> {
  const { dataDir, publicUrl } = readConfig();
  const { url, ticket } = await askForTicket(dataDir);
  const bases = publicUrl === null ? [url] : [url, publicUrl];
  return bases.map((base) => `${base}${SIGN_IN_PATH}?ticket=${ticket}`);
}
