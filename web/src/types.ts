// What the server answers with; its Python side is src/frenemy/views/server.
export type Mark = "+" | "-" | "~" | "0";

export interface ActorRef {
  id: string;
  name: string;
}

export interface Actor extends ActorRef {
  kind: string;
  documents: number;
  ties: number;
}

export interface Stance {
  at: string;
  value: number;
  low: number;
  high: number;
  sign: Mark;
  stands: string;
}

export interface Tie {
  id: string;
  document: string;
  doc: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  url: string | null;
  source: ActorRef;
  target: ActorRef;
  mutual: boolean;
  type: string;
  means: string;
  polarity: "+" | "-" | "0";
  status: string;
  voice: string | null;
  when: string | null;
  date: string | null;
  quote: string;
  confidence: number;
  share: number | null;
}

export interface Page<T> {
  total: number;
  offset: number;
  items: T[];
}

export interface LedgerInfo {
  name: string;
  documents: number;
  mentions: number;
  ties: number;
  judgements: number;
  by: string;
  token: string;
}

export interface Found {
  actors: Actor[];
  documents: { id: string; title: string }[];
}

export interface DocumentInfo {
  id: string;
  name: string;
  title: string;
  published: string | null;
  publisher: string | null;
  author: string | null;
  url: string | null;
  length: number;
}

export interface Passage extends Tie {
  before: string;
  quoted: string;
  after: string;
  opens: boolean;
  closes: boolean;
  about: DocumentInfo;
}

export interface DocumentText extends DocumentInfo {
  from: number;
  to: number;
  pieces: { text: string; ties: number[] }[];
  ties: Tie[];
  ties_left_out: number;
}

export interface Shift {
  source: string;
  target: string;
  before: Mark;
  after: Mark;
  at: string;
  earliest: string;
  latest: string;
  size: number;
  probability: number;
  turned: boolean;
  ties: [number, number];
}

export interface ShiftFinding extends Shift {
  names: [string, string];
  quotes: { before: Tie[]; after: Tie[] };
  alongside: { pair: [string, string]; names: [string, string]; at: string }[];
}

export interface CurvePoint {
  at: string;
  value: number;
  low: number;
  high: number;
}

export interface TiePoint {
  row: number;
  at: string;
  polarity: "+" | "-" | "0";
  status: string;
  type: string;
}

export interface Pair {
  one: Actor;
  other: Actor;
  at: string;
  both: Stance | null;
  forth: Stance | null;
  back: Stance | null;
  curve: CurvePoint[];
  shifts: Shift[];
  points: TiePoint[];
  ties: number;
}

export interface Outlook {
  at: string;
  friendly: number;
  divided: number;
  hostile: number;
}

export interface Scenario {
  type: string;
  means: string;
  polarity: "+" | "-";
  word: string;
  outlooks: Outlook[];
}

export interface Forecast {
  at: string;
  /** How many ties it rests on. */
  ties: number;
  outlooks: Outlook[];
  scenarios: Scenario[];
}

export interface Quoted {
  about: string;
  document: string;
  doc: string;
  start: number;
  quote: string;
  published: string | null;
  publisher: string | null;
  url: string | null;
}

export interface ActorPage extends Actor {
  aliases: string[];
  at: string;
  partners: { id: string; name: string; kind: string; stance: Stance }[];
  partners_in_all: number;
  roles: { says: string; other: ActorRef; ties: number; since: string | null; until: string | null; first: string | null; last: string | null }[];
  listed: { watchlist: string; name: string; ids: string[]; standing: string }[];
  latest: Tie[];
  reasons: { name: string; to: string; rule: string; score: number }[];
}

export interface Statement {
  tie: string;
  speaker: string;
  own_word: boolean;
  type: string;
  status: string;
  quote: string;
  document: string;
  doc: string;
  publisher: string | null;
  published: string | null;
  start: number;
}

export interface Side {
  total: number;
  items: Statement[];
}

export interface Claim {
  source: ActorRef;
  target: ActorRef;
  mutual: boolean;
  type: string;
  polarity: "+" | "-" | "0";
  standing: string;
  date: string | null;
  sources: number;
  for: Side;
  against: Side;
}

export interface Hop {
  hop: string;
  tie: Tie;
  dated: string;
  others: number;
  denied: number;
  basis: string;
}

export interface Conflict {
  pattern: string;
  says: string;
  held: string;
  check: string;
  roles: { role: string; id: string; name: string }[];
  also: string[];
  hops: Hop[];
  missing: { hop: string; ways: { source: string; types: string[]; target: string }[] } | null;
  doubts: string[];
  confidence: number;
}

export interface Question {
  id: string;
  kind: string;
  subjects: string[];
  names: string[];
  asks: string;
  score: number;
  moves: number;
  tie: Tie | null;
  reason: string;
  yes: string;
  no: string;
  evidence: Quoted[];
}

export interface Made {
  id: string;
  kind: string;
  says: string;
  by: string;
  at: string;
  reason: string;
  /** The actor that now bears the first name it speaks of. */
  actor: string | null;
}

export interface Review {
  questions: Question[];
  made: Made[];
}
