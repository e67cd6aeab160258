// Asking the server. An answer may be "preparing": then it is asked again in a moment.
import { useEffect, useReducer, useState } from "preact/hooks";
import type { LedgerInfo, Made } from "./types";

export class Complaint extends Error {}

const AGAIN = 500;

export async function ask<T>(path: string, signal: AbortSignal, preparing: (what: string) => void = () => {}): Promise<T> {
  for (;;) {
    const answer = await fetched(path, { signal });
    if (answer.status !== 202) return (await answer.json()) as T;
    preparing(((await answer.json()) as { preparing: string }).preparing);
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    signal.throwIfAborted();
  }
}

export async function askBytes(path: string, signal: AbortSignal): Promise<Int8Array> {
  for (;;) {
    const answer = await fetched(path, { signal });
    if (answer.status !== 202) return new Int8Array(await answer.arrayBuffer());
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    signal.throwIfAborted();
  }
}

async function fetched(path: string, how: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, how);
  } catch (error) {
    if (how.signal?.aborted) throw error;
    throw new Complaint("The server does not answer. Is frenemy serve still running?");
  }
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => null)) as { error?: string } | null;
  throw new Complaint(said?.error ?? (answer.status === 403 ? "The page is older than the server. Load it again." : `The server answered with ${answer.status}.`));
}

export interface Answer<T> {
  data: T | null;
  error: string | null;
  preparing: string | null;
  loading: boolean;
  again: () => void;
}

const changed = new EventTarget();
let changes = 0;

/** How often something was decided on this page: what was asked before may have another answer now. */
export function useChanges(): number {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    changed.addEventListener("change", redraw as () => void);
    return () => changed.removeEventListener("change", redraw as () => void);
  }, []);
  return changes;
}

/** The answer to a question; while another is fetched, the one before stays. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [held, setHeld] = useState<{ path: string | null; data: T | null }>({ path: null, data: null });
  const [error, setError] = useState<string | null>(null);
  const [preparing, setPreparing] = useState<string | null>(null);
  const [loading, setLoading] = useState(path !== null);
  const [turn, again] = useReducer((count: number) => count + 1, 0);
  const version = useChanges();
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    setLoading(true);
    setError(null);
    ask<T>(path, stop.signal, setPreparing)
      .then((data) => setHeld({ path, data }))
      .catch((reason: unknown) => !stop.signal.aborted && setError(reason instanceof Error ? reason.message : String(reason)))
      .finally(() => {
        if (stop.signal.aborted) return;
        setLoading(false);
        setPreparing(null);
      });
    return () => stop.abort();
  }, [path, turn, version]);
  return { data: path === null ? null : held.data, error, preparing, loading, again: () => again(0) };
}

let token = "";

export function holdToken(info: LedgerInfo): void {
  token = info.token;
}

async function write(path: string, said: unknown): Promise<Made> {
  const headers = { "content-type": "application/json", "x-frenemy-token": token };
  return (await (await fetched(path, { method: "POST", headers, body: JSON.stringify(said) })).json()) as Made;
}

/** Have every view ask again: something was decided. */
export function askAnew(): void {
  changes += 1;
  changed.dispatchEvent(new Event("change"));
}

export const judge = (kind: string, subjects: readonly string[], reason = "") => write("api/judgements", { kind, subjects, reason });
export const undo = (id?: string) => write("api/undo", id ? { id } : {});
