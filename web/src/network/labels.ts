// Names beside the actors: the most tied first, none over another.
import type { NetworkData } from "./data";
import type { Theme } from "./theme";

export interface Places {
  xs: Float32Array;
  ys: Float32Array;
  size(index: number): number;
  /** Named whatever stands there. */
  first: readonly number[];
  named(index: number): boolean;
  window: { width: number; height: number };
}

const MOST = 70;
const LONGEST = 28;
const HEIGHT = 16;

type Box = [left: number, top: number, right: number, bottom: number];

/** Actors come most tied first, so their order is that of the names. */
export function placeLabels(context: CanvasRenderingContext2D, data: NetworkData, places: Places, theme: Theme): void {
  context.font = `600 12.5px ${theme.font}`;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const taken: Box[] = [];
  const most = Math.min(MOST, Math.ceil((places.window.width * places.window.height) / 9000));
  const order = [...places.first, ...data.actors.keys()];
  const done = new Set<number>();
  for (const index of order) {
    if (taken.length >= most) break;
    if (done.has(index) || !(places.named(index) || places.first.includes(index))) continue;
    done.add(index);
    const [x, y] = [places.xs[index]!, places.ys[index]!];
    if (x < 0 || y < 0 || x > places.window.width || y > places.window.height) continue;
    const name = short(data.actors[index]!.name);
    const width = context.measureText(name).width;
    const gap = places.size(index) + 4;
    const left = x + gap + width > places.window.width ? x - gap - width : x + gap;
    const box: Box = [left - 2, y - HEIGHT / 2, left + width + 2, y + HEIGHT / 2];
    if (!places.first.includes(index) && taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    context.strokeStyle = theme.paper;
    context.lineWidth = 3.5;
    context.strokeText(name, left, y);
    context.fillStyle = theme.ink;
    context.fillText(name, left, y);
  }
}

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
