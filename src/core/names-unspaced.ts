import type { ArticleIndex } from "./article-index.ts";
import type { Claim } from "./claims.ts";
import { baseLanguage } from "./normalise.ts";

/** Where a name cannot begin: a particle, preposition or conjunction stands before it. */
const BEFORE_NAME =
  /^.*[的和与與及在是于於从從到由为為被对對向把将將让讓给給至往赴位经經过過以等了着会會都也又就已并並但而因使令叫请請说說称稱]/u;
/** What stands before an office or a kind of place and names nobody: 前市长, 全市. */
const NO_NAME = /^[前副原全本该該各这這此那多新现現老代首两兩]*$/u;
/** Words that begin as a kind of place does. */
const NO_PLACE = /^(?:市[长場场民政内內区區面值价]|[区區][长域]|[县縣省州镇鎮村][长民]|都市|府[内內])/;
/** Behind a name of a place, of which two signs say enough: 临江 in 前往临江市. */
const OF_PLACES = /^(?:县|縣|都|府|市|区|區|町|村|省|州|镇|鎮|駅|站|空港|机场)/;
const PLACE_SIGNS = 2;
const PERSON_SIGNS = 3;

/**
 * Without spaces the words before a name run into it: what counts is its end, beside the title or the kind of place, or
 * words of the article one after the other.
 */
export function knowsUnspaced(article: ArticleIndex, key: string, claim: Claim): boolean {
  if (article.folded.includes(key)) return true;
  if (!/^\p{Script=Han}+$/u.test(key)) return false;
  const bare = key.replace(BEFORE_NAME, "");
  if (NO_NAME.test(bare) || (bare.length >= 2 && article.folded.includes(bare))) return true;
  const at = claim.folded.indexOf(key);
  const behind = at < 0 ? "" : claim.folded.slice(at + key.length);
  if (baseLanguage(claim.language) === "zh" && NO_PLACE.test(behind)) return true;
  const place = OF_PLACES.test(behind);
  const end = bare.slice(place ? -PLACE_SIGNS : -PERSON_SIGNS);
  return bare.length > end.length && end.length >= PLACE_SIGNS && article.folded.includes(end);
}
