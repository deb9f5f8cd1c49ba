/** An IPv4 address in every spelling that a URL or a resolver may take for it, made rather than listed. */
export function spellingsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  // inet_aton: the last part stands for all that is left.
  const cut = [[((a * 256 + b) * 256 + c) * 256 + d], [a, (b * 256 + c) * 256 + d], [a, b, c * 256 + d]];
  const parts = [...cut, [a, b, c, d]];
  const bases: ((part: number) => string)[] = [
    String,
    (part) => `0x${part.toString(16)}`,
    (part) => `0X${part.toString(16).toUpperCase().padStart(8, "0")}`,
    (part) => `0${part.toString(8)}`,
    (part) => part.toString(8).padStart(12, "0"),
  ];
  const numeric = parts.flatMap((each) => bases.map((inBase) => each.map(inBase).join(".")));
  const mixed = [
    `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
    `${a}.0x${b.toString(16)}.${c * 256 + d}`,
  ];
  const plain = `${a}.${b}.${c}.${d}`;
  const disguised = [
    `${plain}.`,
    plain.replaceAll(".", "。"),
    plain.replaceAll(".", "．"),
    plain.replaceAll(".", "｡"),
    plain.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    plain.replaceAll(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1)),
    plain.replaceAll(/\d/g, (digit) => `%3${digit}`),
    plain.replaceAll(".", "%2e"),
    plain.replace(".", "\u00ad."),
  ];
  return [...new Set([...numeric, ...mixed, ...disguised])];
}

/** The IPv6 addresses that carry an IPv4 address in them, each in the spellings a URL takes. */
export function embeddingsOf(address: string): string[] {
  const bytes = address.split(".").map(Number);
  const hex = (from: number, flip = 0): string =>
    (((bytes[from] ?? 0) ^ flip) * 256 + ((bytes[from + 1] ?? 0) ^ flip)).toString(16);
  const [high, low] = [hex(0), hex(2)];
  const prefixes = [
    "::ffff:",
    "::ffff:0:",
    "::",
    "64:ff9b::",
    "64:ff9b:1::",
    "0:0:0:0:0:ffff:",
    "0000:0000:0000:0000:0000:FFFF:",
  ];
  return [
    ...prefixes.flatMap((prefix) => [`[${prefix}${address}]`, `[${prefix}${high}:${low}]`]),
    `[2002:${high}:${low}::]`,
    `[2002:${high}:${low}::1]`,
    // Teredo carries the client's address with its bits turned.
    `[2001:0:4136:e378:8000:63bf:${hex(0, 0xff)}:${hex(2, 0xff)}]`,
    // ISATAP.
    `[fe80::5efe:${address}]`,
  ];
}

/** Ways to write a link so that a reader and a browser see different hosts. */
export function disguisesOf(host: string): string[] {
  return [
    `http://news.example@${host}/`,
    `http://news.example:80@${host}/`,
    `http://news.example%2f@${host}/`,
    `http://${host}#@news.example/`,
    `http://${host}?@news.example/`,
    `http://${host}\\@news.example/`,
    `http:\\\\${host}\\`,
    `http:/${host}/`,
    `http:${host}/`,
    `http:////${host}/`,
    `hTTp://${host}/`,
    `http://\t${host}/`,
    `ht\ntp://${host}/`,
    `  http://${host}/  `,
    `http://${host}:80/`,
    `http://${host}:0080/`,
    `https://${host}/`,
    `https://${host}:8443/`,
    `http://${host}:8080/`,
  ];
}

/** What is no web page at all. */
export const OTHER_SCHEMES = [
  "file:///etc/passwd",
  "file://localhost/etc/passwd",
  "ftp://127.0.0.1/",
  "gopher://127.0.0.1:6379/_INFO",
  "dict://127.0.0.1:11211/stat",
  "ldap://127.0.0.1/",
  "ws://127.0.0.1/",
  "data:text/html,<p>secret</p>",
  "javascript:alert(1)",
  "blob:http://127.0.0.1/x",
  "about:blank",
  "view-source:http://127.0.0.1/",
  "jar:http://127.0.0.1!/",
  "unix:/var/run/docker.sock",
  "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
];
