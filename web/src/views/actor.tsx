import { useEffect, useState } from "preact/hooks";
import { judge, useAnswer } from "../api";
import { decide } from "../parts/notices";
import { QuotedTie } from "../parts/quote";
import { ActorPicker } from "../parts/search";
import { Scale, Sign } from "../parts/stance";
import { Empty, Ready } from "../parts/states";
import { go, href, toActor, toPair } from "../router";
import type { ActorPage } from "../types";
import { capital, count, number, percent, signed, when } from "../words";

const FIRST = 12;

export function ActorView({ id }: { id: string }) {
  const answer = useAnswer<ActorPage>(`api/actors/${encodeURIComponent(id)}`);
  return <Ready answer={answer}>{(actor) => <Profile actor={actor} />}</Ready>;
}

function Profile({ actor }: { actor: ActorPage }) {
  useEffect(() => {
    document.title = `${actor.name} · frenemy`;
  }, [actor.name]);
  return (
    <>
      <header class="headline">
        <p class="kicker">{capital(actor.kind)}</p>
        <h1>
          <bdi>{actor.name}</bdi>
        </h1>
        <p class="standfirst">
          In {count(actor.documents, "document")}, {count(actor.ties, "tie")} to others.{" "}
          <a href={href("network", [], { actor: actor.id })}>Show in the network</a>
        </p>
        {actor.aliases.length > 0 && (
          <p class="aliases">
            Also called{" "}
            {actor.aliases.map((alias, place) => (
              <span key={alias}>
                {place > 0 && ", "}
                <bdi>{alias}</bdi>
              </span>
            ))}
          </p>
        )}
      </header>
      <div class="columns">
        <Partners actor={actor} title="Stands with" sign="+" />
        <Partners actor={actor} title="Stands against" sign="-" />
      </div>
      <Partners actor={actor} title="Unclear" sign="~" />
      {actor.partners.length === 0 && <Empty>No signed tie says how it stands to anybody.</Empty>}
      <Roles actor={actor} />
      <Latest actor={actor} />
      <Identity actor={actor} />
    </>
  );
}

function Partners({ actor, title, sign }: { actor: ActorPage; title: string; sign: "+" | "-" | "~" }) {
  const [all, setAll] = useState(false);
  const fitting = actor.partners.filter((partner) => partner.stance.sign === sign);
  if (fitting.length === 0) return sign === "~" ? null : <section><h2>{title}</h2><p class="hint-text">Nobody, as of {when(actor.at)}.</p></section>;
  return (
    <section>
      <h2>
        <Sign sign={sign} /> {title}
      </h2>
      <table class="list partners">
        <thead class="hidden">
          <tr>
            <th scope="col">Actor</th>
            <th scope="col">Scale</th>
            <th scope="col">Stance</th>
          </tr>
        </thead>
        <tbody>
          {fitting.slice(0, all ? undefined : FIRST).map((partner) => (
            <tr key={partner.id}>
              <th scope="row">
                <a class="name" href={toPair(actor.id, partner.id)}>
                  <bdi>{partner.name}</bdi>
                </a>{" "}
                <span class="kind">{partner.kind}</span>
              </th>
              <td class="scale-cell">
                <Scale stance={partner.stance} />
              </td>
              <td class="number" title={partner.stance.stands}>
                {signed(partner.stance.value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {fitting.length > FIRST && (
        <button type="button" class="quiet" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${number(fitting.length)}`}
        </button>
      )}
    </section>
  );
}

function Roles({ actor }: { actor: ActorPage }) {
  if (actor.roles.length === 0 && actor.listed.length === 0) return null;
  return (
    <section>
      <h2>Roles</h2>
      <table class="list">
        <thead class="hidden">
          <tr>
            <th scope="col">Role</th>
            <th scope="col">When</th>
            <th scope="col">Ties</th>
          </tr>
        </thead>
        <tbody>
          {actor.roles.map((role) => (
            <tr key={`${role.says} ${role.other.id}`}>
              <th scope="row">
                {role.says}{" "}
                <a class="name" href={toPair(actor.id, role.other.id)}>
                  <bdi>{role.other.name}</bdi>
                </a>
              </th>
              <td>{held(role)}</td>
              <td class="number">{count(role.ties, "tie")}</td>
            </tr>
          ))}
          {actor.listed.map((listed) => (
            <tr key={`${listed.watchlist} ${listed.name}`}>
              <th scope="row">
                {listed.standing === "listed" ? "is" : "may be"} <bdi>{listed.name}</bdi> of the watchlist <bdi>{listed.watchlist}</bdi>
              </th>
              <td colSpan={2}>{listed.ids.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Its dates in words that do not mix the clocks. */
function held({ since, until, first, last }: ActorPage["roles"][0]): string {
  if (since && until) return `${when(since)} to ${when(until)}`;
  if (since || until) return since ? `since ${when(since)}` : `until ${when(until)}`;
  if (!first) return "undated";
  return first === last ? `printed ${when(first)}` : `printed ${when(first)} to ${when(last)}`;
}

function Latest({ actor }: { actor: ActorPage }) {
  if (actor.latest.length === 0) return null;
  return (
    <section>
      <h2>Printed last</h2>
      {actor.latest.map((tie) => (
        <QuotedTie key={tie.id} tie={tie} />
      ))}
    </section>
  );
}

/** Which names were taken for this actor, and what a person can do about it. */
function Identity({ actor }: { actor: ActorPage }) {
  const decided = (kind: string, names: string[]) => void decide(() => judge(kind, names), (made) => made.actor && go(toActor(made.actor)));
  return (
    <section class="identity">
      <h2>Who this is</h2>
      {actor.reasons.length > 0 && (
        <table class="list">
          <thead class="hidden">
            <tr>
              <th scope="col">Names</th>
              <th scope="col">Why</th>
              <th scope="col">How sure</th>
              <th scope="col">Split</th>
            </tr>
          </thead>
          <tbody>
            {actor.reasons.map((reason) => (
              <tr key={`${reason.name} ${reason.to} ${reason.rule}`}>
                <th scope="row">
                  <bdi>{reason.name}</bdi> is <bdi>{reason.to}</bdi>
                </th>
                <td>{reason.rule}</td>
                <td class="number">{percent(reason.score)}</td>
                <td class="number">
                  <button type="button" class="quiet" onClick={() => decided("different", [reason.name, reason.to])}>
                    Split
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="merge">
        <ActorPicker label="Is the same as another actor" without={actor.id} choose={(_, name) => decided("same", [actor.name, name])} />
        <p class="hint-text">Choosing a name merges the two. Every decision can be taken back.</p>
      </div>
    </section>
  );
}
