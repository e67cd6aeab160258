import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Pager } from "../parts/pager";
import { Empty, Ready } from "../parts/states";
import { href, note, toDocument } from "../router";
import type { DocumentInfo, Page } from "../types";
import { count, number, when } from "../words";

const SIZE = 50;

export function DocumentsView({ query }: { query: URLSearchParams }) {
  const [typed, setTyped] = useState(query.get("q") ?? "");
  const [offset, setOffset] = useState(Number(query.get("offset")) || 0);
  useEffect(() => note(href("documents", [], { q: typed, offset: offset ? String(offset) : "" })), [typed, offset]);
  const answer = useAnswer<Page<DocumentInfo>>(`api/documents?${new URLSearchParams({ q: typed, offset: String(offset), limit: String(SIZE) })}`);
  return (
    <>
      <header class="headline">
        <h1>Documents</h1>
        <p class="standfirst">What was read, the newest first.</p>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Title or publisher has
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
      </form>
      <Ready answer={answer}>
        {(page) =>
          page.total === 0 ? (
            <Empty>{typed ? "No document fits." : "No document was read yet: frenemy read takes files and folders."}</Empty>
          ) : (
            <>
              <table class="list">
                <caption>{count(page.total, "document")}</caption>
                <thead>
                  <tr>
                    <th scope="col">Title</th>
                    <th scope="col" class="wide">Publisher</th>
                    <th scope="col">Printed</th>
                    <th scope="col" class="number wide">
                      Characters
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {page.items.map((doc) => (
                    <tr key={doc.id}>
                      <th scope="row">
                        <a class="name" href={toDocument(doc.id)}>
                          <bdi>{doc.title}</bdi>
                        </a>
                      </th>
                      <td class="wide">
                        <bdi>{doc.publisher ?? ""}</bdi>
                      </td>
                      <td class="date">{doc.published ? when(doc.published) : ""}</td>
                      <td class="number wide">{number(doc.length)}</td>
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
