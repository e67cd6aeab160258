import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Pager } from "../parts/pager";
import { Empty, Ready } from "../parts/states";
import { href, note, toActor } from "../router";
import type { Actor, Page } from "../types";
import { count, number } from "../words";

const SIZE = 50;
const KINDS = ["person", "company", "organisation", "government body", "place", "group"];

export function ActorsView({ query }: { query: URLSearchParams }) {
  const [typed, setTyped] = useState(query.get("q") ?? "");
  const [kind, setKind] = useState(query.get("kind") ?? "");
  const [offset, setOffset] = useState(Number(query.get("offset")) || 0);
  useEffect(() => note(href("actors", [], { q: typed, kind, offset: offset ? String(offset) : "" })), [typed, kind, offset]);
  const asked = new URLSearchParams({ q: typed, kind, offset: String(offset), limit: String(SIZE) });
  const answer = useAnswer<Page<Actor>>(`api/actors?${asked}`);
  return (
    <>
      <header class="headline">
        <h1>Actors</h1>
        <p class="standfirst">People, companies, governments and groups that the documents name, those with most ties first.</p>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Name begins with
          <input
            type="search"
            value={typed}
            maxLength={200}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setOffset(0);
            }}
          />
        </label>
        <label>
          Kind
          <select
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value);
              setOffset(0);
            }}
          >
            <option value="">all</option>
            {KINDS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </form>
      <Ready answer={answer}>
        {(page) =>
          page.total === 0 ? (
            <Empty>{typed || kind ? "No actor fits." : "No document was read yet: frenemy read takes files and folders."}</Empty>
          ) : (
            <>
              <table class="list">
                <caption>{count(page.total, "actor")}</caption>
                <thead>
                  <tr>
                    <th scope="col">Actor</th>
                    <th scope="col">Kind</th>
                    <th scope="col" class="number wide">
                      Documents
                    </th>
                    <th scope="col" class="number">
                      Ties
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {page.items.map((actor) => (
                    <tr key={actor.id}>
                      <th scope="row">
                        <a class="name" href={toActor(actor.id)}>
                          <bdi>{actor.name}</bdi>
                        </a>
                      </th>
                      <td>{actor.kind}</td>
                      <td class="number wide">{number(actor.documents)}</td>
                      <td class="number">{number(actor.ties)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <Pager total={page.total} offset={page.offset} size={SIZE} to={setOffset} />
            </>
          )
        }
      </Ready>
    </>
  );
}
