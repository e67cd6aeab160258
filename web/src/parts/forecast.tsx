// On which side a pair will probably stand: a bar a day, and what one more tie would change. Worked out only when it is opened.
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api";
import type { Forecast, Mark, Outlook } from "../types";
import { chance, count, SIDES, SIGN_CLASSES, typeWord, when } from "../words";
import { Sign } from "./stance";
import { Ready } from "./states";

const PARTS: readonly [side: Exclude<keyof Outlook, "at">, mark: Mark][] = [
  ["friendly", "+"],
  ["divided", "~"],
  ["hostile", "-"],
];

/** `linked` is true where the address asks for it: then it comes into sight. */
export function ForecastSection({ base, open, linked, toggle }: { base: string; open: boolean; linked: boolean; toggle: () => void }) {
  const section = useRef<HTMLElement>(null);
  const answer = useAnswer<Forecast>(open ? `${base}/forecast` : null);
  useEffect(() => {
    if (linked) section.current?.scrollIntoView();
  }, [linked]);
  return (
    <section class="forecast" ref={section} aria-labelledby="forecast-title">
      <div class="section-head">
        <h2 id="forecast-title">Forecast</h2>
        <button type="button" class="quiet" aria-expanded={open} onClick={toggle}>
          {open ? "Close" : "Show"}
        </button>
      </div>
      {open && <Ready answer={answer}>{(told) => <Told told={told} />}</Ready>}
    </section>
  );
}

function Told({ told }: { told: Forecast }) {
  const last = told.outlooks.length - 1;
  return (
    <>
      <p class="hint-text">
        {told.ties === 0
          ? "No signed, dated tie says on which side the two stand: this is what is believed of any pair."
          : `From ${count(told.ties, "tie")} of the two up to ${when(told.at)} and nothing else: no other pairs, no events to come.`}
      </p>
      <table class="outlooks">
        <caption>How probable it is that the two are friends, divided or foes</caption>
        <thead>
          <tr>
            <th scope="col">On</th>
            {PARTS.map(([side, mark]) => (
              <th key={side} scope="col" class="number">
                <Sign sign={mark} /> {SIDES[mark]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.outlooks.map((look) => (
            <tr key={look.at}>
              <th scope="row">
                <div class="look">
                  <span>{when(look.at)}</span>
                  <Bar look={look} />
                </div>
              </th>
              {PARTS.map(([side]) => (
                <td key={side} class="number">
                  {chance(look[side])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table class="scenarios">
        <caption>If one more tie were told on {when(told.at)}: how probable friends and foes become</caption>
        <thead>
          <tr>
            <th scope="col">One more tie</th>
            {[0, last].map((place) => (
              <th key={place} scope="col" class="number">
                {when(told.outlooks[place]!.at)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.scenarios.map((scenario) => (
            <tr key={`${scenario.type} ${scenario.word}`}>
              <th scope="row" title={scenario.means}>
                <Sign sign={scenario.polarity} /> {typeWord(scenario.type)}, {scenario.word}
              </th>
              {[0, last].map((place) => (
                <td key={place} class="number">
                  <span>
                    <Sign sign="+" /> {chance(scenario.outlooks[place]!.friendly)}
                  </span>{" "}
                  <span>
                    <Sign sign="-" /> {chance(scenario.outlooks[place]!.hostile)}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The three probabilities end to end; the figures beside it say the same. */
function Bar({ look }: { look: Outlook }) {
  let x = 0;
  return (
    <svg class="outlook" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {PARTS.map(([side, mark]) => {
        const from = x;
        x += look[side] * 100;
        return <rect key={side} class={SIGN_CLASSES[mark]} x={from} y={mark === "~" ? 3 : 0} width={look[side] * 100} height={mark === "~" ? 4 : 10} />;
      })}
    </svg>
  );
}
