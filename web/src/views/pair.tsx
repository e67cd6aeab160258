import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Curve } from "../parts/curve";
import { ForecastSection } from "../parts/forecast";
import { Pager } from "../parts/pager";
import { Context, Name, Source, TieLine } from "../parts/quote";
import { Scale, StanceWords } from "../parts/stance";
import { Empty, Ready } from "../parts/states";
import { href, note } from "../router";
import type { Page, Pair, Stance, Tie } from "../types";
import { count, dated, SIDES, signed, when } from "../words";

const SIZE = 25;
const SIGNS: readonly [sign: string, name: string][] = [
  ["", "all"],
  ["+", "with"],
  ["-", "against"],
  ["0", "neutral"],
];

export function PairView({ one, other, query }: { one: string; other: string; query: URLSearchParams }) {
  const base = `api/pairs/${encodeURIComponent(one)}/${encodeURIComponent(other)}`;
  const answer = useAnswer<Pair>(base);
  return <Ready answer={answer}>{(pair) => <PairPage pair={pair} base={base} asked={query.get("tie")} forecast={query.get("view") === "forecast"} />}</Ready>;
}

function PairPage({ pair, base, asked, forecast }: { pair: Pair; base: string; asked: string | null; forecast: boolean }) {
  const [chosen, setChosen] = useState<string | null>(asked);
  const [row, setRow] = useState<number | null>(null);
  const [offset, setOffset] = useState(0);
  const [sign, setSign] = useState("");
  const [foretold, setForetold] = useState(forecast);
  const wide = useWide();
  const ties = useAnswer<Page<Tie>>(`${base}/ties?${new URLSearchParams({ offset: String(offset), limit: String(SIZE), sign })}`);
  const keep = (tie: string | null, open: boolean) => {
    setChosen(tie);
    setForetold(open);
    note(href("pair", [pair.one.id, pair.other.id], { view: open ? "forecast" : undefined, tie: tie ?? undefined }));
  };
  const choose = (tie: string | null) => keep(tie, foretold);
  useEffect(() => {
    document.title = `${pair.one.name} and ${pair.other.name} · frenemy`;
  }, [pair.one.name, pair.other.name]);
  useEffect(() => setForetold(forecast), [forecast]);
  useEffect(() => {
    const tie = row === null || sign ? undefined : ties.data?.items[row - ties.data.offset];
    if (tie) choose(tie.id);
  }, [row, ties.data]);
  const fromCurve = (at: number) => {
    setSign("");
    setOffset(Math.floor(at / SIZE) * SIZE);
    setRow(at);
  };
  return (
    <>
      <header class="headline">
        <p class="kicker">Pair · {count(pair.ties, "tie")}</p>
        <h1>
          <Name actor={pair.one} /> <span class="and">and</span> <Name actor={pair.other} />
        </h1>
        <Standings pair={pair} />
      </header>
      {pair.ties === 0 ? (
        <Empty>No passage ties the two to each other.</Empty>
      ) : (
        <>
          <Curve points={pair.curve} ties={pair.points} shifts={pair.shifts} chosen={row} choose={fromCurve} title={`How ${pair.one.name} and ${pair.other.name} stood`} />
          <Shifts pair={pair} />
          <ForecastSection base={base} open={foretold} linked={forecast} toggle={() => keep(chosen, !foretold)} />
          <div class="beside">
            <section aria-labelledby="ties-title">
              <div class="section-head">
                <h2 id="ties-title">Ties, oldest first</h2>
                <label class="choice">
                  Sign{" "}
                  <select
                    value={sign}
                    onChange={(event) => {
                      setSign(event.currentTarget.value);
                      setOffset(0);
                      setRow(null);
                    }}
                  >
                    {SIGNS.map(([value, name]) => (
                      <option key={value} value={value}>
                        {name}
                      </option>
                    ))}
                  </select>
                </label>
              </div>
              <Ready answer={ties}>
                {(page) => (
                  <>
                    <TieList ties={page.items} chosen={chosen} choose={choose} inline={!wide} />
                    {page.total === 0 && <Empty>No tie of that sign.</Empty>}
                    <Pager total={page.total} offset={page.offset} size={SIZE} to={setOffset} />
                  </>
                )}
              </Ready>
            </section>
            {wide && (
              <aside aria-label="In the document">
                {chosen ? <Context key={chosen} tie={chosen} close={() => choose(null)} /> : <p class="hint-text">Choose a tie to read its quote in the document.</p>}
              </aside>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Standings({ pair }: { pair: Pair }) {
  const ways: [string, Stance | null][] = [
    [`${pair.one.name} to ${pair.other.name}`, pair.forth],
    [`${pair.other.name} to ${pair.one.name}`, pair.back],
  ];
  if (!pair.both) return <p class="standfirst">No signed tie says how they stand.</p>;
  return (
    <div class="standings">
      <p class="standfirst">
        As of {when(pair.at)}: <StanceWords stance={pair.both} />
      </p>
      <ul>
        {ways.map(
          ([name, stance]) =>
            stance && (
              <li key={name}>
                <bdi>{name}</bdi> <Scale stance={stance} /> <span class="figure">{signed(stance.value)}</span>
              </li>
            ),
        )}
      </ul>
    </div>
  );
}

function Shifts({ pair }: { pair: Pair }) {
  if (pair.shifts.length === 0) return null;
  return (
    <section class="pair-shifts" aria-label="Shifts">
      <ol>
        {pair.shifts.map((shift, place) => (
          <li key={shift.at}>
            <span class="shift-number">{place + 1}</span>
            <strong>{when(shift.at)}</strong>: from {SIDES[shift.before]} to {SIDES[shift.after]}, {Math.round(shift.probability * 100)}% sure
          </li>
        ))}
      </ol>
    </section>
  );
}

function TieList({ ties, chosen, choose, inline }: { ties: Tie[]; chosen: string | null; choose: (tie: string | null) => void; inline: boolean }) {
  return (
    <ol class="tie-list">
      {ties.map((tie) => (
        <li key={tie.id} class={tie.id === chosen ? "chosen" : ""}>
          <p class="dateline">{dated(tie)}</p>
          <div>
            <TieLine tie={tie} />
            <blockquote>
              <bdi>{tie.quote}</bdi>
            </blockquote>
            <Source tie={tie} />
            <button type="button" class="quiet" aria-expanded={tie.id === chosen} onClick={() => choose(tie.id === chosen ? null : tie.id)}>
              {tie.id === chosen ? "Close" : "In the document"}
            </button>
            {inline && tie.id === chosen && <Context tie={tie.id} close={() => choose(null)} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function useWide(): boolean {
  const query = "(min-width: 64rem)";
  const [wide, setWide] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const changed = () => setWide(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return wide;
}

