// The time slider: drag it, step it with the arrow keys, or let it play.
import { useEffect, useState } from "preact/hooks";
import { when } from "../words";

const PACE = 450;

export function Slider({ steps, step, to }: { steps: string[]; step: number; to: (step: number) => void }) {
  const [playing, setPlaying] = useState(false);
  const last = steps.length - 1;
  useEffect(() => {
    if (!playing) return;
    if (step >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => to(step + 1), PACE);
    return () => clearTimeout(timer);
  }, [playing, step]);
  const play = () => {
    if (!playing && step >= last) to(0);
    setPlaying(!playing);
  };
  return (
    <div class="slider">
      <button type="button" onClick={play} aria-label={playing ? "Pause" : "Play the history"} disabled={last < 1}>
        {playing ? "❚❚" : "▶"}
      </button>
      <label>
        <span class="hidden">Date</span>
        <input
          type="range"
          min="0"
          max={last}
          value={step}
          aria-valuetext={when(steps[step]!)}
          onInput={(event) => {
            setPlaying(false);
            to(Number(event.currentTarget.value));
          }}
        />
      </label>
      <output class="figure" aria-live="off">
        {when(steps[step]!)}
      </output>
    </div>
  );
}
