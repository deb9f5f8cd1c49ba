import { AppError } from "./errors.ts";
import { type Cadence, CronTimes, QuietHours } from "./subscription.ts";

const DAYS: Record<string, string> = {
  hourly: "* * *",
  daily: "* * *",
  weekdays: "* * 1-5",
  weekly: "* * 1",
};
const USUAL_HOUR = 8;

/**
 * A cadence as a moderator types it: `instant`, `hourly`, `daily`, `daily 18:30`, `weekdays 8`, `weekly`, or a cron
 * expression of five fields. Throws AppError `command/bad-options`.
 */
export function parseCadence(text: string, zone: string): Cadence {
  const words = text.trim().toLowerCase();
  if (words === "instant") return { kind: "instant" };
  const named = /^(hourly|daily|weekdays|weekly)(?:\s+(?:at\s+)?(\d{1,2})(?::(\d{2}))?)?$/.exec(words);
  const cron = named === null ? words : toCron(named[1] ?? "", named[2], named[3]);
  const checked = CronTimes.safeParse(cron);
  if (!checked.success) {
    throw new AppError("command/bad-options", {
      say: `“${text}” is no cadence. Use instant, hourly, daily 8:00, weekdays 8:00, weekly, or five cron fields such as 0 8 * * 1-5.`,
    });
  }
  return { kind: "digest", cron: checked.data, zone };
}

function toCron(name: string, hour: string | undefined, minute: string | undefined): string {
  const at = name === "hourly" ? "*" : String(Number(hour ?? USUAL_HOUR));
  return `${Number(minute ?? 0)} ${at} ${DAYS[name] ?? "* * *"}`;
}

/** A cadence in words, as `parseCadence` reads it. */
export function cadenceText(cadence: Cadence): string {
  if (cadence.kind === "instant") return "instant";
  const [minute = "", hour = "", ...rest] = cadence.cron.split(/\s+/);
  if (!/^\d+$/.test(minute)) return cadence.cron;
  const days = rest.join(" ");
  if (hour === "*" && days === DAYS["hourly"]) return minute === "0" ? "hourly" : cadence.cron;
  const name = ["daily", "weekdays", "weekly"].find((one) => DAYS[one] === days);
  if (name === undefined || !/^\d+$/.test(hour)) return cadence.cron;
  return `${name} ${hour}:${minute.padStart(2, "0")}`;
}

/** Quiet hours as typed: `22:00-07:00`, or `none`. Throws AppError `command/bad-options`. */
export function parseQuiet(text: string, zone: string): QuietHours | null {
  if (/^(none|off|no)?$/i.test(text.trim())) return null;
  const [, from = "", to = ""] =
    /^\s*(\d{1,2}(?::\d{2})?)\s*[-–]\s*(\d{1,2}(?::\d{2})?)\s*$/.exec(text) ?? [];
  const checked = QuietHours.safeParse({ from: toTime(from), to: toTime(to), zone });
  if (checked.success && checked.data.from !== checked.data.to) return checked.data;
  throw new AppError("command/bad-options", {
    say: `“${text}” are no quiet hours. Use two different times such as 22:00-07:00, or none.`,
  });
}

function toTime(text: string): string {
  if (text === "") return "";
  const [hour = "", minute = "00"] = text.split(":");
  return `${hour.padStart(2, "0")}:${minute}`;
}
