// What was just decided, with a way back; and what went wrong.
import { useEffect, useState } from "preact/hooks";
import { askAnew, undo } from "../api";
import type { Made } from "../types";

interface Notice {
  text: string;
  made?: Made;
  wrong?: boolean;
}

const told = new EventTarget();
const STAYS = 12_000;
/** Milliseconds in which a change of address reaches the views. */
const SETTLES = 40;

export function tell(notice: Notice): void {
  told.dispatchEvent(new CustomEvent("tell", { detail: notice }));
}

/** Do something that is written to the ledger, and say what came of it. `then` leaves what is no longer there before the views ask anew. */
export async function decide(work: () => Promise<Made>, then: (made: Made) => void = () => {}): Promise<void> {
  try {
    const made = await work();
    tell({ text: `Noted: ${made.says}.`, made });
    then(made);
    setTimeout(askAnew, SETTLES);
  } catch (error) {
    tell({ text: error instanceof Error ? error.message : String(error), wrong: true });
  }
}

/** Take a judgement back: the one with this id, or the latest. */
export async function takeBack(id?: string): Promise<void> {
  try {
    tell({ text: `Taken back: ${(await undo(id)).says}.` });
    askAnew();
  } catch (error) {
    tell({ text: error instanceof Error ? error.message : String(error), wrong: true });
  }
}

export function Notices() {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    let timer = 0;
    const show = (event: Event) => {
      setNotice((event as CustomEvent<Notice>).detail);
      clearTimeout(timer);
      timer = window.setTimeout(() => setNotice(null), STAYS);
    };
    told.addEventListener("tell", show);
    return () => told.removeEventListener("tell", show);
  }, []);
  return (
    <div class="notices" role="status" aria-live="polite">
      {notice && (
        <div class={notice.wrong ? "notice wrong" : "notice"}>
          <p>
            <bdi>{notice.text}</bdi>
          </p>
          {notice.made && (
            <button type="button" onClick={() => void takeBack(notice.made!.id)}>
              Undo
            </button>
          )}
          <button type="button" class="quiet" aria-label="Close this notice" onClick={() => setNotice(null)}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
