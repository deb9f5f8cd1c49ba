import type { TreeElement } from "./extract-tree.ts";

/** Tags whose whole content is page furniture wherever they stand. */
const JUNK_TAGS = new Set(
  "nav aside footer figure figcaption fieldset dialog menu noscript address".split(" "),
);
const JUNK_ROLES = new Set(
  "navigation complementary banner contentinfo search dialog alertdialog menu menubar toolbar tablist form alert status note".split(
    " ",
  ),
);

/** Words of a class or id (lower case, split at case and punctuation) that name furniture. */
const JUNK_WORDS = new Set(
  (
    "ad ads adv advert advertisement advertising adslot dfp sponsor sponsored sponsors promo promos promotion promobox related relateds recommend recommended recommendation recommendations " +
    "recirc recirculation readmore morestories seealso popular mostread mostviewed trending outbrain taboola newsletter newsletters subscribe subscription signup login register " +
    "share shares sharing sharebar social socials socialmedia sharetools addtoany comment comments disqus discussion respond reactions sidebar rail nav navigation navbar menu breadcrumb breadcrumbs crumbs pagination pager " +
    "footer masthead toolbar tools topbar cookie cookies consent gdpr banner popup modal overlay lightbox tooltip widget widgets caption captions credit credits copyright photocredit legende imagecaption figcaption " +
    "tag tags taglist keywords topics topiclist categories byline bylines author authors authorbox bio autor auteur authorinfo meta metadata dateline timestamp posted pubdate infobox factbox poll quiz survey gallery slideshow carousel slider player video videos audio podcast " +
    "hidden visuallyhidden screenreader skip skiplink print printonly noprint rating ratings vote votes feedback disclaimer correction teaser teasers teaserlist linklist links morelinks newsticker ticker livebar upsell cta donate donation membership " +
    "weather stocks search footnote footnotes endnote editornote flyout offcanvas utility eyebrow kicker label badge buttons button btn"
  ).split(" "),
);
/** Pairs of words that name furniture together though neither does alone. */
const JUNK_PHRASES =
  /(?:^| )(?:read (?:more|next|also|too)|more (?:on|from|stories|news|articles|like)|see also|also read|you may|next (?:article|story|up)|prev(?:ious)? (?:article|post|story)|post (?:nav|meta|footer)|article (?:footer|tools|meta|info|tags|actions)|most (?:read|popular|viewed|shared)|top stories|latest news|sr only|screen reader|visually hidden|follow us|sign up|call to|web push|push notification|app download|inline story|story links?|embed(?:ded)? (?:link|article)|lees ook|lire aussi|a lire|leggi anche|lea tambien|te puede|saiba mais|leia (?:mais|tambem)|baca juga|les ogsa|las ocksa|czytaj|zobacz|читайте)(?: |$)/;
const BODY_MARK =
  /(?:^| )(?:articlebody|article (?:body|content|text|copy|main|detail|paragraphs?)|story (?:body|content|text|copy)|entry content|post (?:content|body|text)|body (?:text|copy|content)|news (?:body|text|content|detail)|content body|main text|rich text|richtext|wysiwyg|nota (?:cuerpo|texto)|texte? article|artikel (?:text|body|inhalt)|detail (?:text|body|content)|text detail)(?: |$)/;

/** Class, id and test names as words with single spaces: `ArticleBody_text__x1` gives `article body text x1`. */
export function markWords(element: TreeElement): string {
  const { attributes } = element;
  const raw = `${attributes["class"] ?? ""} ${attributes["id"] ?? ""} ${attributes["data-testid"] ?? ""} ${attributes["data-component"] ?? ""}`;
  if (raw.length <= 3) return "";
  return raw
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    .trim();
}

export function isJunkTag(element: TreeElement): boolean {
  const role = element.attributes["role"];
  return JUNK_TAGS.has(element.tag) || (role !== undefined && JUNK_ROLES.has(role.toLowerCase()));
}

export function isJunkName(element: TreeElement, words: string): boolean {
  if (words === "") return false;
  if (element.tag === "body" || element.tag === "html" || element.tag === "main") return false;
  for (const word of words.split(" ")) if (JUNK_WORDS.has(word)) return true;
  return JUNK_PHRASES.test(words);
}

/** Whether the words name the article's own text. */
export function isBodyName(words: string): boolean {
  return BODY_MARK.test(words);
}
