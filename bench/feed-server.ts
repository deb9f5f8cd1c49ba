import { createServer } from "node:http";

/** A process of its own: its work must not count as the reader's. Sends its port to the parent. */
const ETAG = '"v1"';
const ITEMS = 10;
let answers = 0;

const server = createServer((request, response) => {
  // Each feed has a host of its own, as most have, so that a connection is of no use afterwards.
  response.setHeader("connection", "close");
  if (request.url === "/unchanged" && request.headers["if-none-match"] === ETAG) {
    response.writeHead(304).end();
    return;
  }
  answers += 1;
  response
    .writeHead(200, { "content-type": "application/rss+xml", etag: ETAG })
    .end(feedOf(request.headers.host ?? "", answers));
});
// 127.0.0.0/8 is one machine with sixteen million addresses.
server.listen(0, "0.0.0.0", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : null });
});
process.on("disconnect", () => process.exit());

function feedOf(host: string, newest: number): string {
  const items = Array.from({ length: ITEMS }, (_, back) => {
    const number = newest - back;
    return `<item><guid isPermaLink="false">${host}-${number}</guid><title>Story ${number} of ${host}</title><link>http://${host}/story/${number}</link><description>Nine people were injured when story ${number} happened.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${host}</title>${items.join("")}</channel></rss>`;
}
