import { z } from "zod";

/** One thing to choose: what is stored, and what is read. Labels of at most 75 characters fit both platforms. */
export const Choice = z.strictObject({ value: z.string().max(75), label: z.string().max(75) });
export type Choice = z.infer<typeof Choice>;

const common = {
  /** Name of the command's option that the field fills. */
  name: z.string(),
  label: z.string().max(45),
  /** What to put in, in small print; null for none. */
  hint: z.string().max(100).nullable(),
  required: z.boolean(),
};

/**
 * One field of a form. `channel`, `role` (to hold), `mention` (a role to call) and `user` are the platform's own pickers; their value is the platform's id,
 * bare (`C024BE91L`, `41771983423143937`), as a typed option's is.
 */
export const FormField = z.discriminatedUnion("kind", [
  z.strictObject({
    ...common,
    kind: z.literal("text"),
    value: z.string().nullable(),
    max: z.int().min(1).max(3_000),
    lines: z.boolean(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("select"),
    value: z.string().nullable(),
    choices: z.array(Choice).min(1).max(25),
  }),
  z.strictObject({
    ...common,
    kind: z.enum(["channel", "role", "mention", "user"]),
    value: z.string().nullable(),
  }),
]);
export type FormField = z.infer<typeof FormField>;

/** A native form: a modal on both platforms. Discord's holds five fields. */
export const Form = z.strictObject({
  /** `<command>:<text>` as a button's id is; comes back with the values. */
  id: z.string().max(100),
  title: z.string().max(24),
  submit: z.string().max(24),
  fields: z.array(FormField).min(1).max(5),
});
export type Form = z.infer<typeof Form>;
