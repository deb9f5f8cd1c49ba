/** One browser that is signed in to the page. */
export interface PageSession {
  /** Hash of the secret that the browser keeps; the secret itself is stored nowhere. */
  id: string;
  /** What the browser said it is; null when it said nothing. */
  agent: string | null;
  openedAt: Date;
  expiresAt: Date;
}
