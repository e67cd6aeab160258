// The frame of every page: masthead, search, the view, and notices.
import { useEffect } from "preact/hooks";
import { holdToken, useAnswer } from "./api";
import { Notices } from "./parts/notices";
import { Search } from "./parts/search";
import { href, usePlace, type Place } from "./router";
import type { LedgerInfo } from "./types";
import { ActorView } from "./views/actor";
import { ActorsView } from "./views/actors";
import { ClaimsView } from "./views/claims";
import { ConflictsView } from "./views/conflicts";
import { DocumentView } from "./views/document";
import { DocumentsView } from "./views/documents";
import { NetworkView } from "./views/network";
import { PairView } from "./views/pair";
import { ReviewView } from "./views/review";
import { ShiftsView } from "./views/shifts";
import { number } from "./words";

const SECTIONS: readonly [view: string, name: string][] = [
  ["network", "Network"],
  ["actors", "Actors"],
  ["shifts", "Shifts"],
  ["claims", "Claims"],
  ["conflicts", "Conflicts"],
  ["documents", "Documents"],
  ["review", "Review"],
];
const UNDER: Record<string, string> = { actor: "actors", pair: "actors", document: "documents" };

export function App() {
  const place = usePlace();
  const ledger = useAnswer<LedgerInfo>("api/ledger");
  if (ledger.data) holdToken(ledger.data);
  const here = UNDER[place.view] ?? place.view;
  useEffect(() => {
    document.title = `${SECTIONS.find(([view]) => view === here)?.[1] ?? "frenemy"} · frenemy`;
  }, [here]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <header class="masthead">
        <div class="masthead-line">
          <a class="wordmark" href={href("network")}>
            frenemy
          </a>
          <Search />
        </div>
        <div class="masthead-line below">
          <nav aria-label="Views">
            <ul>
              {SECTIONS.map(([view, name]) => (
                <li key={view}>
                  <a href={href(view)} aria-current={view === here ? "page" : undefined}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {ledger.data && (
            <p class="ledger-line">
              <bdi>{ledger.data.name}</bdi> · {number(ledger.data.documents)} documents · {number(ledger.data.ties)} ties
            </p>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} class={`view ${place.view}`}>
        <View place={place} />
      </main>
      <Notices />
    </>
  );
}

function View({ place }: { place: Place }) {
  const [first, second] = place.parts;
  if (place.view === "network") return <NetworkView query={place.query} />;
  if (place.view === "actors") return <ActorsView query={place.query} />;
  if (place.view === "actor" && first) return <ActorView key={first} id={first} />;
  if (place.view === "pair" && first && second) return <PairView key={`${first} ${second}`} one={first} other={second} query={place.query} />;
  if (place.view === "shifts") return <ShiftsView query={place.query} />;
  if (place.view === "claims") return <ClaimsView query={place.query} />;
  if (place.view === "conflicts") return <ConflictsView query={place.query} />;
  if (place.view === "documents") return <DocumentsView query={place.query} />;
  if (place.view === "document" && first) return <DocumentView key={first} id={first} query={place.query} />;
  if (place.view === "review") return <ReviewView query={place.query} />;
  return (
    <section class="column">
      <h1>There is no such page</h1>
      <p>
        The address leads nowhere. <a href={href("network")}>Go to the network.</a>
      </p>
    </section>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
