/** The web's own past: nothing online is older, and a date further ahead is a mistake or a programme. */
const EARLIEST = Date.UTC(1990, 0, 1);
const MAX_AHEAD_MS = 2 * 86_400_000;

/** Offsets in minutes of zone names that news sites print. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  mez: 60,
  west: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  sast: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  wib: 420,
  ict: 420,
  hkt: 480,
  sgt: 480,
  myt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  acst: 570,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  brt: -180,
  art: -180,
  ast: -240,
  edt: -240,
  est: -300,
  et: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  pt: -480,
};

/** First letters of month names, enough to tell them apart, in the order of the year. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|jän|janv|ene|gen|sty|led(?:en|na)|янв|січ|oca|ιαν|ian|tammik|jaan|saus|一月|يناير|जन|มกรา|ม\.ค|tháng một)/,
  /^(?:feb|fév|fev|lut|úno|фев|лют|şub|φεβ|helmik|veeb|vas|فبراير|फर|กุมภา|ก\.พ)/,
  /^(?:mar(?!ras)|mär|mrz|mrt|maa|már|bře|бер|март?|μαρ|kov|مارس|मार्च|มีนา|มี\.ค)/,
  /^(?:apr|avr|abr|kwi|dub|апр|кві|nis|απρ|huhtik|ápr|bal|أبريل|अप्रै|เมษา|เม\.ย)/,
  /^(?:may|mai|mag|maj|mei|mayo|kvě|май|мая|тра|μαΐ|μάι|μαϊ|touk|máj|geg|مايو|मई|พฤษภา|พ\.ค)/,
  /^(?:jun|jui?n|giu|cze|červ(?:en(?!ec)|na)|червня|июн|черв|haz|ιουν|kesä|jún|birž|يونيو|जून|มิถุนา|มิ\.ย)/,
  /^(?:jul|juil|lug|lip|července|červenec|июл|лип|tem|ιουλ|heinä|júl|liep|يوليو|जुला|กรกฎา|ก\.ค)/,
  /^(?:aug|aoû|aou|ago|agu|sie|srp|авг|сер|ağu|αυγ|elok|rugp|أغسطس|अग|สิงหา|ส\.ค)/,
  /^(?:sep|set|wrz|zář|сен|вер|eyl|σεπ|syysk|szept|rugs|سبتمبر|सित|กันยา|ก\.ย)/,
  /^(?:oct|okt|ott|out|paź|říj|окт|жов|eki|οκτ|lokak|spal|أكتوبر|अक्टू|ตุลา|ต\.ค)/,
  /^(?:nov|lis|ноя|лист|kas|νοε|noi|marrask|lapk|نوفمبر|नव|พฤศจิ|พ\.ย)/,
  /^(?:dec|dez|déc|dic|gru|pro|дек|гру|ara|δεκ|des|joulu|gruod|ديسمبر|दिस|ธันวา|ธ\.ค)/,
];

const ISO =
  /(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,3})\d*)?)?\s*(?:([+-]\d{2}:?\d{2}|[+-]\d{2})\b|(Z|[A-Z]{2,5})\b)?)?/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?!\d)/;
const EAST = /(\d{4})\s?[年년./]\s?(\d{1,2})\s?[月월./]\s?(\d{1,2})/;
const DAY_FIRST = /\b(\d{1,2})(?:\.\s?|[/-])(\d{1,2})(?:\.\s?|[/-])(\d{4}|\d{2}(?=\s|$))/;
const DAY_MONTH =
  /(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:-|de\s+)?([\p{L}\p{M}.]{3,12})[\s.,-]*(?:de\s+|del\s+)?(\d{4}|\d{2}(?=\s+\d{1,2}:))/iu;
const MONTH_DAY = /([\p{L}\p{M}]{3,12})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*(?:,|-|–|\s)\s*(\d{4})/iu;
const CLOCK =
  /(?:^|[^\d:.])(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?(?![\d.])\s*(?:\(?(?:(?:UTC|GMT)?\s*([+-]\d{1,2}:?\d{0,2})|([A-Z]{2,5}))\b)?/i;

interface Parts {
  year: number;
  month: number;
  day: number;
  rest: string;
}

/** A moment from a date as machines or people write it, in any of the languages known; without a zone it is UTC. */
export function parseDate(raw: string | null | undefined): Date | null {
  const text = (raw ?? "").trim().slice(0, 200);
  if (text === "") return null;
  if (/^\d{10}(?:\d{3})?$/.test(text)) return plausible(Number(text) * (text.length === 10 ? 1000 : 1));
  const iso = ISO.exec(text);
  if (iso) return fromIso(iso);
  const compact = COMPACT.exec(text);
  if (compact) return fromIso(compact);
  const parts = findParts(text);
  return parts === null ? null : withClock(parts);
}

function fromIso(match: RegExpExecArray): Date | null {
  const [, year, month, day, hour, minute, second, fraction, offset, zone] = match;
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
    Number((fraction ?? "0").padEnd(3, "0")),
  );
  if (Number(month) > 12 || Number(day) > 31) return null;
  return plausible(wall - 60_000 * offsetMinutes(offset, zone));
}

function findParts(text: string): Parts | null {
  return eastern(text) ?? dayFirst(text) ?? monthNamed(text);
}

function eastern(text: string): Parts | null {
  const match = EAST.exec(text);
  if (!match) return null;
  return {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    rest: text.slice(match.index + match[0].length),
  };
}

function dayFirst(text: string): Parts | null {
  const match = DAY_FIRST.exec(text);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  // Month first only where it can be nothing else: most of the world writes the day first.
  const [day, month] = second > 12 ? [second, first] : [first, second];
  return {
    year: fullYear(match[3]),
    month,
    day,
    rest: around(text, match),
  };
}

function monthNamed(text: string): Parts | null {
  const lower = text.toLowerCase();
  for (const match of [DAY_MONTH.exec(lower), MONTH_DAY.exec(lower)]) {
    if (!match) continue;
    const named = /^\d/.test(match[1] ?? "") ? match[2] : match[1];
    const day = Number(/^\d/.test(match[1] ?? "") ? match[1] : match[2]);
    const month = MONTHS.findIndex((pattern) => pattern.test(named ?? "")) + 1;
    if (month > 0 && day >= 1 && day <= 31)
      return { year: fullYear(match[3]), month, day, rest: around(text, match) };
  }
  return null;
}

/** RFC 2822 section 4.3: two digits up to 49 are of this century. */
function fullYear(digits: string | undefined): number {
  const year = Number(digits);
  if (digits?.length !== 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/** What stands after the date, else before it: the clock. */
function around(text: string, match: RegExpExecArray): string {
  const after = text.slice(match.index + match[0].length);
  return /\d/.test(after) ? ` ${after}` : ` ${text.slice(0, match.index)}`;
}

function withClock(parts: Parts): Date | null {
  if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > 31) return null;
  const midnight = Date.UTC(parts.year, parts.month - 1, parts.day);
  const clock = CLOCK.exec(parts.rest);
  if (!clock || Number(clock[1]) > 24) return plausible(midnight);
  const [, hour, minute, second, half, offset, zone] = clock;
  const shift = half === undefined ? 0 : halfDayShift(Number(hour), half);
  const seconds = (Number(hour) + shift) * 3600 + Number(minute) * 60 + Number(second ?? 0);
  return plausible(midnight + seconds * 1000 - 60_000 * offsetMinutes(offset, zone));
}

function halfDayShift(hour: number, half: string): number {
  if (/^p/i.test(half)) return hour < 12 ? 12 : 0;
  return hour === 12 ? -12 : 0;
}

function offsetMinutes(offset: string | undefined, zone: string | undefined): number {
  if (offset !== undefined) {
    const digits = offset.slice(1).replace(":", "");
    const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
    return offset.startsWith("-") ? -minutes : minutes;
  }
  return ZONES[(zone ?? "").toLowerCase()] ?? 0;
}

function plausible(time: number): Date | null {
  return time >= EARLIEST && time <= Date.now() + MAX_AHEAD_MS ? new Date(time) : null;
}
