// The picture of the network on three canvases: blocs, edges, actors. The strongest edges are drawn at once; in a crowded network the rest
// follow beneath them, frame by frame, so that a step of the slider is shown at once whatever the number of edges.
import { polygonHull } from "d3-polygon";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import type { Frame, NetworkData } from "./data";
import { BACK, lines, ORDER, sortEdges, type Line, type Showing } from "./look";
import { placeLabels } from "./labels";
import type { Theme } from "./theme";

export interface Listener {
  actor(index: number): void;
  edge(index: number): void;
  nothing(): void;
  drawn?(): void;
}

const AT_ONCE = 1800;
const A_FRAME = 1500;
const PADDING = 40;
const AREA = 16;

export class Picture {
  private readonly layers: CanvasRenderingContext2D[];
  private readonly zooming: ZoomBehavior<HTMLElement, unknown>;
  private readonly sizes: number[];
  private readonly xs: Float32Array;
  private readonly ys: Float32Array;
  private readonly stop = new AbortController();
  private view: ZoomTransform = zoomIdentity;
  private looks: Line[];
  private sorted: number[][] = [];
  private bright: Uint8Array;
  private hovered = -1;
  private asked = 0;
  private width = 0;
  private height = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly data: NetworkData,
    private theme: Theme,
    private frame: Frame,
    private showing: Showing,
    private readonly listener: Listener,
  ) {
    this.layers = ["blocs", "edges", "actors"].map((name) => addCanvas(box, name));
    this.looks = lines(theme, data.edges.length);
    this.xs = new Float32Array(data.actors.length);
    this.ys = new Float32Array(data.actors.length);
    this.bright = new Uint8Array(data.actors.length);
    this.sizes = sizesOf(data);
    this.zooming = zoom<HTMLElement, unknown>()
      .scaleExtent([0.6, 24])
      .on("zoom", (event: { transform: ZoomTransform }) => {
        this.view = event.transform;
        this.draw();
      });
    select(box).call(this.zooming).on("dblclick.zoom", null);
    this.listen();
    this.sort();
    this.fit();
  }

  show(frame: Frame, showing: Showing): void {
    this.frame = frame;
    this.showing = showing;
    this.sort();
    this.draw();
  }

  recolour(theme: Theme): void {
    this.theme = theme;
    this.looks = lines(theme, this.data.edges.length);
    this.draw();
  }

  /** Take the size of the box again. */
  fit(): void {
    const { width, height } = this.box.getBoundingClientRect();
    const scale = Math.min(2, devicePixelRatio || 1);
    this.width = width;
    this.height = height;
    for (const layer of this.layers) {
      layer.canvas.width = Math.round(width * scale);
      layer.canvas.height = Math.round(height * scale);
      layer.setTransform(scale, 0, 0, scale, 0, 0);
    }
    this.draw();
  }

  /** Bring an actor into the window if it is outside. */
  reveal(index: number): void {
    const [x, y] = this.flat(index);
    const scale = this.view.k;
    const [left, top] = this.view.apply([x, y]);
    if (left > 0 && top > 0 && left < this.width && top < this.height) return;
    this.zooming.transform(select(this.box), zoomIdentity.translate(this.width / 2 - x * scale, this.height / 2 - y * scale).scale(scale));
  }

  zoom(by: number): void {
    if (by === 0) this.zooming.transform(select(this.box), zoomIdentity);
    else this.zooming.scaleBy(select(this.box), by);
  }

  pan(dx: number, dy: number): void {
    this.zooming.translateBy(select(this.box), dx / this.view.k, dy / this.view.k);
  }

  kill(): void {
    cancelAnimationFrame(this.asked);
    this.stop.abort();
    select(this.box).on(".zoom", null);
    for (const layer of this.layers) layer.canvas.remove();
  }

  private sort(): void {
    this.sorted = sortEdges(this.data, this.frame, this.showing);
    this.bright.fill(0);
    for (const code of ORDER) {
      if (code >= BACK) break;
      for (const index of this.sorted[code]!) for (const end of this.data.edges[index]!) this.bright[end] = 1;
    }
    for (const index of this.showing.chosen) this.bright[index] = 1;
  }

  /** Where an actor stands before zooming. Positions come in the unit square. */
  private flat(index: number): [number, number] {
    const { x, y } = this.data.actors[index]!;
    return [PADDING + x * (this.width - 2 * PADDING), PADDING + y * (this.height - 2 * PADDING)];
  }

  private draw(): void {
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => {
      for (let index = 0; index < this.xs.length; index++) {
        const [x, y] = this.view.apply(this.flat(index));
        this.xs[index] = x;
        this.ys[index] = y;
      }
      this.drawBlocs();
      this.drawActors();
      this.layers[1]!.clearRect(0, 0, this.width, this.height);
      this.drawEdges(this.seen(), AT_ONCE);
      performance.mark("edges-painted");
    });
  }

  /** The edges that touch the window, each with its code, in the order they are drawn. */
  private *seen(): Generator<[edge: number, code: number]> {
    const { xs, ys, width, height } = this;
    for (const code of ORDER)
      for (const edge of this.sorted[code]!) {
        const [from, to] = this.data.edges[edge]!;
        const [x1, y1, x2, y2] = [xs[from]!, ys[from]!, xs[to]!, ys[to]!];
        if ((x1 < 0 && x2 < 0) || (x1 > width && x2 > width) || (y1 < 0 && y2 < 0) || (y1 > height && y2 > height)) continue;
        yield [edge, code];
      }
  }

  private drawEdges(left: Generator<[number, number]>, count: number): void {
    const context = this.layers[1]!;
    context.globalCompositeOperation = "destination-over";
    let [drawn, last, more] = [0, -1, false];
    for (let next = left.next(); !next.done; next = left.next()) {
      const [edge, code] = next.value;
      if (code !== last) {
        if (last >= 0) context.stroke();
        this.pen(context, this.looks[code]!);
        last = code;
      }
      const [from, to] = this.data.edges[edge]!;
      context.moveTo(this.xs[from]!, this.ys[from]!);
      context.lineTo(this.xs[to]!, this.ys[to]!);
      if (++drawn % 50 === 0) {
        // many lines in one path are slow to stroke
        context.stroke();
        context.beginPath();
      }
      if (drawn >= count) {
        more = true;
        break;
      }
    }
    if (last >= 0) context.stroke();
    if (more) this.asked = requestAnimationFrame(() => this.drawEdges(left, A_FRAME));
    else this.listener.drawn?.();
  }

  private pen(context: CanvasRenderingContext2D, look: Line): void {
    context.strokeStyle = look.colour;
    context.lineWidth = look.width;
    context.setLineDash(look.dashes);
    context.beginPath();
  }

  private drawActors(): void {
    const context = this.layers[2]!;
    context.clearRect(0, 0, this.width, this.height);
    for (const bright of [0, 1])
      for (let index = 0; index < this.xs.length; index++) {
        if (this.bright[index] !== bright || !this.showing.kinds.has(this.data.actors[index]!.kind)) continue;
        context.fillStyle = bright ? this.theme.ink : this.theme.faint;
        context.beginPath();
        context.arc(this.xs[index]!, this.ys[index]!, this.size(index), 0, Math.PI * 2);
        context.fill();
        if (!this.showing.chosen.includes(index) && index !== this.hovered) continue;
        context.strokeStyle = this.theme.ink;
        context.lineWidth = 1.5;
        context.beginPath();
        context.arc(this.xs[index]!, this.ys[index]!, this.size(index) + 4, 0, Math.PI * 2);
        context.stroke();
      }
    const first = [...this.showing.chosen, ...(this.hovered >= 0 ? [this.hovered] : [])];
    const named = (index: number) => this.bright[index] === 1 && this.showing.kinds.has(this.data.actors[index]!.kind);
    const window = { width: this.width, height: this.height };
    placeLabels(context, this.data, { xs: this.xs, ys: this.ys, size: (index) => this.size(index), first, named, window }, this.theme);
  }

  private size(index: number): number {
    return this.sizes[index]! * Math.min(2.2, Math.sqrt(this.view.k));
  }

  private drawBlocs(): void {
    const context = this.layers[0]!;
    context.clearRect(0, 0, this.width, this.height);
    this.showing.blocs.forEach((bloc, place) => {
      const points = bloc.map((index) => [this.xs[index]!, this.ys[index]!] as [number, number]);
      drawArea(context, points.length > 2 ? (polygonHull(points) ?? points) : points, this.theme.blocs[place % this.theme.blocs.length]!);
    });
  }

  private listen(): void {
    const options = { signal: this.stop.signal };
    let pressed = { x: 0, y: 0 };
    this.box.addEventListener("pointerdown", (event) => (pressed = { x: event.clientX, y: event.clientY }), { ...options, capture: true });
    this.box.addEventListener(
      "click",
      (event) => {
        if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 6) return;
        const [actor, edge] = this.under(event, 10);
        if (actor >= 0) this.listener.actor(actor);
        else if (edge >= 0) this.listener.edge(edge);
        else this.listener.nothing();
      },
      options,
    );
    this.box.addEventListener(
      "pointermove",
      (event) => {
        if (event.buttons) return;
        const [actor, edge] = this.under(event, 4);
        this.box.classList.toggle("pointing", actor >= 0 || edge >= 0);
        if (actor === this.hovered) return;
        this.hovered = actor;
        this.drawActors();
      },
      options,
    );
  }

  /** The actor and the edge under the pointer, -1 where there is none; the edge must be as near as `reach`. */
  private under(event: MouseEvent, reach: number): [actor: number, edge: number] {
    const box = this.box.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [actor, near] = [-1, Infinity];
    for (let index = 0; index < this.xs.length; index++) {
      const away = Math.hypot(this.xs[index]! - x, this.ys[index]! - y) - this.size(index);
      if (away < reach && away < near && this.showing.kinds.has(this.data.actors[index]!.kind)) [actor, near] = [index, away];
    }
    if (actor >= 0) return [actor, -1];
    let [edge, nearest] = [-1, reach];
    for (const code of ORDER)
      for (const index of this.sorted[code]!) {
        const [from, to] = this.data.edges[index]!;
        const away = toSegment(x, y, this.xs[from]!, this.ys[from]!, this.xs[to]!, this.ys[to]!);
        if (away < nearest) [edge, nearest] = [index, away];
      }
    return [-1, edge];
  }
}

function addCanvas(box: HTMLElement, name: string): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.className = `layer ${name}`;
  box.append(canvas);
  return canvas.getContext("2d")!;
}

function sizesOf(data: NetworkData): number[] {
  const most = Math.max(1, ...data.actors.map((actor) => actor.ties));
  const [least, span] = data.actors.length > 400 ? [1.5, 7] : [2.5, 9];
  return data.actors.map((actor) => least + span * Math.sqrt(actor.ties / most));
}

/** The area around the points: filled, and widened by drawing its outline thick and round. */
function drawArea(context: CanvasRenderingContext2D, points: [number, number][], colour: string): void {
  context.fillStyle = context.strokeStyle = colour;
  context.lineJoin = context.lineCap = "round";
  context.lineWidth = AREA * 2;
  context.beginPath();
  points.forEach(([x, y], place) => (place ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
  context.fill();
  context.stroke();
}

function toSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = dx || dy ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
