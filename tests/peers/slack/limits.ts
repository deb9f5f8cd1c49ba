import { isObject, type JsonObject } from "./json.ts";

/** What one sentence of the typings' documentation says about a property. */
interface StatedLimits {
  maxLength: number | null;
  minLength: number | null;
  maxItems: number | null;
  minItems: number | null;
  maxItemsInItem: number | null;
  range: readonly [number, number] | null;
}

const LINK = /\{@link\s[^}]*\}/g;

/** Reads the limits that a property's documentation states in words. */
function readStatedLimits(description: string): StatedLimits {
  const text = description.replace(LINK, "").replace(/\s+/g, " ");
  const below = firstNumber(text, [/must be less than ([\d,]+) characters/i]);
  return {
    maxLength:
      firstNumber(text, [
        /max(?:imum)? length[^.]*? (?:is|of) ([\d,]+)/i,
        /limit(?: this field to)? ([\d,]+) characters/i,
      ]) ?? (below === null ? null : below - 1),
    minLength: firstNumber(text, [/minimum length(?: for [^.]*?)? is ([\d,]+)/i]),
    maxItems: firstNumber(text, [
      /maximum number of [a-z ]+ is ([\d,]+)/i,
      /max(?:imum)?(?: of)? ([\d,]+) (?:elements|options|items|blocks|cards|rows)/i,
      /array of up to ([\d,]+)/i,
    ]),
    minItems: firstNumber(text, [/minimum ([\d,]+), maximum [\d,]+/i]),
    maxItemsInItem: firstNumber(text, [/each row[^.]*? max of ([\d,]+)/i]),
    range: readRange(text),
  };
}

/** A copy of a schema in which every limit stated in words is also stated in JSON Schema. */
export function withStatedLimits(schema: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "description") continue;
    if (key === "properties" && isObject(value)) copy[key] = limitedProperties(value);
    else if (Array.isArray(value))
      copy[key] = value.map((item) => (isObject(item) ? withStatedLimits(item) : item));
    else copy[key] = isObject(value) ? withStatedLimits(value) : value;
  }
  return copy;
}

function limitedProperties(properties: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const plain = withStatedLimits(property);
    const description = property["description"];
    copy[name] = typeof description === "string" ? limit(plain, readStatedLimits(description)) : plain;
  }
  return copy;
}

function limit(schema: JsonObject, stated: StatedLimits): JsonObject {
  const text = {
    ...(stated.maxLength === null ? {} : { maxLength: stated.maxLength }),
    ...(stated.minLength === null ? {} : { minLength: stated.minLength }),
  };
  if (schema["type"] === "string") return { ...schema, ...text };
  if (schema["type"] === "number") {
    return stated.range === null ? schema : { ...schema, minimum: stated.range[0], maximum: stated.range[1] };
  }
  if (schema["type"] === "array") return limitArray(schema, stated, text);
  const isTextObject = "$ref" in schema || "anyOf" in schema;
  if (!isTextObject || Object.keys(text).length === 0) return schema;
  return { ...schema, properties: { text } };
}

function limitArray(schema: JsonObject, stated: StatedLimits, text: JsonObject): JsonObject {
  const items = isObject(schema["items"]) ? schema["items"] : {};
  return {
    ...schema,
    ...(stated.maxItems === null ? {} : { maxItems: stated.maxItems }),
    ...(stated.minItems === null ? {} : { minItems: stated.minItems }),
    items: {
      ...items,
      ...(stated.maxItemsInItem === null ? {} : { maxItems: stated.maxItemsInItem }),
      ...(Object.keys(text).length === 0 ? {} : { properties: { text } }),
    },
  };
}

function readRange(text: string): readonly [number, number] | null {
  const match =
    /min(?:imum of)? `?(\d+)`?, max(?:imum of)? `?(\d+)`?/i.exec(text) ??
    /must be between (\d+) and (\d+)/i.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? null : [Number(match[1]), Number(match[2])];
}

function firstNumber(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found.replaceAll(",", ""));
  }
  return null;
}
