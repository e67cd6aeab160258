// How two actors stood through the years: the curve with its interval, the shifts, and every tie as a mark on the time line.
import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CurvePoint, Shift, TiePoint } from "../types";
import { SIGN_WORDS, SIDES, signed, typeWord, when } from "../words";

const HEIGHT = 300;
const EDGE = { left: 46, right: 16, top: 22, bottom: 74 };
const LANES: Record<TiePoint["polarity"], number> = { "+": 0, "0": 1, "-": 2 };
const LANE = 16;
const SHAPES: Record<TiePoint["polarity"], string> = { "+": "M0-5 5 4H-5Z", "-": "M0 5 5-4H-5Z", "0": "M0-3.6A3.6 3.6 0 1 0 0 3.6 3.6 3.6 0 1 0 0-3.6Z" };
const CLASSES = { "+": "friend", "-": "foe", "0": "neutral" };

const day = (text: string) => new Date(`${text}T00:00:00Z`);

interface Props {
  points: CurvePoint[];
  ties: TiePoint[];
  shifts: Shift[];
  chosen: number | null;
  choose: (row: number) => void;
  title: string;
}

export function Curve({ points, ties, shifts, chosen, choose, title }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(300, Math.round(entry.contentRect.width))));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  if (points.length === 0) return null;
  const days = [...points.map((point) => day(point.at)), ...ties.map((tie) => day(tie.at))].sort((a, b) => +a - +b);
  const x = scaleUtc([days[0]!, days.at(-1)!], [EDGE.left, width - EDGE.right]);
  const bottom = HEIGHT - EDGE.bottom;
  const y = scaleLinear([-1, 1], [bottom, EDGE.top]);
  const band = area<CurvePoint>()
    .x((point) => x(day(point.at)))
    .y0((point) => y(point.low))
    .y1((point) => y(point.high));
  const middle = line<CurvePoint>()
    .x((point) => x(day(point.at)))
    .y((point) => y(point.value));
  const lane = (tie: TiePoint) => bottom + 14 + LANES[tie.polarity] * LANE;
  const last = points.at(-1)!;
  const says = `${title}. At ${when(last.at)}: ${signed(last.value)}, between ${signed(last.low)} and ${signed(last.high)}. ${shifts.length ? shifts.map((shift) => `${when(shift.at)}: from ${SIDES[shift.before]} to ${SIDES[shift.after]}.`).join(" ") : "No shift."} The ties are listed below.`;
  return (
    <figure class="curve" ref={box}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={says}>
        <rect class="upper" x={EDGE.left} width={width - EDGE.left - EDGE.right} y={y(1)} height={y(0) - y(1)} />
        <rect class="lower" x={EDGE.left} width={width - EDGE.left - EDGE.right} y={y(0)} height={y(-1) - y(0)} />
        {[-1, -0.5, 0, 0.5, 1].map((value) => (
          <g key={value} class={value === 0 ? "level zero" : "level"}>
            <line x1={EDGE.left} x2={width - EDGE.right} y1={y(value)} y2={y(value)} />
            <text x={EDGE.left - 8} y={y(value) + 4} text-anchor="end">
              {value === 0 ? "0" : `${value > 0 ? "+" : "−"}${Math.abs(value)}`}
            </text>
          </g>
        ))}
        <text class="side" x={EDGE.left + 6} y={EDGE.top + 14}>
          with
        </text>
        <text class="side" x={EDGE.left + 6} y={bottom - 6}>
          against
        </text>
        {x.ticks(Math.max(2, Math.floor(width / 110))).map((tick) => (
          <g key={+tick} class="tick">
            <line x1={x(tick)} x2={x(tick)} y1={bottom} y2={HEIGHT - 20} />
            <text x={x(tick)} y={HEIGHT - 5} text-anchor="middle">
              {x.tickFormat()(tick)}
            </text>
          </g>
        ))}
        <path class="band" d={band(points) ?? ""} />
        <path class="middle" d={middle(points) ?? ""} />
        {shifts.map((shift, place) => (
          <g key={shift.at} class="shift">
            <line x1={x(day(shift.at))} x2={x(day(shift.at))} y1={EDGE.top - 2} y2={HEIGHT - 22} />
            <circle cx={x(day(shift.at))} cy={EDGE.top - 11} r="9" />
            <text x={x(day(shift.at))} y={EDGE.top - 7} text-anchor="middle">
              {place + 1}
            </text>
          </g>
        ))}
        {ties.map((tie) => (
          <path
            key={tie.row}
            class={`mark ${CLASSES[tie.polarity]} ${tie.status} ${tie.row === chosen ? "chosen" : ""}`}
            d={SHAPES[tie.polarity]}
            transform={`translate(${x(day(tie.at)).toFixed(1)} ${lane(tie)})`}
            onClick={() => choose(tie.row)}
          >
            <title>{`${when(tie.at)}: ${SIGN_WORDS[tie.polarity]}, ${typeWord(tie.type)}${tie.status === "asserted" ? "" : `, ${tie.status}`}`}</title>
          </path>
        ))}
      </svg>
      <figcaption>
        <span class="key friend">
          <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
            <path d={SHAPES["+"]} />
          </svg>{" "}
          with
        </span>
        <span class="key neutral">
          <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
            <path d={SHAPES["0"]} />
          </svg>{" "}
          neutral
        </span>
        <span class="key foe">
          <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
            <path d={SHAPES["-"]} />
          </svg>{" "}
          against
        </span>
        <span class="key">hollow: denied, planned or speculated</span>
        <span class="key">band: 90% interval</span>
      </figcaption>
    </figure>
  );
}
