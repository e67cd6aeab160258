import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Loop } from "../parts/loop";
import { Pager } from "../parts/pager";
import { QuotedTie } from "../parts/quote";
import { Empty, Ready } from "../parts/states";
import { href, note } from "../router";
import type { Conflict, Page } from "../types";
import { count, percent, typeWord } from "../words";

const SIZE = 10;

export function ConflictsView({ query }: { query: URLSearchParams }) {
  const [near, setNear] = useState(query.get("near") === "1");
  const [offset, setOffset] = useState(Number(query.get("offset")) || 0);
  const actor = query.get("actor") ?? "";
  useEffect(() => note(href("conflicts", [], { near: near ? "1" : "", actor, offset: offset ? String(offset) : "" })), [near, offset]);
  const asked = new URLSearchParams({ near: near ? "1" : "", actor, offset: String(offset), limit: String(SIZE) });
  const answer = useAnswer<Page<Conflict>>(`api/conflicts?${asked}`);
  return (
    <>
      <header class="headline">
        <h1>Conflicts of interest</h1>
        <p class="standfirst">Loops of ties that may be a conflict of interest. Each is a question to be checked, not an answer.</p>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label class="check">
          <input
            type="checkbox"
            checked={near}
            onChange={() => {
              setNear(!near);
              setOffset(0);
            }}
          />{" "}
          Also loops that lack one hop
        </label>
      </form>
      <Ready answer={answer}>
        {(page) =>
          page.total === 0 ? (
            <Empty>{near ? "No loop closes, nor nearly." : "No loop of ties closes. Loops that lack one hop can be shown, too."}</Empty>
          ) : (
            <>
              <p class="total">{count(page.total, "finding")}</p>
              <ol class="findings">
                {page.items.map((conflict, place) => (
                  <ConflictItem key={page.offset + place} conflict={conflict} />
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

function ConflictItem({ conflict }: { conflict: Conflict }) {
  return (
    <li class="finding">
      <p class="kicker">
        {conflict.missing ? "One hop is missing" : "Potential conflict of interest"} · weakest hop {percent(conflict.confidence)} sure
      </p>
      <h2>
        <bdi>{conflict.says.replace(/^(Potential conflict of interest: )/, "")}</bdi>
      </h2>
      <p class="standfirst">{conflict.held}</p>
      <div class="loop-and-hops">
        <Loop conflict={conflict} />
        <ol class="hops">
          {conflict.hops.map((hop, place) => (
            <li key={place}>
              <h3>
                {place + 1}. {hop.hop}
                {hop.others > 0 && <span class="note">{count(hop.others, "other tie")} say the same</span>}
                {hop.denied > 0 && <span class="note status">denied by {count(hop.denied, "tie")}</span>}
              </h3>
              <QuotedTie tie={hop.tie} />
            </li>
          ))}
          {conflict.missing && (
            <li class="missing">
              <h3>Missing: {conflict.missing.hop}</h3>
              <ul>
                {conflict.missing.ways.map((way, place) => (
                  <li key={place}>
                    <bdi>{nameOf(conflict, way.source)}</bdi> {way.types.map(typeWord).join(" or ")} <bdi>{nameOf(conflict, way.target)}</bdi>
                  </li>
                ))}
              </ul>
            </li>
          )}
        </ol>
      </div>
      {conflict.doubts.length > 0 && (
        <p class="hint-text">
          Weakened by: <bdi>{conflict.doubts.join("; ")}</bdi>.
        </p>
      )}
      {conflict.check && (
        <p class="hint-text">
          To find out: <bdi>{conflict.check}</bdi>
        </p>
      )}
    </li>
  );
}

function nameOf(conflict: Conflict, id: string): string {
  return conflict.roles.find((role) => role.id === id)?.name ?? id;
}
