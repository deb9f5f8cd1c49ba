import { type ErrorRow, STORE_ERRORS } from "./error-table-store.ts";

/**
 * Every failure Lede knows: whether trying again helps, whose fault it is, and what a person is told.
 * A new failure is a new row, not a new class. `say` must tell the reader what to do next and holds no detail
 * of the machine; details for the operator go into `AppError.details`.
 */
export const ERRORS = {
  "command/bad-options": { retry: false, fault: "caller", say: "Those options do not work." },
  "command/unknown": { retry: false, fault: "caller", say: "There is no such command. Try `/brief <link>`." },
  "command/no-link": {
    retry: false,
    fault: "caller",
    say: "There is no link in that message, and its text is too short to brief. Give me a link to an article or paste its text.",
  },
  "command/not-allowed": {
    retry: false,
    fault: "caller",
    say: "That needs a moderator. Ask one of this channel's moderators.",
  },
  "command/needs-workspace": {
    retry: false,
    fault: "caller",
    say: "That is decided for a whole server or workspace. Give the command in one of its channels.",
  },
  "command/not-open": {
    retry: false,
    fault: "caller",
    say: "Whoever runs Lede has not opened it to this place. Ask them to add it to LEDE_WORKSPACES.",
  },
  "command/not-cleared": {
    retry: false,
    fault: "caller",
    say: "Only whoever runs Lede can let members-only text in here: ask them to add this server or workspace to LEDE_MEMBERS_WORKSPACES.",
  },
  "command/conflict": {
    retry: false,
    fault: "caller",
    say: "Somebody changed this meanwhile. Look at it again and repeat your change.",
  },
  "command/too-many": {
    retry: true,
    fault: "caller",
    say: "That is more than one person may ask for at a time. Try again in a few minutes.",
  },
  "delivery/unknown": {
    retry: false,
    fault: "caller",
    say: "Lede no longer knows that post.",
  },
  "fetch/not-public": {
    retry: false,
    fault: "caller",
    say: "Lede only reads public http(s) pages. Check the link, or paste the article's text instead.",
  },
  "fetch/timeout": {
    retry: true,
    fault: "outside",
    say: "The page took too long to answer. Try again in a minute, or paste the article's text.",
  },
  "fetch/too-large": {
    retry: false,
    fault: "outside",
    say: "The page is too large to read (the limit is 5 MB). Paste the article's text instead.",
  },
  "fetch/not-found": {
    retry: false,
    fault: "outside",
    say: "There is no page at that link (not found). Check the link for a missing or extra character.",
  },
  "fetch/needs-login": {
    retry: false,
    fault: "outside",
    say: "That page needs a login or a subscription. Paste the article's text if you may share it.",
  },
  "fetch/status": {
    retry: true,
    fault: "outside",
    say: "The site answered with an error. Try again later, or paste the article's text.",
  },
  "fetch/unreachable": {
    retry: true,
    fault: "outside",
    say: "The site could not be reached. Check the address, or try again later.",
  },
  "fetch/certificate": {
    retry: true,
    fault: "outside",
    say: "The site's certificate is not valid (it has expired, or is for another name), so nothing from it can be trusted. Check the address, or try again later.",
  },
  "fetch/redirects": {
    retry: false,
    fault: "outside",
    say: "The link leads in circles (too many redirects). Open it in a browser and use the address you end on.",
  },
  "fetch/coding": {
    retry: false,
    fault: "outside",
    say: "The page is packed in a way that Lede does not open. Paste the article's text instead.",
  },
  "fetch/not-text": {
    retry: false,
    fault: "outside",
    say: "That link is not a web page (it is a file such as a PDF, an image or a download). Paste the article's text instead.",
  },
  "article/empty": {
    retry: false,
    fault: "outside",
    say: "The page is empty without running its scripts. Paste the article's text instead.",
  },
  "article/none": {
    retry: false,
    fault: "outside",
    say: "No article was found on that page: it looks like a front page, a form or an error page. Link to the article itself.",
  },
  "feed/page": {
    retry: true,
    fault: "outside",
    say: "That address is a web page, not a feed. Give the feed's own address, or the site's, and Lede looks for its feed.",
  },
  "feed/none": {
    retry: false,
    fault: "caller",
    say: "That page offers no feed, and the site has none where feeds usually are. Ask the site for its RSS or Atom address.",
  },
  "feed/unreadable": {
    retry: true,
    fault: "outside",
    say: "That address does not answer with a feed Lede can read. Check that it is the feed's own address.",
  },
  "opml/invalid": {
    retry: false,
    fault: "caller",
    say: "That file is no OPML list of feeds. Export it again from your feed reader as OPML.",
  },
  "writer/unavailable": {
    retry: true,
    fault: "outside",
    say: "The model did not answer. The brief was written by the built-in writer instead.",
  },
  "writer/no-model": {
    retry: true,
    fault: "outside",
    say: "There is no such model at its address. The brief was written by the built-in writer instead; whoever runs Lede has to set another model.",
  },
  "writer/refused": {
    retry: false,
    fault: "outside",
    say: "The model declined this article. The brief was written by the built-in writer instead.",
  },
  "writer/invalid": {
    retry: false,
    fault: "outside",
    say: "The model's answer could not be used. The brief was written by the built-in writer instead.",
  },
  "writer/over-budget": {
    retry: false,
    fault: "caller",
    say: "The budget for the model is used up. The brief was written by the built-in writer instead; a moderator can raise the budget.",
  },
  "brief/no-facts": {
    retry: false,
    fault: "outside",
    say: "Nothing in that text could be stated as a fact with evidence. Try a longer article.",
  },
  "brief/unknown": {
    retry: false,
    fault: "caller",
    say: "That brief is no longer stored here. Ask for it again with `/brief <link>`.",
  },
  "platform/rate-limited": {
    retry: true,
    fault: "outside",
    say: "The chat platform asked Lede to slow down. It will go on by itself.",
  },
  "platform/unavailable": {
    retry: true,
    fault: "outside",
    say: "The chat platform did not answer. Lede will try again by itself.",
  },
  "platform/uncertain": {
    retry: true,
    fault: "outside",
    say: "The chat platform's answer was lost. Lede reads the channel back before it tries again.",
  },
  "platform/forbidden": {
    retry: false,
    fault: "outside",
    say: "Lede may not post in that channel. Invite it to the channel and run `npx lede doctor` for the missing permission.",
  },
  "platform/gone": {
    retry: false,
    fault: "outside",
    say: "That channel no longer exists or is archived. Remove it from LEDE_CHANNELS or restore it.",
  },
  "platform/message-gone": {
    retry: false,
    fault: "outside",
    say: "The posted message was deleted, so it can not be updated.",
  },
  "platform/bad-token": {
    retry: false,
    fault: "caller",
    say: "The chat platform refused the token. Make a new one and set it; `npx lede doctor` says which.",
  },
  "platform/rejected": {
    retry: false,
    fault: "us",
    say: "The chat platform refused the message. This is a bug in Lede; please report it.",
  },
  "webhook/unsigned": {
    retry: false,
    fault: "caller",
    say: "The webhook's signature is missing, wrong or too old. Look whether both sides have the same secret, and how to sign (docs/webhooks.md).",
  },
  "webhook/not-yours": {
    retry: false,
    fault: "caller",
    say: "The secret that signed this may not speak for this address. Send it with its own publisher's secret, or have whoever runs Lede add its site to LEDE_PUBLISHERS (docs/webhooks.md).",
  },
  "webhook/conflict": {
    retry: false,
    fault: "caller",
    say: "This webhook id was already used for another body. Give each message an id of its own.",
  },
  "webhook/too-large": {
    retry: false,
    fault: "caller",
    say: "The webhook's body is too large (the limit is 1 MB). Send the article's link instead of its text.",
  },
  "webhook/invalid": {
    retry: false,
    fault: "caller",
    say: "The webhook's body does not have the right form.",
  },
  ...STORE_ERRORS,
  "config/invalid": { retry: false, fault: "caller", say: "The configuration has a mistake." },
  "page/signed-out": {
    retry: false,
    fault: "caller",
    say: "You are not signed in. Run `npx lede page-link` where Lede runs, and open the address it prints.",
  },
  "page/no-token": {
    retry: false,
    fault: "caller",
    say: "That is for monitoring. Set LEDE_METRICS_TOKEN and send it as a bearer token, or sign in to the page with `npx lede page-link`.",
  },
  "page/not-running": {
    retry: false,
    fault: "caller",
    say: "No Lede runs on this data folder (LEDE_DATA). Start it with `npm start`. If it runs in a container, ask there: docker compose exec lede npx lede page-link.",
  },
  "port/in-use": {
    retry: false,
    fault: "caller",
    say: "The port is in use by another program. Set LEDE_PORT to a free one.",
  },
  bug: {
    retry: false,
    fault: "us",
    say: "Something broke on our side. It is in the log; please try again or report it.",
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;
