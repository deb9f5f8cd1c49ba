import { zodTextFormat } from "openai/helpers/zod";
import { z } from "zod";

/** The form that an answer is asked for in. */
export interface AnswerForm {
  name: string;
  /** As the API wants it. */
  schema: Record<string, unknown>;
  /** As a prompt shows it, to models whose server does not enforce one. */
  text: string;
}

/** A schema as the API takes it: every field required, no bounds, since strict modes differ in the keywords they know. */
export function answerForm(name: string, schema: z.ZodObject): AnswerForm {
  return { name, schema: zodTextFormat(schema, name).schema, text: JSON.stringify(z.toJSONSchema(schema)) };
}
