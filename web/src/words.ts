// How things are said: dates, numbers, signs, types.
import type { Mark, Tie } from "./types";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "2024-07-24" as "24 July 2024", "2024-07" as "July 2024"; an interval with a dash. */
export function when(day: string | null): string {
  if (!day) return "undated";
  if (day.includes("/")) {
    const [from = "", to = ""] = day.split("/");
    if (!from || from === "..") return `until ${when(to)}`;
    if (!to || to === "..") return `since ${when(from)}`;
    return `${when(from)} – ${when(to)}`;
  }
  const [year = "", month, dayOf] = day.split("-");
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  return name ? `${dayOf ? `${Number(dayOf)} ` : ""}${name} ${year}` : year;
}

export function dated(tie: Pick<Tie, "when" | "published">): string {
  return tie.when ? when(tie.when) : tie.published ? `printed ${when(tie.published)}` : "undated";
}

const NUMBERS = new Intl.NumberFormat("en");
export const number = (value: number) => NUMBERS.format(value);
export const count = (value: number, one: string, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;
export const percent = (part: number) => `${Math.round(part * 100)}%`;

/** A probability that is neither 0 nor 1 is never said to be. */
export const chance = (part: number) => (part >= 0.995 && part < 1 ? ">99%" : part > 0 && part < 0.005 ? "<1%" : percent(part));

/** A stance or a share with its sign and a true minus. */
export function signed(value: number): string {
  return Math.abs(value) < 0.005 ? "0.00" : `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`;
}

export const SIGN_WORDS: Record<Mark, string> = { "+": "with", "-": "against", "~": "unclear", "0": "neutral" };
export const SIGN_MARKS: Record<Mark, string> = { "+": "+", "-": "−", "~": "±", "0": "·" };
export const SIGN_CLASSES: Record<Mark, string> = { "+": "friend", "-": "foe", "~": "unclear", "0": "neutral" };
export const SIDES: Record<Mark, string> = { "+": "friends", "-": "foes", "~": "divided", "0": "neutral" };

/** "WORKS_FOR" as "works for". */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const typeWord = (type: string) => type.toLowerCase().replaceAll("_", " ");

export function markOf(value: number): Mark {
  return Math.abs(value) < 0.05 ? "~" : value > 0 ? "+" : "-";
}
