// Loaded into a Lede before anything else: its clock then differs from the machine's.
const shift = Number(process.env["CHAOS_CLOCK_SHIFT_MS"] ?? 0);
const now = (): number => Reflect.apply(realNow, Date, []) + shift;
const realNow = Date.now;

globalThis.Date = new Proxy(Date, {
  construct: (real, given, made) => Reflect.construct(real, given.length === 0 ? [now()] : given, made),
  get: (real, name) => (name === "now" ? now : Reflect.get(real, name)),
});
