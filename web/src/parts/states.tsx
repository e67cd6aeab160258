// Loading, failed, nothing there: said the same way everywhere.
import type { ComponentChildren } from "preact";
import type { Answer } from "../api";

export function Waiting({ what }: { what?: string | null }) {
  return (
    <p class="state" role="status">
      <span class="turning" aria-hidden="true" /> {what ?? "Loading"}
    </p>
  );
}

export function Failed({ error, again }: { error: string; again: () => void }) {
  return (
    <div class="state failed" role="alert">
      <p>{error}</p>
      <button type="button" onClick={again}>
        Try again
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="state empty">{children}</p>;
}

/** The view of an answer once it is there. */
export function Ready<T>({ answer, children }: { answer: Answer<T>; children: (data: T) => ComponentChildren }) {
  if (answer.error) return <Failed error={answer.error} again={answer.again} />;
  if (answer.data === null) return <Waiting what={answer.preparing} />;
  return <>{children(answer.data)}</>;
}
