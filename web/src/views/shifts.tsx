import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Pager } from "../parts/pager";
import { QuotedTie } from "../parts/quote";
import { Sign } from "../parts/stance";
import { Empty, Ready } from "../parts/states";
import { href, note, toPair } from "../router";
import type { Page, ShiftFinding } from "../types";
import { count, percent, SIDES, when } from "../words";

const SIZE = 20;

export function ShiftsView({ query }: { query: URLSearchParams }) {
  const [turned, setTurned] = useState(query.get("turned") === "1");
  const [offset, setOffset] = useState(Number(query.get("offset")) || 0);
  const actor = query.get("actor") ?? "";
  useEffect(() => note(href("shifts", [], { turned: turned ? "1" : "", actor, offset: offset ? String(offset) : "" })), [turned, offset]);
  const asked = new URLSearchParams({ turned: turned ? "1" : "", actor, offset: String(offset), limit: String(SIZE) });
  const answer = useAnswer<Page<ShiftFinding>>(`api/shifts?${asked}`);
  return (
    <>
      <header class="headline">
        <h1>Shifts</h1>
        <p class="standfirst">Pairs that changed sides, the latest first, with quotes from both sides of the change.</p>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label class="check">
          <input
            type="checkbox"
            checked={turned}
            onChange={() => {
              setTurned(!turned);
              setOffset(0);
            }}
          />{" "}
          Only from friends to foes, or back
        </label>
      </form>
      <Ready answer={answer}>
        {(page) =>
          page.total === 0 ? (
            <Empty>No pair changed sides so clearly that the ledger can say when.</Empty>
          ) : (
            <>
              <p class="total">{count(page.total, "shift")}</p>
              <ol class="findings">
                {page.items.map((shift) => (
                  <ShiftItem key={`${shift.source} ${shift.target} ${shift.at}`} shift={shift} />
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

function ShiftItem({ shift }: { shift: ShiftFinding }) {
  return (
    <li class="finding">
      <p class="kicker">
        <time dateTime={shift.at}>{when(shift.at)}</time> · {percent(shift.probability)} sure
      </p>
      <h2>
        <a href={toPair(shift.source, shift.target)}>
          <bdi>{shift.names[0]}</bdi> and <bdi>{shift.names[1]}</bdi>
        </a>
      </h2>
      <p class="standfirst">
        From {SIDES[shift.before]} <Sign sign={shift.before} /> to {SIDES[shift.after]} <Sign sign={shift.after} />
        {shift.earliest !== shift.latest && (
          <>
            , between {when(shift.earliest)} and {when(shift.latest)}
          </>
        )}
      </p>
      <div class="sides">
        <section aria-label="Before">
          <h3>Before · {count(shift.ties[0], "tie")}</h3>
          {shift.quotes.before.map((tie) => (
            <QuotedTie key={tie.id} tie={tie} />
          ))}
        </section>
        <section aria-label="After">
          <h3>After · {count(shift.ties[1], "tie")}</h3>
          {shift.quotes.after.map((tie) => (
            <QuotedTie key={tie.id} tie={tie} />
          ))}
        </section>
      </div>
      {shift.alongside.length > 0 && (
        <p class="hint-text">
          At about the same time:{" "}
          {shift.alongside.map((other, place) => (
            <span key={`${other.pair.join(" ")} ${other.at}`}>
              {place > 0 && "; "}
              <a href={toPair(...other.pair)}>
                <bdi>{other.names[0]}</bdi> and <bdi>{other.names[1]}</bdi>
              </a>
            </span>
          ))}
        </p>
      )}
    </li>
  );
}
