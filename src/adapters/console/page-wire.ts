import type { BriefCard, ReplyEvent } from "./page-view.ts";

/** What JSON makes of a value: dates become ISO 8601 strings. The page's scripts take their types from here. */
type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

export type WireCard = Wire<BriefCard>;
export type WireReply = Wire<ReplyEvent>;
