// How an edge is drawn: its sign by colour and by dashes, its strength by width.
import { ABSENT, signOf, type Frame, type NetworkData, type Sign } from "./data";
import type { Theme } from "./theme";

export interface Showing {
  /** Weaker stances are left out; hundredths. */
  least: number;
  signs: ReadonlySet<Sign>;
  kinds: ReadonlySet<string>;
  /** Indexes of the actors that stand out with their ties; none for all. */
  chosen: readonly number[];
  /** Whether only the edge between the chosen stands out, not all of theirs. */
  pair: boolean;
  blocs: readonly (readonly number[])[];
}

export interface Line {
  colour: string;
  width: number;
  dashes: number[];
}

const DASHES: Record<Sign, number[]> = { "+": [], "-": [7, 5], "~": [1.5, 4] };
const SIGNS: readonly Sign[] = ["+", "-", "~"];
const WIDTHS = 6;
/** A stance that is drawn with the full width; stronger ones are rare. */
const STRONG = 60;
/** Codes from here on stand back behind what is chosen. */
export const BACK = SIGNS.length * WIDTHS;

const CROWD = 3000;

/** The line of every code; a code is sign and width, and again for those that stand back. In a crowd lines are thin. */
export function lines(theme: Theme, edges: number): Line[] {
  const [least, more] = edges > CROWD ? [0.6, 0.35] : [1, 0.8];
  return [theme.signs, theme.faded].flatMap((colours, back) =>
    SIGNS.flatMap((sign) =>
      Array.from({ length: WIDTHS }, (_, width) => ({ colour: colours[sign], width: back ? least : least + width * more, dashes: DASHES[sign] })),
    ),
  );
}

/** The codes in the order they are drawn: what stands out and is strong first. */
export const ORDER: readonly number[] = [0, 1].flatMap((back) =>
  Array.from({ length: WIDTHS }, (_, step) => WIDTHS - 1 - step).flatMap((width) => SIGNS.map((_, sign) => back * BACK + sign * WIDTHS + width)),
);

/** The edges of each code; those that are filtered out are in none. */
export function sortEdges(data: NetworkData, frame: Frame, { least, signs, kinds, chosen, pair }: Showing): number[][] {
  const sorted: number[][] = Array.from({ length: 2 * BACK }, () => []);
  const fits = data.actors.map((actor) => kinds.has(actor.kind));
  const stands = chosen.length ? new Set(chosen) : null;
  data.edges.forEach(([from, to], index) => {
    const level = frame[index] ?? ABSENT;
    const sign = signOf(level);
    if (sign === null || !signs.has(sign) || !fits[from] || !fits[to]) return;
    const strength = Math.abs(level);
    if (strength < least) return;
    const width = Math.min(WIDTHS - 1, Math.floor((strength / STRONG) * WIDTHS));
    const touched = stands ? Number(stands.has(from)) + Number(stands.has(to)) : 2;
    const back = touched < (pair ? 2 : 1) ? BACK : 0;
    sorted[back + SIGNS.indexOf(sign) * WIDTHS + width]!.push(index);
  });
  return sorted;
}
