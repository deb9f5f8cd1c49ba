import type { ArticleIndex } from "./article-index.ts";
import type { Failure } from "./claims.ts";

/** A point of an address, as it is or in brackets so that nothing links it: "bad[.]example", "bad (dot) example". */
const DOT = String.raw`(?:\.|\s?[[({]\s?(?:\.|dot|punkt|punto|point)\s?[\])}]\s?)`;
/** Letters of hosts; scripts without spaces are left out, where a host would swallow the sentence before it. */
const LABEL = String.raw`[\p{sc=Latin}\p{sc=Cyrillic}\d](?:[\p{sc=Latin}\p{sc=Cyrillic}\d-]{0,62})`;
const HOST = `${LABEL}(?:${DOT}${LABEL}){0,6}`;
const REST = String.raw`[^\s<>"“”«»„‘’\p{sc=Han}\p{sc=Hira}\p{sc=Kana}。、（）「」]`;
const SCHEME = String.raw`(?:[a-z][a-z\d+-]{1,15}\s?[[({]?:[\])}]?//|mailto:)${REST}+`;
const MAIL = String.raw`[\w.+-]{1,64}\s?(?:@|[[({](?:@|at)[\])}])\s?${HOST}${DOT}[\p{sc=Latin}\p{sc=Cyrillic}]{2,}`;
const BARE = `(${HOST})${DOT}(${LABEL})(?:(?::\\d{1,5})?[/?#]${REST}*)?`;
const ADDRESS = new RegExp(
  String.raw`(?<![\p{sc=Latin}\p{sc=Cyrillic}\d])(?:${SCHEME}|${MAIL}|${BARE})`,
  "giu",
);

/** Ends of hosts: countries, those in wide use, and those that stand for none. Two letters that end no host are left out. */
const ENDINGS = new Set(
  (
    "ac ad ae af ag ai al am ao ar as at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg " +
    "ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh " +
    "gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn " +
    "kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz " +
    "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se " +
    "sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz " +
    "va vc ve vg vi vn vu wf ws ye yt za zm zw com net org info biz edu gov mil int name pro mobi asia cat coop jobs " +
    "museum tel travel xxx aero arpa xyz top site online store shop club live news app dev page web website tech space " +
    "fun icu vip win bid loan men work click link life world today blog cloud host press media agency email digital " +
    "network systems solutions services company center group team tools wiki zone zip mov download stream cam rest buzz " +
    "cyou monster quest sbs cfd bond lol best finance money bank trade market support help security art design studio " +
    "games game bet casino poker porn sex adult dating social chat community foundation report science academy berlin " +
    "hamburg koeln london paris wien nyc tokyo amsterdam swiss bayern eus gal bzh scot wales africa lat example test " +
    "invalid onion рф укр бел бг срб"
  ).split(" "),
);

/** Each address of a text as written there, without the marks that close its sentence. */
function addressesIn(text: string): string[] {
  return [...text.matchAll(ADDRESS)].flatMap(([raw, host, ending]) => {
    if (host !== undefined && ending !== undefined && !isHost(host, ending)) return [];
    return [raw.replace(/[.,;:!?'…)\]}*_~/]+$/u, "")];
  });
}

/** "Node.js" and "3.5" are none, nor is "said.It", where a space is missing. */
function isHost(host: string, ending: string): boolean {
  if (!/\p{L}/u.test(host) || !(ENDINGS.has(ending.toLowerCase()) || /^xn--/i.test(ending))) return false;
  return ending === ending.toLowerCase() || host === host.toUpperCase();
}

/** True where the article has an address just so, and not as a piece of a longer host or path. */
function has(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const before = text.slice(Math.max(0, at - 4), at);
    const after = text.slice(at + address.length, at + address.length + 2);
    const whole = before === "www." || !/[\p{sc=Latin}\p{sc=Cyrillic}\d._-]$/u.test(before);
    const path = /[^/:]\/[^/]/.test(address) && /^[/?#=&%][\p{L}\p{N}]/u.test(after);
    if (whole && !path && !/^(?:[\p{sc=Latin}\p{sc=Cyrillic}\d_-]|\.[\p{Ll}\d])/u.test(after)) return true;
  }
  return false;
}

/** The first address of a text (a link, a host, a mail address) that neither text nor title of the article has; else null. */
export function foreignAddress(text: string, article: ArticleIndex): string | null {
  const found = addressesIn(text);
  if (found.length === 0) return null;
  const known = `${article.title.text}\n${article.text}`;
  const folded = known.toLowerCase();
  const foreign = (address: string) => !has(known, address) && !has(folded, address.toLowerCase());
  return found.find(foreign) ?? null;
}

/** A reader follows an address, so a claim may give none but the article's own. */
export function checkAddress({ text }: { text: string }, article: ArticleIndex): Failure | null {
  const foreign = foreignAddress(text, article);
  return foreign === null ? null : { reason: "address", detail: foreign };
}
