import { expect, test } from "vitest";
import { fetchPlace, isIn } from "#src/core/fetch-place.ts";
import { placesOf } from "#tests/sites.ts";

const PLACES = placesOf("intranet.example:8080/news/", "[::1]:9000/", "127.0.0.1:80/a");

test.for([
  "http://intranet.example:8080/news/",
  "http://intranet.example:8080/news",
  "http://INTRANET.example:8080/news/a?b=../c#d",
  "http://intranet.example:8080/x/../news/a",
  "https://intranet.example:8080/news/a",
  "http://[0:0:0:0:0:0:0:1]:9000/any/%2e%2e%2fthing",
  "http://2130706433/a/b",
])("%s lies in a place", (url) => {
  expect(isIn(PLACES, new URL(url))).toBe(true);
});

test.for([
  "http://intranet.example:8080/",
  "http://intranet.example:8080/newsroom/",
  "http://intranet.example:8080/NEWS/a",
  "http://intranet.example:8080//news/a",
  "http://intranet.example:8080/news//a",
  "http://intranet.example:8080/news/../admin",
  "http://intranet.example:8080/news/%2e%2e/admin",
  "http://intranet.example:8080/news/%2e%2e%2fadmin",
  "http://intranet.example:8080/news/..%2fadmin",
  "http://intranet.example:8080/news/..%5cadmin",
  "http://intranet.example:8080/news/%252e%252e/admin",
  "http://intranet.example:8080/news/..;/admin",
  "http://intranet.example:8080/news\\..\\admin",
  "http://intranet.example.:8080/news/",
  "http://intranet.example/news/",
  "http://intranet.example:8081/news/",
  "http://x.intranet.example:8080/news/",
  "http://[::ffff:127.0.0.1]/a/",
  "http://[::1]/",
  "https://127.0.0.1/a",
])("%s does not", (url) => {
  expect(isIn(PLACES, new URL(url))).toBe(false);
});

test.for([
  "intranet.example",
  "host:port/",
  "http://host:80/",
  "u@host:80/",
  "host:80/?a",
  "host:80/a//b/",
  "host:99999/",
])("%s is no entry", (entry) => {
  expect(fetchPlace(entry)).toBeNull();
});

test("a server without a path is the whole server, as it always was", () => {
  expect(fetchPlace("bücher.example:8080")).toEqual({
    hostname: "xn--bcher-kva.example",
    port: "8080",
    path: "/",
  });
});
