/** The parts of css-tree that are used: its whole would load the grammar of every property at each start. */
declare module "css-tree/parser" {
  const parse: typeof import("css-tree").parse;
  export default parse;
}

declare module "css-tree/tokenizer" {
  export const { tokenize }: typeof import("css-tree");
  export const LeftCurlyBracket: number;
  export const RightCurlyBracket: number;
}

declare module "css-tree/utils" {
  export const { ident }: typeof import("css-tree");
}
