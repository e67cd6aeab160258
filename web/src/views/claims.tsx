import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Pager } from "../parts/pager";
import { Name } from "../parts/quote";
import { Sign } from "../parts/stance";
import { Empty, Ready } from "../parts/states";
import { href, note, toDocument, toPair } from "../router";
import type { Claim, Page, Side } from "../types";
import { capital, count, number, typeWord, when } from "../words";

const SIZE = 20;
const STANDINGS = ["denied", "contradicted", "retracted"];

export function ClaimsView({ query }: { query: URLSearchParams }) {
  const [standing, setStanding] = useState(query.get("standing") ?? "");
  const [everything, setEverything] = useState(query.get("all") === "1");
  const [offset, setOffset] = useState(Number(query.get("offset")) || 0);
  const actor = query.get("actor") ?? "";
  const all = everything ? "1" : "";
  useEffect(() => note(href("claims", [], { standing, all, actor, offset: offset ? String(offset) : "" })), [standing, all, offset]);
  const asked = new URLSearchParams({ standing, all, actor, offset: String(offset), limit: String(SIZE) });
  const answer = useAnswer<Page<Claim>>(`api/claims?${asked}`);
  return (
    <>
      <header class="headline">
        <h1>Claims</h1>
        <p class="standfirst">What is said of two actors, and who says otherwise. Neither side is taken here.</p>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Disputes
          <select
            value={standing}
            onChange={(event) => {
              setStanding(event.currentTarget.value);
              setOffset(0);
            }}
          >
            <option value="">all</option>
            {STANDINGS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={everything}
            onChange={() => {
              setEverything(!everything);
              setOffset(0);
            }}
          />{" "}
          Also what nobody disputes
        </label>
      </form>
      <Ready answer={answer}>
        {(page) =>
          page.total === 0 ? (
            <Empty>No claim in the ledger is disputed so.</Empty>
          ) : (
            <>
              <p class="total">{count(page.total, "claim")}</p>
              <ol class="findings">
                {page.items.map((claim, place) => (
                  <ClaimItem key={page.offset + place} claim={claim} />
                ))}
              </ol>
              <Pager total={page.total} offset={page.offset} size={SIZE} to={setOffset} />
            </>
          )
        }
      </Ready>
    </>
  );
}

function ClaimItem({ claim }: { claim: Claim }) {
  return (
    <li class="finding">
      <p class="kicker">
        {capital(claim.standing)}
        {claim.date && <> · {when(claim.date)}</>}
      </p>
      <h2>
        <Sign sign={claim.polarity} /> <Name actor={claim.source} />{" "}
        <span class="act">
          {claim.mutual ? "↔" : "→"} {typeWord(claim.type)} {claim.mutual ? "↔" : "→"}
        </span>{" "}
        <Name actor={claim.target} />
      </h2>
      <div class="sides">
        <SideOf title="Says so" side={claim.for} nothing="Nobody whom the ledger quotes." />
        <SideOf title="Says otherwise" side={claim.against} nothing="Nobody in the ledger." />
      </div>
      <p class="hint-text">
        {claim.sources > 0 && <>{count(claim.sources, "independent story", "independent stories")} · </>}
        <a href={toPair(claim.source.id, claim.target.id)}>All ties of the two</a>
      </p>
    </li>
  );
}

function SideOf({ title, side, nothing }: { title: string; side: Side; nothing: string }) {
  return (
    <section aria-label={title}>
      <h3>
        {title} · {number(side.total)}
      </h3>
      {side.total === 0 && <p class="hint-text">{nothing}</p>}
      {side.items.map((said) => (
        <article class="quoted" key={said.tie}>
          <p class="speaker">
            <bdi>{said.speaker}</bdi>
            {!said.own_word && <span class="note">the author's word</span>}
            {said.status !== "asserted" && <span class="note status">{said.status}</span>}
          </p>
          <blockquote>
            <bdi>{said.quote}</bdi>
          </blockquote>
          <p class="source">
            <a href={toDocument(said.document, said.tie)}>
              <bdi>{said.publisher ?? said.doc}</bdi>
            </a>
            {said.published && <> · {when(said.published)}</>}
          </p>
        </article>
      ))}
      {side.total > side.items.length && <p class="hint-text">and {number(side.total - side.items.length)} more</p>}
    </section>
  );
}
