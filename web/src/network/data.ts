// What the server says of the network, and how a stance is told apart in it.
export interface NetworkActor {
  id: string;
  name: string;
  kind: string;
  ties: number;
  x: number;
  y: number;
}

export interface NetworkData {
  actors: NetworkActor[];
  edges: [from: number, to: number][];
  steps: string[];
  kinds: string[];
  left_out: { actors: number; edges: number };
}

/** No tie yet at that step. */
export const ABSENT = -128;
/** A stance nearer to nothing leans neither way. */
const CLEAR = 5;

export type Sign = "+" | "-" | "~";

export function signOf(level: number): Sign | null {
  if (level === ABSENT) return null;
  return Math.abs(level) < CLEAR ? "~" : level > 0 ? "+" : "-";
}

/** One step's levels, an edge each: hundredths of a stance, or `ABSENT`. */
export type Frame = Int8Array;

export function frameOf(frames: Int8Array, step: number, edges: number): Frame {
  return frames.subarray(step * edges, (step + 1) * edges);
}
