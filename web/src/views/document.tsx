import { Fragment } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { judge, useAnswer } from "../api";
import { decide } from "../parts/notices";
import { TieLine } from "../parts/quote";
import { Empty, Ready } from "../parts/states";
import { href, note, toPair } from "../router";
import type { DocumentText, Tie } from "../types";
import { count, dated, number, percent, SIGN_CLASSES, when } from "../words";

export function DocumentView({ id, query }: { id: string; query: URLSearchParams }) {
  const [from, setFrom] = useState(Number(query.get("from")) || 0);
  const answer = useAnswer<DocumentText>(`api/documents/${encodeURIComponent(id)}?from=${from}`);
  return <Ready answer={answer}>{(doc) => <Text doc={doc} asked={query.get("tie")} to={setFrom} />}</Ready>;
}

function Text({ doc, asked, to }: { doc: DocumentText; asked: string | null; to: (from: number) => void }) {
  const [chosen, setChosen] = useState<string | null>(asked);
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${doc.title} · frenemy`;
  }, [doc.title]);
  useEffect(() => {
    if (asked) text.current?.querySelector("mark.chosen")?.scrollIntoView({ block: "center" });
  }, [asked, doc]);
  const choose = (tie: string | null) => {
    setChosen(tie);
    note(href("document", [doc.id], { tie: tie ?? undefined, from: doc.from ? String(doc.from) : undefined }));
  };
  return (
    <>
      <header class="headline">
        <p class="kicker">
          <bdi>{doc.publisher ?? "Document"}</bdi>
        </p>
        <h1>
          <bdi>{doc.title}</bdi>
        </h1>
        <p class="standfirst">
          {doc.author && (
            <>
              <bdi>{doc.author}</bdi> ·{" "}
            </>
          )}
          {doc.published ? when(doc.published) : "undated"} · {number(doc.length)} characters · <bdi>{doc.name}</bdi>
          {doc.url && (
            <>
              {" "}
              ·{" "}
              <a href={doc.url} rel="noreferrer noopener" target="_blank">
                original
              </a>
            </>
          )}
        </p>
      </header>
      <div class="beside">
        <div class="article" dir="auto" ref={text}>
          {doc.pieces.map((piece, place) =>
            piece.ties.length === 0 ? (
              <span key={place}>
                <Lines text={piece.text} />
              </span>
            ) : (
              <Piece key={place} text={piece.text} ties={piece.ties.map((number_) => doc.ties[number_]!)} chosen={chosen} choose={choose} />
            ),
          )}
          {(doc.from > 0 || doc.to < doc.length) && (
            <nav class="pager" aria-label="Parts of the document">
              <button type="button" disabled={doc.from === 0} onClick={() => to(Math.max(0, doc.from - (doc.to - doc.from)))}>
                Back
              </button>
              <span class="figure">
                {number(doc.from)}–{number(doc.to)} of {number(doc.length)}
              </span>
              <button type="button" disabled={doc.to >= doc.length} onClick={() => to(doc.to)}>
                Next
              </button>
            </nav>
          )}
        </div>
        <aside aria-labelledby="doc-ties">
          <h2 id="doc-ties">{count(doc.ties.length + doc.ties_left_out, "tie")}</h2>
          {doc.ties.length === 0 && <Empty>No tie was read in this text.</Empty>}
          <ol class="doc-ties">
            {doc.ties.map((tie) => (
              <DocTie key={tie.id} tie={tie} chosen={tie.id === chosen} choose={choose} text={text} />
            ))}
          </ol>
          {doc.ties_left_out > 0 && <p class="hint-text">{count(doc.ties_left_out, "tie")} more in this part.</p>}
        </aside>
      </div>
    </>
  );
}

function Piece({ text, ties, chosen, choose }: { text: string; ties: Tie[]; chosen: string | null; choose: (tie: string) => void }) {
  const is = ties.find((tie) => tie.id === chosen);
  const signs = new Set(ties.map((tie) => tie.polarity));
  const sign = is?.polarity ?? (signs.has("+") && signs.has("-") ? "~" : signs.has("-") ? "-" : signs.has("+") ? "+" : "0");
  return (
    <mark class={`${SIGN_CLASSES[sign]} ${is ? "chosen" : ""}`} onClick={() => choose(ties[0]!.id)}>
      <Lines text={text} />
    </mark>
  );
}

/** Each line of the text a paragraph of its own, with some room before it. */
function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split("\n").map((line, place) => (
        <Fragment key={place}>
          {place > 0 && <span class="break" />}
          {line}
        </Fragment>
      ))}
    </>
  );
}

interface DocTieProps {
  tie: Tie;
  chosen: boolean;
  choose: (tie: string | null) => void;
  text: { current: HTMLDivElement | null };
}

function DocTie({ tie, chosen, choose, text }: DocTieProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const show = () => {
    choose(chosen ? null : tie.id);
    if (!chosen) requestAnimationFrame(() => text.current?.querySelector("mark.chosen")?.scrollIntoView({ block: "center" }));
  };
  return (
    <li ref={item} class={chosen ? "chosen" : ""}>
      <TieLine tie={tie} />
      <p class="dateline">
        {dated(tie)} · reader is sure to {percent(tie.confidence)}
      </p>
      <p class="actions">
        <button type="button" class="quiet" aria-pressed={chosen} onClick={show}>
          {chosen ? "Close" : "Show the quote"}
        </button>
        {chosen && (
          <>
            <a href={toPair(tie.source.id, tie.target.id, tie.id)}>The pair</a>
            <button type="button" onClick={() => void decide(() => judge("wrong", [tie.id]))}>
              The quote does not say this
            </button>
          </>
        )}
      </p>
    </li>
  );
}
