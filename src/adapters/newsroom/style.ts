/** The newsroom's one style sheet, set into each page so that a page is one request. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #555d66; --line: #d9dde1; --accent: #8c1c13; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 66rem; padding: 0 1.25rem; background: #fff; color: var(--ink);
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; }
a { color: inherit; }
a:hover, a:focus-visible { color: var(--accent); }
h1, h2, h3 { line-height: 1.2; }
nav, .meta, .kicker, aside, .newsletter, .site-footer, .share, figcaption, .comments {
  font-family: system-ui, sans-serif; font-size: 0.9375rem; }
.site-header { border-bottom: 3px double var(--ink); padding: 1.5rem 0 0.75rem; text-align: center; }
.site-name { font-size: 2.25rem; font-weight: bold; text-decoration: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; justify-content: center; list-style: none;
  margin: 0.75rem 0 0; padding: 0; }
.columns { display: grid; gap: 2.5rem; margin: 1.5rem 0; }
@media (min-width: 50rem) { .columns { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); } }
.kicker { color: var(--accent); font-weight: 600; letter-spacing: 0.04em; margin: 0; text-transform: uppercase; }
h1 { font-size: 2.125rem; margin: 0.25rem 0 0.5rem; }
.meta, figcaption { color: var(--soft); }
.meta { margin: 0 0 1rem; }
figure { margin: 0 0 1.25rem; }
figure svg { display: block; width: 100%; }
.teaser { border-bottom: 1px solid var(--line); padding: 1rem 0; }
.teaser h2 { font-size: 1.4375rem; margin: 0.25rem 0; }
.teaser h2 a { text-decoration: none; }
.teaser p { margin: 0.25rem 0; }
.most-read, .ad, .related, .newsletter { background: #f5f3ef; padding: 0.75rem 1.25rem; }
.most-read { align-self: start; }
.most-read h2, .newsletter h2, .related h2, .comments h2, .site-footer h2 { font-size: 1.0625rem; }
.ad { border: 1px solid var(--line); margin: 1.25rem 0; text-align: center; }
.comments { border-top: 1px solid var(--line); margin-top: 1.5rem; }
.comments li { margin-bottom: 0.75rem; }
.site-footer { border-top: 3px double var(--ink); color: var(--soft); margin-top: 2rem; padding: 0.5rem 0 1.5rem; }
.cookie-notice { border-top: 1px solid var(--line); color: var(--soft); padding-bottom: 1rem; }
`;
