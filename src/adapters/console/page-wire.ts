import type { Form, FormField } from "#src/core/form.ts";
import type { Reply, ReplyBlock, Span } from "#src/core/reply.ts";
import type { BriefCard } from "./page-brief.ts";
import type { CallInput } from "./page-calls.ts";
import type { Completion } from "./page-complete.ts";
import type { PlatformRow } from "./page-platforms.ts";
import type { MessageCard, PostCard, StoryCard } from "./page-posts.ts";
import type { ReplyEvent, ReplyView } from "./page-view.ts";

/** What JSON makes of a value: dates become ISO 8601 strings. The page's scripts take their types from here. */
type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

export type WireBrief = Wire<BriefCard>;
export type WireStory = Wire<StoryCard>;
export type WireMessage = Wire<MessageCard>;
export type WirePost = Wire<PostCard>;
export type WireReply = Wire<Reply>;
export type WireBlock = Wire<ReplyBlock>;
export type WireSpan = Wire<Span>;
export type WireView = Wire<ReplyView>;
export type WireReplyEvent = Wire<ReplyEvent>;
export type WirePlatform = Wire<PlatformRow>;
export type WireForm = Form;
export type WireField = FormField;
export type WireCompletion = Completion;
export type WireInput = CallInput;
