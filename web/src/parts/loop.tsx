// The loop of a finding, drawn: its actors on a circle, a numbered line for each hop, a dotted one for what is missing.
import type { Conflict } from "../types";
import { typeWord } from "../words";

const SIZE = 340;
const RADIUS = 104;
const MIDDLE = SIZE / 2;
const LONGEST = 24;

export function Loop({ conflict }: { conflict: Conflict }) {
  const actors = [...new Map([...conflict.roles.map((role) => [role.id, role.name] as const), ...conflict.hops.flatMap(({ tie }) => [tie.source, tie.target].map((end) => [end.id, end.name] as const))])];
  const spots = new Map(actors.map(([id], place) => [id, spot(place, actors.length)]));
  const roles = new Map(conflict.roles.map((role) => [role.id, role.role]));
  const says = conflict.hops.map(({ tie, hop }) => `${hop}: ${tie.source.name} ${typeWord(tie.type)} ${tie.target.name}`).join("; ");
  return (
    <svg class="loop" viewBox={`0 0 ${SIZE} ${SIZE - 40}`} role="img" aria-label={`The loop. ${says}`}>
      <defs>
        <marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0 10 5 0 10z" />
        </marker>
      </defs>
      {conflict.missing?.ways.slice(0, 1).map((way) => <Line key="missing" from={spots.get(way.source)} to={spots.get(way.target)} label="?" missing />)}
      {conflict.hops.map(({ tie }, place) => (
        <Line key={place} from={spots.get(tie.source.id)} to={spots.get(tie.target.id)} label={String(place + 1)} mutual={tie.mutual} bend={twins(conflict, place)} />
      ))}
      {actors.map(([id, name]) => {
        const [x, y] = spots.get(id)!;
        const below = y > MIDDLE - 20;
        return (
          <g key={id} class="loop-actor">
            <circle cx={x} cy={y} r="7" />
            <text x={x} y={y + (below ? 24 : -24)} text-anchor="middle">
              {name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name}
            </text>
            {roles.has(id) && (
              <text class="role" x={x} y={y + (below ? 38 : -11)} text-anchor="middle">
                {roles.get(id)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function spot(place: number, count: number): [number, number] {
  const turn = (place / count) * 2 * Math.PI - Math.PI / 2;
  return [MIDDLE + RADIUS * Math.cos(turn), MIDDLE - 20 + RADIUS * 0.9 * Math.sin(turn)];
}

/** How many hops before this one join the same two actors: they are drawn beside each other. */
function twins(conflict: Conflict, place: number): number {
  const ends = (n: number) => [conflict.hops[n]!.tie.source.id, conflict.hops[n]!.tie.target.id].sort().join(" ");
  return conflict.hops.slice(0, place).filter((_, n) => ends(n) === ends(place)).length;
}

interface LineProps {
  from: [number, number] | undefined;
  to: [number, number] | undefined;
  label: string;
  missing?: boolean;
  mutual?: boolean;
  bend?: number;
}

function Line({ from, to, label, missing = false, mutual = false, bend = 0 }: LineProps) {
  if (!from || !to) return null;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const aside = bend * 34;
  const [x1, y1] = [from[0] + ux * 11, from[1] + uy * 11];
  const [x2, y2] = [to[0] - ux * 11, to[1] - uy * 11];
  const [mx, my] = [(x1 + x2) / 2 - uy * aside, (y1 + y2) / 2 + ux * aside];
  const [lx, ly] = [(x1 + x2) / 2 - (uy * aside) / 2, (y1 + y2) / 2 + (ux * aside) / 2];
  return (
    <g class={missing ? "hop missing" : "hop"}>
      <path d={`M${x1} ${y1}Q${mx} ${my} ${x2} ${y2}`} marker-end={missing ? undefined : "url(#head)"} marker-start={mutual ? "url(#head)" : undefined} />
      <circle cx={lx} cy={ly} r="10" />
      <text x={lx} y={ly + 4} text-anchor="middle">
        {label}
      </text>
    </g>
  );
}
