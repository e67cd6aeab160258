// From one page of a list to the next.
import { number } from "../words";

export function Pager({ total, offset, size, to }: { total: number; offset: number; size: number; to: (offset: number) => void }) {
  if (total <= size) return null;
  return (
    <nav class="pager" aria-label="Pages">
      <button type="button" disabled={offset === 0} onClick={() => to(Math.max(0, offset - size))}>
        Back
      </button>
      <span class="figure">
        {number(offset + 1)}–{number(Math.min(total, offset + size))} of {number(total)}
      </span>
      <button type="button" disabled={offset + size >= total} onClick={() => to(offset + size)}>
        Next
      </button>
    </nav>
  );
}
