// A stance as a word, a figure and a small scale; a sign as a mark that is told apart by more than its colour.
import type { Mark, Stance } from "../types";
import { SIGN_CLASSES, SIGN_MARKS, SIGN_WORDS, signed } from "../words";

export function Sign({ sign }: { sign: Mark }) {
  return (
    <span class={`sign ${SIGN_CLASSES[sign]}`} role="img" aria-label={SIGN_WORDS[sign]}>
      {SIGN_MARKS[sign]}
    </span>
  );
}

const WIDTH = 120;
const at = (value: number) => ((value + 1) / 2) * WIDTH;

/** From −1 to 1, with the interval as a band. */
export function Scale({ stance }: { stance: Pick<Stance, "value" | "low" | "high" | "sign"> }) {
  return (
    <svg class={`scale ${SIGN_CLASSES[stance.sign]}`} viewBox={`-4 0 ${WIDTH + 8} 14`} width="104" height="12" aria-hidden="true">
      <line class="axis" x1="0" x2={WIDTH} y1="7" y2="7" />
      <line class="zero" x1={WIDTH / 2} x2={WIDTH / 2} y1="1" y2="13" />
      <rect class="band" x={at(stance.low)} width={Math.max(1, at(stance.high) - at(stance.low))} y="4.5" height="5" rx="2.5" />
      <circle class="value" cx={at(stance.value)} cy="7" r="4" />
    </svg>
  );
}

export function StanceWords({ stance }: { stance: Stance }) {
  return (
    <span class="stance-words">
      <Sign sign={stance.sign} /> {stance.stands} <span class="figure">{signed(stance.value)}</span>{" "}
      <span class="interval">
        ({signed(stance.low)} to {signed(stance.high)})
      </span>
    </span>
  );
}
