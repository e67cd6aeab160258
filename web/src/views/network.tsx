import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { askBytes, useAnswer, useChanges } from "../api";
import { frameOf, type Frame, type NetworkData, type Sign as EdgeSign } from "../network/data";
import type { Showing } from "../network/look";
import { Picture } from "../network/picture";
import { Slider } from "../network/slider";
import { readTheme } from "../network/theme";
import { EdgePanel, FacePanel, OverviewPanel } from "../network/panels";
import { Empty, Failed, Ready, Waiting } from "../parts/states";
import { href, note } from "../router";
import { number } from "../words";

const SIGNS: readonly EdgeSign[] = ["+", "-", "~"];
const SIGN_NAMES: Record<EdgeSign, string> = { "+": "with", "-": "against", "~": "unclear" };
const COUNTS = [60, 120, 300, 1000, 2000];

export function NetworkView({ query }: { query: URLSearchParams }) {
  const [actors, setActors] = useState(() => Math.min(2000, Number(query.get("actors")) || 120));
  const answer = useAnswer<NetworkData>(`api/network?actors=${actors}`);
  const { frames, error, again } = useFrames(actors);
  return (
    <>
      <h1 class="hidden">Network</h1>
      <Ready answer={answer}>
        {(data) => {
          if (data.actors.length === 0) return <Nothing />;
          if (error) return <Failed error={error} again={again} />;
          if (frames?.length !== data.edges.length * data.steps.length) return <Waiting what="Drawing the network" />;
          return <Network key={actors} data={data} frames={frames} actors={actors} setActors={setActors} query={query} />;
        }}
      </Ready>
    </>
  );
}

function Nothing() {
  return (
    <div class="column">
      <h2>Nothing to draw yet</h2>
      <Empty>No two actors are tied so far. Read documents with frenemy read, then load this page again.</Empty>
    </div>
  );
}

/** The stances at all steps, asked for beside the rest of the network. */
function useFrames(actors: number): { frames: Int8Array | null; error: string | null; again: () => void } {
  const [frames, setFrames] = useState<Int8Array | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const version = useChanges();
  useEffect(() => {
    const stop = new AbortController();
    setError(null);
    askBytes(`api/network/frames?actors=${actors}`, stop.signal)
      .then(setFrames)
      .catch((reason: unknown) => !stop.signal.aborted && setError(reason instanceof Error ? reason.message : String(reason)));
    return () => stop.abort();
  }, [actors, version, turn]);
  return { frames, error, again: () => setTurn(turn + 1) };
}

interface NetworkProps {
  data: NetworkData;
  frames: Int8Array;
  actors: number;
  setActors: (count: number) => void;
  query: URLSearchParams;
}

function useShowing(data: NetworkData, query: URLSearchParams) {
  const [least, setLeast] = useState(Number(query.get("least")) || 0);
  const [signs, setSigns] = useState<ReadonlySet<EdgeSign>>(new Set(SIGNS));
  const [kinds, setKinds] = useState<ReadonlySet<string>>(new Set(data.kinds));
  return { least, setLeast, signs, setSigns, kinds, setKinds };
}

type Chosen = { actor: number } | { edge: number } | null;

function startingChoice(data: NetworkData, query: URLSearchParams): Chosen {
  const actor = data.actors.findIndex(({ id }) => id === query.get("actor"));
  if (actor >= 0) return { actor };
  const ends = (query.get("pair") ?? "").split("~").map((id) => data.actors.findIndex((one) => one.id === id));
  const edge = data.edges.findIndex(([from, to]) => ends.includes(from) && ends.includes(to));
  return ends.length === 2 && edge >= 0 ? { edge } : null;
}

function Network({ data, frames, actors, setActors, query }: NetworkProps) {
  const last = data.steps.length - 1;
  const asked = data.steps.indexOf(query.get("at") ?? "");
  const [step, setStep] = useState(asked >= 0 ? asked : last);
  const [chosen, setChosen] = useState<Chosen>(() => startingChoice(data, query));
  const { least, setLeast, signs, setSigns, kinds, setKinds } = useShowing(data, query);
  const rests = useResting(step);
  const blocs = useBlocs(data, rests, actors);
  const frame = useMemo(() => frameOf(frames, step, data.edges.length), [frames, step, data]);
  const resting = useMemo(() => frameOf(frames, rests, data.edges.length), [frames, rests, data]);
  const showing = useMemo<Showing>(() => {
    const ends = chosen === null ? [] : "actor" in chosen ? [chosen.actor] : [...data.edges[chosen.edge]!];
    return { least, signs, kinds, chosen: ends, pair: chosen !== null && "edge" in chosen, blocs };
  }, [least, signs, kinds, chosen, blocs, data]);
  useEffect(() => {
    const edge = chosen !== null && "edge" in chosen ? data.edges[chosen.edge] : undefined;
    const to = href("network", [], {
      at: step === last ? undefined : data.steps[step],
      actors: actors === 120 ? undefined : String(actors),
      actor: chosen !== null && "actor" in chosen ? data.actors[chosen.actor]?.id : undefined,
      pair: edge?.map((end) => data.actors[end]!.id).join("~"),
    });
    const timer = setTimeout(() => note(to), 200);
    return () => clearTimeout(timer);
  }, [step, chosen, actors, data]);
  return (
    <div class="network-page">
      <section class="stage" aria-label="Network">
        <Stage data={data} frame={frame} showing={showing} choose={setChosen} />
        <Slider steps={data.steps} step={step} to={setStep} />
      </section>
      <aside class="panel" aria-label="About the network">
        <details class="filter-box" open={matchMedia("(min-width: 64rem)").matches}>
          <summary>Filters</summary>
          <Filters {...{ data, least, setLeast, signs, setSigns, kinds, setKinds, actors, setActors }} />
        </details>
        {chosen === null ? (
          <OverviewPanel data={data} frame={resting} at={data.steps[rests]!} blocs={blocs} choose={setChosen} />
        ) : "actor" in chosen ? (
          <FacePanel key={chosen.actor} data={data} frame={resting} at={data.steps[rests]!} actor={chosen.actor} choose={setChosen} />
        ) : (
          <EdgePanel key={chosen.edge} data={data} frame={resting} at={data.steps[rests]!} edge={chosen.edge} choose={setChosen} />
        )}
      </aside>
    </div>
  );
}

/** The step at which the slider stands still: what is said beside the picture does not have to keep up with its every move. */
function useResting(step: number): number {
  const [rests, setRests] = useState(step);
  useEffect(() => {
    const timer = setTimeout(() => setRests(step), 250);
    return () => clearTimeout(timer);
  }, [step]);
  return rests;
}

/** The blocs at a step; those of the step before stay until they are there. */
function useBlocs(data: NetworkData, step: number, actors: number): readonly (readonly number[])[] {
  const answer = useAnswer<{ blocs: string[][] }>(`api/network/blocs?${new URLSearchParams({ at: data.steps[step]!, actors: String(actors) })}`);
  return useMemo(() => {
    const place = new Map(data.actors.map((actor, index) => [actor.id, index]));
    const found = answer.data?.blocs.map((bloc) => bloc.flatMap((id) => place.get(id) ?? [])) ?? [];
    return found.filter((bloc) => bloc.length > 1);
  }, [answer.data, data]);
}

interface StageProps {
  data: NetworkData;
  frame: Frame;
  showing: Showing;
  choose: (chosen: Chosen) => void;
}

function Stage({ data, frame, showing, choose }: StageProps) {
  const box = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture | null>(null);
  const first = useRef(true);
  useEffect(() => {
    const drawn = new Picture(box.current!, data, readTheme(), frame, showing, {
      actor: (index) => choose({ actor: index }),
      edge: (index) => choose({ edge: index }),
      nothing: () => choose(null),
      drawn: () => box.current?.setAttribute("data-drawn", String(Math.round(performance.now()))),
    });
    picture.current = drawn;
    const watch = new ResizeObserver(() => drawn.fit());
    watch.observe(box.current!);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => drawn.recolour(readTheme());
    dark.addEventListener("change", recolour);
    return () => {
      dark.removeEventListener("change", recolour);
      watch.disconnect();
      drawn.kill();
    };
  }, [data]);
  useEffect(() => {
    if (!first.current) picture.current?.show(frame, showing);
    first.current = false;
  }, [frame, showing]);
  const alone = showing.chosen.length === 1 ? showing.chosen[0]! : -1;
  useEffect(() => {
    if (alone >= 0) picture.current?.reveal(alone);
  }, [alone]);
  const key = useCallback((event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      "+": () => picture.current?.zoom(1.4),
      "=": () => picture.current?.zoom(1.4),
      "-": () => picture.current?.zoom(1 / 1.4),
      "0": () => picture.current?.zoom(0),
      ArrowLeft: () => picture.current?.pan(40, 0),
      ArrowRight: () => picture.current?.pan(-40, 0),
      ArrowUp: () => picture.current?.pan(0, 40),
      ArrowDown: () => picture.current?.pan(0, -40),
      Escape: () => choose(null),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  }, []);
  return (
    <div class="picture-frame">
      <div
        class="picture"
        ref={box}
        tabIndex={0}
        role="application"
        aria-label={`Network of ${number(data.actors.length)} actors. Plus and minus zoom, arrow keys move, escape lets go. The list beside it says the same in words.`}
        onKeyDown={key}
      />
      <div class="zoom" role="group" aria-label="Zoom">
        <button type="button" aria-label="Zoom in" onClick={() => picture.current?.zoom(1.4)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => picture.current?.zoom(1 / 1.4)}>
          −
        </button>
        <button type="button" aria-label="Show all" onClick={() => picture.current?.zoom(0)}>
          ⤢
        </button>
      </div>
      <Legend />
    </div>
  );
}

function Legend() {
  return (
    <ul class="legend">
      {SIGNS.map((sign) => (
        <li key={sign} class={{ "+": "friend", "-": "foe", "~": "unclear" }[sign]}>
          <svg width="30" height="8" aria-hidden="true">
            <line x1="0" x2="30" y1="4" y2="4" class="line" />
          </svg>{" "}
          {SIGN_NAMES[sign]}
        </li>
      ))}
      <li class="bloc">
        <svg width="18" height="12" aria-hidden="true">
          <rect width="18" height="12" rx="5" />
        </svg>{" "}
        bloc
      </li>
    </ul>
  );
}

interface FilterProps {
  data: NetworkData;
  least: number;
  setLeast: (least: number) => void;
  signs: ReadonlySet<EdgeSign>;
  setSigns: (signs: ReadonlySet<EdgeSign>) => void;
  kinds: ReadonlySet<string>;
  setKinds: (kinds: ReadonlySet<string>) => void;
  actors: number;
  setActors: (count: number) => void;
}

function Filters({ data, least, setLeast, signs, setSigns, kinds, setKinds, actors, setActors }: FilterProps) {
  const counts = [...new Set([...COUNTS, actors])].sort((a, b) => a - b);
  return (
    <div class="network-filters">
      <fieldset>
        <legend>Ties</legend>
        {SIGNS.map((sign) => (
          <Check key={sign} name={SIGN_NAMES[sign]} on={signs.has(sign)} flip={() => setSigns(flipped(signs, sign))} />
        ))}
      </fieldset>
      <fieldset>
        <legend>Kinds</legend>
        {data.kinds.map((kind) => (
          <Check key={kind} name={kind} on={kinds.has(kind)} flip={() => setKinds(flipped(kinds, kind))} />
        ))}
      </fieldset>
      <label class="range">
        Stance at least <output class="figure">{(least / 100).toFixed(2)}</output>
        <input type="range" min="0" max="80" step="5" value={least} onInput={(event) => setLeast(Number(event.currentTarget.value))} />
      </label>
      <label>
        Actors, by ties
        <select value={String(actors)} onChange={(event) => setActors(Number(event.currentTarget.value))}>
          {counts.map((count) => (
            <option key={count} value={count}>
              {number(count)} at most
            </option>
          ))}
        </select>
      </label>
      {(data.left_out.actors > 0 || data.left_out.edges > 0) && (
        <p class="hint-text">
          Not drawn: {number(data.left_out.actors)} actors with fewer ties{data.left_out.edges > 0 && `, ${number(data.left_out.edges)} weaker pairs`}.
        </p>
      )}
    </div>
  );
}

function Check({ name, on, flip }: { name: string; on: boolean; flip: () => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={flip} /> {name}
    </label>
  );
}

function flipped<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const other = new Set(set);
  if (!other.delete(value)) other.add(value);
  return other;
}

