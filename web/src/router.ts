// Where the page is: everything stands behind the # of the address, so that each view can be linked to and the server knows one page.
import { useEffect, useState } from "preact/hooks";

export interface Place {
  view: string;
  parts: string[];
  query: URLSearchParams;
}

export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...parts] = path.split("/").map(decoded);
  return { view: view || "network", parts: parts.filter(Boolean), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function href(view: string, parts: readonly string[] = [], query: Record<string, string | undefined> = {}): string {
  const asked = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])));
  const path = [view, ...parts].map(encodeURIComponent).join("/");
  return `#/${path}${asked.size ? `?${asked}` : ""}`;
}

export const toActor = (id: string) => href("actor", [id]);
export const toPair = (one: string, other: string, tie?: string) => href("pair", [one, other].sort(), { tie });
export const toDocument = (id: string, tie?: string) => href("document", [id], { tie });

export function go(to: string): void {
  location.hash = to;
}

/** Keep what is shown in the address, without a step in the history. */
export function note(to: string): void {
  history.replaceState(null, "", to);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const moved = () => setPlace(placeOf(location.hash));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return place;
}
