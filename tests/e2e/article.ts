export const HEADLINE = "Harbour ferry to Port Ellis returns after storm repairs";

/** A news article in which one number can change, as a correction changes it. */
export function articleBody(injured = 9): string {
  return [
    "The ferry between Marlow Harbour and Port Ellis will sail again on Thursday after three weeks of repairs, the harbour authority said on Monday.",
    `The vessel hit the eastern pier during a storm on 2 March, and ${injured} passengers were injured in the collision.`,
    "Engineers replaced 14 metres of steel plating on the bow and tested the steering for two days before clearing the ship.",
    `"We checked every bolt twice," said Anna Brandt, who leads the harbour authority. "The ship is safer than it was before the storm."`,
    "The repairs cost 2.4 million euros, and the insurer will pay most of that sum, the authority said.",
    "About 3,200 commuters use the crossing each day, and they travelled by bus through the valley in the meantime.",
    "A public report on the accident will follow in June, and the pier itself stays closed until then.",
  ].join("\n\n");
}

export function articlePage(): string {
  const paragraphs = articleBody().split("\n\n");
  return `<!doctype html><html lang="en"><head><title>${HEADLINE}</title>
<meta property="og:title" content="${HEADLINE}"><meta property="og:type" content="article"></head>
<body><article><h1>${HEADLINE}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}</article></body></html>`;
}
