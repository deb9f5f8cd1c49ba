import { AppError } from "#src/core/errors.ts";
import type { Block } from "./extract-blocks.ts";
import { isProse } from "./extract-select.ts";
import { isHousekeeping } from "./furniture.ts";

/** Reading length of running text below which a page that does not call itself an article is none. */
const MIN_UNDECLARED = 250;
/** The same for a page that does: a news flash of one or two sentences. */
const MIN_DECLARED = 80;
/** A page of errors, consent or login holds little else; above this length its title alone does not condemn it. */
const MAX_SPECIAL_PAGE = 1_500;
/** Linked headlines that make a page a list of articles, when there is no more prose than that. */
const MIN_LISTED = 5;
/** Visible characters below which a page counts as empty: it needs scripts to show anything. */
const MIN_VISIBLE = 40;

/** A status before a word is none: "546 workers go on strike" is news. */
const ERROR_TITLE =
  /\b(?:404|403|410|500|502|503)\b.{0,30}(?:error|not found|fehler|forbidden|gone|unavailable|gateway)|^(?:error|fehler|erreur|erro|errore)\s*[-–:|]?\s*(?:404|403|410|5\d\d)\b|^(?:404|403|410|5\d\d)\s*(?:$|[-–:|])|(?:page|seite|site|article|artikel|url)\b.{0,25}(?:not found|n(?:o|ot) (?:longer )?(?:exists?|available)|nicht (?:gefunden|vorhanden|verfügbar)|existiert nicht|cannot be found|can'?t be found|could not be found|doesn'?t exist)|page (?:introuvable|non trouvée)|n'existe (?:pas|plus)|p[áa]gina (?:no encontrada|n[ãa]o encontrada|non trovata)|pagina (?:non trovata|niet gevonden)|(?:siden|sidan) (?:finnes ikke|blev ikke fundet|hittades inte|kunde inte hittas)|nie znaleziono|stránka (?:nenalezena|neexistuje)|страница не найдена|页面不存在|找不到页面|ページが見つかりません|페이지를 찾을 수 없|access denied|zugriff verweigert|acc[eè]s refus[eé]|forbidden|just a moment|attention required|are you (?:a )?(?:human|robot)|verify you are (?:a )?human|service unavailable|temporarily unavailable|internal server error|bad gateway|we'?ll be (?:right )?back|under maintenance|wartungsarbeiten/iu;
const CONSENT_TITLE =
  /^(?:.{0,40}\b)?(?:cookies?|consent|before you continue|your privacy|privacy (?:settings|choices|center)|privatsphäre|datenschutz(?:einstellungen)?|einwilligung|zustimmung|vie privée|consentement|privacidad|consentimiento|toestemming|samtykke|samtycke|zgod[ay]|souhlas|согласие)\b/iu;
const LOGIN_TITLE =
  /^(?:.{0,30}[-–|:]\s*)?(?:log[ -]?in|sign[ -]?in|sign[ -]?up|register|log on|anmelden|anmeldung|einloggen|registrieren|se connecter|connexion|iniciar sesi[óo]n|acceder|entrar|accedi|inloggen|logg inn|logga in|log ind|zaloguj|přihlášení|вход|войти|登录|登入|ログイン|로그인)\b/iu;

export interface PageFacts {
  /** All visible blocks. */
  blocks: readonly Block[];
  /** What was chosen as the article. */
  body: readonly Block[];
  titles: readonly string[];
  /** Whether the page says of itself that it is an article. */
  declared: boolean;
  /** Whether it says of itself that it is a list. */
  listed: boolean;
  hasPassword: boolean;
  isFrontPage: boolean;
}

type Reason = "error" | "consent" | "login" | "list" | "short";

const SAY: Record<Reason, string> = {
  error:
    "That link leads to the site's error page, not to an article. Check the link, or paste the article's text.",
  consent: "The site shows only its cookie notice. Paste the article's text instead.",
  login: "The site shows only its login form. Paste the article's text if you may share it.",
  list: "That link leads to a front page or a list of articles. Link to one article.",
  short: "There is too little text on that page for an article. Paste the article's text instead.",
};

/** Throws `article/empty` or `article/none` (details.reason says what the page is instead) unless it is an article. */
export function requireArticle(facts: PageFacts): void {
  const visible = facts.blocks.reduce((sum, block) => sum + block.length, 0);
  if (visible < MIN_VISIBLE) throw new AppError("article/empty", { details: { visible } });
  const reason = whyNot(facts);
  if (reason !== null) throw new AppError("article/none", { details: { reason }, say: SAY[reason] });
}

function whyNot(facts: PageFacts): Reason | null {
  const length = facts.body.reduce((sum, block) => sum + block.length, 0);
  if (length < MAX_SPECIAL_PAGE) {
    if (facts.titles.some((title) => ERROR_TITLE.test(title))) return "error";
    const prose = facts.blocks.filter(isProse);
    const notices = prose.filter((block) => isHousekeeping(block.text)).length;
    if (facts.titles.some((title) => CONSENT_TITLE.test(title)) && notices * 2 >= prose.length)
      return "consent";
    if (facts.titles.some((title) => LOGIN_TITLE.test(title))) return "login";
    if (length < MIN_DECLARED && prose.length > 0 && notices * 2 >= prose.length) return "consent";
    if (length < MIN_UNDECLARED && facts.hasPassword && !facts.declared) return "login";
  }
  if (isList(facts, length)) return "list";
  return length < (facts.declared ? MIN_DECLARED : MIN_UNDECLARED) ? "short" : null;
}

function isList(facts: PageFacts, length: number): boolean {
  if (facts.isFrontPage && !facts.declared) return true;
  if (facts.declared && length >= MIN_UNDECLARED) return false;
  if (facts.listed && length < MAX_SPECIAL_PAGE) return true;
  if (length >= MAX_SPECIAL_PAGE) return false;
  const headlines = facts.blocks.filter(
    (block) => block.junk === null && block.heading > 0 && block.linkShare > 0.8 && block.length >= 20,
  ).length;
  const prose = facts.body.filter((block) => block.length >= 120).length;
  return headlines >= MIN_LISTED && headlines > prose;
}
