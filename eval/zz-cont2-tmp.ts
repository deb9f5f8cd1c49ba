import { passage } from "#src/core/article-index.ts";
import { dateWords } from "#src/core/calendar.ts";
for (const [t,l] of [["事故で5人死亡","ja"],["工場の火災で従業員3人が死亡した。","ja"],["Council approves 5 million euros for bridge","en"],["The vote was 61–39 in favour, 7 percent rose on 1 May and fell","en"],["$5m for 2.4 million people and 61-39","en"]] as const) { const p=passage(t,l); console.log(p.tokens.map(x=>x.key), [...p.stems], p.numbers, dateWords(p,l).months); }
