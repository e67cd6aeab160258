// A tie with its quote, and the quote among the words around it.
import { useAnswer } from "../api";
import { toActor, toDocument } from "../router";
import type { Passage, Tie } from "../types";
import { dated, percent, signed, typeWord, when } from "../words";
import { judge } from "../api";
import { decide } from "./notices";
import { Sign } from "./stance";
import { Ready } from "./states";

export function Name({ actor }: { actor: { id: string; name: string } }) {
  return (
    <a class="name" href={toActor(actor.id)}>
      <bdi>{actor.name}</bdi>
    </a>
  );
}

/** Who does what to whom, when, and on whose word. */
export function TieLine({ tie }: { tie: Tie }) {
  return (
    <p class="tie-line">
      <Sign sign={tie.polarity} /> <Name actor={tie.source} />{" "}
      <span class="act" title={tie.means}>
        {tie.mutual ? "↔" : "→"} {typeWord(tie.type)} {tie.mutual ? "↔" : "→"}
      </span>{" "}
      <Name actor={tie.target} /> <TieNotes tie={tie} />
    </p>
  );
}

export function TieNotes({ tie }: { tie: Tie }) {
  return (
    <span class="notes">
      {tie.status !== "asserted" && <span class="note status">{tie.status}</span>}
      {tie.voice && (
        <span class="note">
          on the word of <bdi>{tie.voice}</bdi>
        </span>
      )}
    </span>
  );
}

export function Source({ tie }: { tie: Pick<Tie, "publisher" | "doc" | "published" | "title" | "document" | "id"> }) {
  return (
    <p class="source">
      <a href={toDocument(tie.document, tie.id)}>
        <bdi>{tie.title ?? tie.doc}</bdi>
      </a>
      {tie.publisher && (
        <>
          {" "}
          · <bdi>{tie.publisher}</bdi>
        </>
      )}
      {tie.published && <> · {when(tie.published)}</>}
    </p>
  );
}

export function QuotedTie({ tie }: { tie: Tie }) {
  return (
    <article class="quoted">
      <TieLine tie={tie} />
      <blockquote>
        <bdi>{tie.quote}</bdi>
      </blockquote>
      <p class="dateline">{dated(tie)}</p>
      <Source tie={tie} />
    </article>
  );
}

/** The document around a tie's quote. */
export function Context({ tie, close }: { tie: string; close: () => void }) {
  const answer = useAnswer<Passage>(`api/ties/${encodeURIComponent(tie)}`);
  return (
    <Ready answer={answer}>
      {(found) => (
        <article class="context" aria-label="The quote in its document">
          <p class="kicker">
            <bdi>{found.about.publisher ?? found.about.name}</bdi>
            {found.about.published && <> · {when(found.about.published)}</>}
          </p>
          <h3>
            <a href={toDocument(found.document, found.id)}>
              <bdi>{found.about.title}</bdi>
            </a>
          </h3>
          <p class="passage" dir="auto">
            {found.opens && "… "}
            {found.before}
            <mark>{found.quoted}</mark>
            {found.after}
            {found.closes && " …"}
          </p>
          <dl class="facts">
            <dt>Tie</dt>
            <dd>
              <TieLine tie={found} />
            </dd>
            <dt>When</dt>
            <dd>{dated(found)}</dd>
            <dt>Reader is sure to</dt>
            <dd>{percent(found.confidence)}</dd>
            {found.share !== null && (
              <>
                <dt>Share</dt>
                <dd>{signed(found.share)}</dd>
              </>
            )}
          </dl>
          <p class="actions">
            {found.url && (
              <a href={found.url} rel="noreferrer noopener" target="_blank">
                Original
              </a>
            )}
            <button type="button" onClick={() => void decide(() => judge("wrong", [found.id]), close)}>
              The quote does not say this
            </button>
          </p>
        </article>
      )}
    </Ready>
  );
}
