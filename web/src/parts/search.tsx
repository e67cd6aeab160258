// The search box: names and documents while typing, moved through with the arrow keys.
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "../api";
import { go, toActor, toDocument } from "../router";
import type { Found } from "../types";
import { count } from "../words";

interface Hit {
  key: string;
  name: string;
  note: string;
  to: string;
  id: string;
}

function hits(found: Found | null): Hit[] {
  if (!found) return [];
  return [
    ...found.actors.map((actor) => ({ key: `a${actor.id}`, name: actor.name, note: `${actor.kind}, ${count(actor.ties, "tie")}`, to: toActor(actor.id), id: actor.id })),
    ...found.documents.map((doc) => ({ key: `d${doc.id}`, name: doc.title, note: "document", to: toDocument(doc.id), id: doc.id })),
  ];
}

function useTyped(): [string, string, (value: string) => void] {
  const [typed, setTyped] = useState("");
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed.trim()), 120);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, settled, setTyped];
}

export function Search() {
  const [typed, settled, setTyped] = useTyped();
  const box = useRef<HTMLInputElement>(null);
  const answer = useAnswer<Found>(settled ? `api/search?q=${encodeURIComponent(settled)}` : null);
  const found = settled ? hits(answer.data) : [];
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      box.current?.focus();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
  const choose = (hit: Hit) => {
    setTyped("");
    box.current?.blur();
    go(hit.to);
  };
  return (
    <Picker
      label="Search actors and documents"
      placeholder="Search actors and documents"
      hint="/"
      box={box}
      typed={typed}
      type={setTyped}
      hits={found}
      nothing={Boolean(settled) && !answer.loading && found.length === 0}
      choose={choose}
      name="search"
    />
  );
}

/** Choose one actor by name. */
export function ActorPicker({ label, choose, without }: { label: string; choose: (id: string, name: string) => void; without?: string }) {
  const [typed, settled, setTyped] = useTyped();
  const box = useRef<HTMLInputElement>(null);
  const answer = useAnswer<Found>(settled ? `api/search?q=${encodeURIComponent(settled)}` : null);
  const found = settled && answer.data ? hits({ actors: answer.data.actors.filter((actor) => actor.id !== without), documents: [] }) : [];
  return (
    <Picker
      label={label}
      placeholder={label}
      box={box}
      typed={typed}
      type={setTyped}
      hits={found}
      nothing={Boolean(settled) && !answer.loading && found.length === 0}
      choose={(hit) => {
        setTyped("");
        choose(hit.id, hit.name);
      }}
      name="actor-picker"
    />
  );
}

interface PickerProps {
  label: string;
  placeholder: string;
  hint?: string;
  box: { current: HTMLInputElement | null };
  typed: string;
  type: (value: string) => void;
  hits: Hit[];
  nothing: boolean;
  choose: (hit: Hit) => void;
  name: string;
}

function Picker({ label, placeholder, hint, box, typed, type, hits: found, nothing, choose, name }: PickerProps) {
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  useEffect(() => setAt(0), [typed]);
  const shown = open && (found.length > 0 || nothing);
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setAt((now) => (found.length ? (now + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length : 0));
    } else if (event.key === "Enter" && shown && found[at]) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape") {
      setOpen(false);
      type("");
    }
  };
  return (
    <div class="picker">
      <input
        ref={box}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={`${name}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && found[at] ? `${name}-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        maxLength={200}
        value={typed}
        onInput={(event) => {
          type(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={key}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
      />
      {hint && !typed && (
        <kbd class="hint" aria-hidden="true">
          {hint}
        </kbd>
      )}
      <ul id={`${name}-list`} role="listbox" aria-label={label} hidden={!shown}>
        {found.map((hit, place) => (
          <li key={hit.key} id={`${name}-${place}`} role="option" aria-selected={place === at} onMouseDown={(event) => event.preventDefault()} onClick={() => choose(hit)}>
            <bdi class="hit">{hit.name}</bdi> <span class="hit-note">{hit.note}</span>
          </li>
        ))}
        {nothing && (
          <li class="nothing" role="option" aria-selected={false} aria-disabled="true">
            Nothing begins so.
          </li>
        )}
      </ul>
    </div>
  );
}
