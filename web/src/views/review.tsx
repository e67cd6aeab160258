import { useEffect, useRef, useState } from "preact/hooks";
import { judge, useAnswer } from "../api";
import { decide, takeBack } from "../parts/notices";
import { TieLine } from "../parts/quote";
import { Empty, Ready } from "../parts/states";
import { href, note, toDocument } from "../router";
import type { Made, Question, Review } from "../types";
import { capital, count, percent, when } from "../words";

const KINDS = ["merge", "split", "quarantine", "listing", "tie"];
const ANSWERS: Record<string, [yes: string, no: string]> = {
  merge: ["Yes, one actor", "No, two actors"],
  split: ["Yes, one actor", "No, split them"],
  quarantine: ["Yes, an actor", "No, nobody"],
  listing: ["Yes, it is", "No, it is not"],
  tie: ["Yes, it says so", "No, reject the tie"],
};

export function ReviewView({ query }: { query: URLSearchParams }) {
  const [kind, setKind] = useState(query.get("kind") ?? "");
  useEffect(() => note(href("review", [], { kind })), [kind]);
  const answer = useAnswer<Review>(`api/review?${new URLSearchParams({ kind })}`);
  return (
    <>
      <header class="headline">
        <h1>Review</h1>
        <p class="standfirst">
          What the ledger is unsure of, the questions that move most ties first. Every answer is kept under your name, and can be taken back.
        </p>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Questions
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">all</option>
            {KINDS.map((name) => (
              <option key={name} value={name}>
                {name === "listing" ? "watchlist" : name}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Ready answer={answer}>{(review) => <Queue review={review} busy={answer.loading} />}</Ready>
    </>
  );
}

function Queue({ review, busy }: { review: Review; busy: boolean }) {
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [writing, setWriting] = useState(false);
  const left = review.questions.filter((question) => !skipped.has(question.id));
  const question = left[0];
  const answer = async (yes: boolean) => {
    if (!question || writing || busy) return;
    setWriting(true);
    await decide(() => judge(yes ? question.yes : question.no, question.subjects, `review: ${question.reason}`));
    setWriting(false);
  };
  const skip = () => question && setSkipped(new Set([...skipped, question.id]));
  useKeys({ y: () => void answer(true), n: () => void answer(false), s: skip, u: () => void takeBack() });
  return (
    <div class="beside review-columns">
      <section aria-label="Question">
        {question ? (
          <Card key={question.id} question={question} left={left.length} disabled={writing || busy} answer={answer} skip={skip} />
        ) : (
          <Empty>{review.questions.length ? "That was the last question of this round." : "Nothing waits for a person."}</Empty>
        )}
      </section>
      <History made={review.made} />
    </div>
  );
}

interface CardProps {
  question: Question;
  left: number;
  disabled: boolean;
  answer: (yes: boolean) => Promise<void>;
  skip: () => void;
}

function Card({ question, left, disabled, answer, skip }: CardProps) {
  const [yes, no] = ANSWERS[question.kind] ?? ["Yes", "No"];
  const title = useRef<HTMLHeadingElement>(null);
  return (
    <article class="card">
      <p class="kicker">
        {question.kind === "listing" ? "Watchlist" : capital(question.kind)} · {count(question.moves, "signed tie")} {question.moves === 1 ? "rests" : "rest"} on it ·{" "}
        {count(left, "question")} left
      </p>
      <h2 ref={title} tabIndex={-1}>
        <bdi>{question.tie ? "Does the quote say this?" : question.asks}</bdi>
      </h2>
      {question.tie && <TieLine tie={question.tie} />}
      <p class="standfirst">
        {percent(question.score)} likely{question.tie ? "" : `: ${question.reason}`}
      </p>
      <ul class="quotes">
        {question.evidence.map((piece) => (
          <li key={`${piece.document} ${piece.start} ${piece.about}`}>
            {question.subjects.length === 2 && (
              <p class="speaker">
                <bdi>{piece.about}</bdi>
              </p>
            )}
            <blockquote>
              <bdi>{piece.quote}</bdi>
            </blockquote>
            <p class="source">
              <a href={toDocument(piece.document, question.kind === "tie" ? question.subjects[0] : undefined)}>
                <bdi>{piece.doc}</bdi>
              </a>
              {piece.published && <> · {when(piece.published)}</>}
            </p>
          </li>
        ))}
      </ul>
      <div class="answers">
        <button type="button" class="strong" disabled={disabled} onClick={() => void answer(true)}>
          {yes} <kbd>y</kbd>
        </button>
        <button type="button" class="strong" disabled={disabled} onClick={() => void answer(false)}>
          {no} <kbd>n</kbd>
        </button>
        <button type="button" disabled={disabled} onClick={skip}>
          Skip <kbd>s</kbd>
        </button>
      </div>
    </article>
  );
}

function History({ made }: { made: Made[] }) {
  return (
    <aside aria-labelledby="made-title">
      <h2 id="made-title">Decided so far</h2>
      {made.length === 0 ? (
        <p class="hint-text">Nothing yet.</p>
      ) : (
        <ol class="made">
          {made.map((judgement) => (
            <li key={judgement.id}>
              <p>
                <bdi>{judgement.says}</bdi>
              </p>
              <p class="source">
                <bdi>{judgement.by}</bdi> · {judgement.at} UTC{" "}
                <button type="button" class="quiet" onClick={() => void takeBack(judgement.id)}>
                  Undo
                </button>
              </p>
            </li>
          ))}
        </ol>
      )}
    </aside>
  );
}

/** One key a deed, while no field is being typed in. */
function useKeys(deeds: Record<string, () => void>): void {
  const held = useRef(deeds);
  held.current = deeds;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      held.current[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
