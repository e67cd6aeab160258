// What stands beside the network: the strongest pairs in words, an actor with its ties, or a pair with its quotes.
import { useAnswer } from "../api";
import { Name, QuotedTie } from "../parts/quote";
import { Sign } from "../parts/stance";
import { Ready } from "../parts/states";
import { toActor, toPair } from "../router";
import type { Page, Tie } from "../types";
import { capital, count, markOf, signed, when } from "../words";
import { ABSENT, type Frame, type NetworkData } from "./data";

type Choose = (chosen: { actor: number } | { edge: number } | null) => void;

interface PanelProps {
  data: NetworkData;
  frame: Frame;
  at: string;
  choose: Choose;
}

const SHOWN = 8;
const TIES = 6;

/** The edges of a frame that are tied, strongest first. */
function strongest(data: NetworkData, frame: Frame, fits: (level: number, edge: number) => boolean): number[] {
  return [...data.edges.keys()]
    .filter((edge) => frame[edge] !== undefined && frame[edge] !== ABSENT && fits(frame[edge]!, edge))
    .sort((a, b) => Math.abs(frame[b]!) - Math.abs(frame[a]!));
}

export function OverviewPanel({ data, frame, at, blocs, choose }: PanelProps & { blocs: readonly (readonly number[])[] }) {
  const friends = strongest(data, frame, (level) => level >= 5);
  const foes = strongest(data, frame, (level) => level <= -5);
  return (
    <>
      <p class="kicker">As of {when(at)}</p>
      <EdgeList title={`${count(friends.length, "pair")} with each other`} edges={friends} {...{ data, frame, choose }} />
      <EdgeList title={`${count(foes.length, "pair")} against each other`} edges={foes} {...{ data, frame, choose }} />
      {blocs.length > 0 && (
        <section>
          <h2>{count(blocs.length, "bloc")}</h2>
          <ul class="bloc-list">
            {blocs.slice(0, SHOWN).map((bloc, place) => (
              <li key={place}>
                {bloc.slice(0, SHOWN).map((actor, nth) => (
                  <span key={actor}>
                    {nth > 0 && ", "}
                    <Name actor={data.actors[actor]!} />
                  </span>
                ))}
                {bloc.length > SHOWN && ` and ${bloc.length - SHOWN} more`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function EdgeList({ title, edges, data, frame, choose }: Omit<PanelProps, "at"> & { title: string; edges: number[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul class="edge-list">
        {edges.slice(0, SHOWN).map((edge) => {
          const [from, to] = data.edges[edge]!;
          const value = frame[edge]! / 100;
          return (
            <li key={edge}>
              <button type="button" class="row" onClick={() => choose({ edge })}>
                <Sign sign={markOf(value)} />
                <span class="row-name">
                  <bdi>{data.actors[from]!.name}</bdi> – <bdi>{data.actors[to]!.name}</bdi>
                </span>
                <span class="figure">{signed(value)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function FacePanel({ data, frame, at, actor, choose }: PanelProps & { actor: number }) {
  const known = data.actors[actor]!;
  const edges = strongest(data, frame, (_, edge) => data.edges[edge]!.includes(actor));
  return (
    <section class="chosen-box">
      <PanelHead kicker={`${capital(known.kind)} · ${when(at)}`} close={() => choose(null)} />
      <h2>
        <Name actor={known} />
      </h2>
      <p class="hint-text">{edges.length ? `${count(edges.length, "pair")} in this network at this date.` : "Tied to nobody here at this date."}</p>
      <ul class="edge-list">
        {edges.slice(0, 24).map((edge) => {
          const [from, to] = data.edges[edge]!;
          const value = frame[edge]! / 100;
          return (
            <li key={edge}>
              <button type="button" class="row" onClick={() => choose({ edge })}>
                <Sign sign={markOf(value)} />
                <span class="row-name">
                  <bdi>{data.actors[from === actor ? to : from]!.name}</bdi>
                </span>
                <span class="figure">{signed(value)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="actions">
        <a href={toActor(known.id)}>All about this actor</a>
      </p>
    </section>
  );
}

export function EdgePanel({ data, frame, at, edge, choose }: PanelProps & { edge: number }) {
  const [one, other] = data.edges[edge]!.map((end) => data.actors[end]!) as [NetworkData["actors"][0], NetworkData["actors"][0]];
  const level = frame[edge]!;
  const path = [one.id, other.id].map(encodeURIComponent).join("/");
  const answer = useAnswer<Page<Tie>>(`api/pairs/${path}/ties?limit=${TIES}&order=newest`);
  return (
    <section class="chosen-box">
      <PanelHead kicker={`Pair · ${when(at)}`} close={() => choose(null)} />
      <h2>
        <Name actor={one} /> <span class="and">and</span> <Name actor={other} />
      </h2>
      {level === ABSENT ? (
        <p class="hint-text">Not tied yet at this date.</p>
      ) : (
        <p>
          <Sign sign={markOf(level / 100)} /> stance <span class="figure">{signed(level / 100)}</span>
        </p>
      )}
      <p class="actions">
        <a href={toPair(one.id, other.id)}>Curve and all quotes</a>
      </p>
      <Ready answer={answer}>
        {(page) => (
          <>
            <h3>{page.total > TIES ? `The latest of ${count(page.total, "tie")}` : count(page.total, "tie")}</h3>
            {page.items.map((tie) => (
              <QuotedTie key={tie.id} tie={tie} />
            ))}
          </>
        )}
      </Ready>
    </section>
  );
}

function PanelHead({ kicker, close }: { kicker: string; close: () => void }) {
  return (
    <div class="panel-head">
      <p class="kicker">{kicker}</p>
      <button type="button" class="quiet" aria-label="Let go" onClick={close}>
        ×
      </button>
    </div>
  );
}
