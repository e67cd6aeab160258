// The colours of the page, read from its style sheet, for what is drawn on a canvas.
import type { Sign } from "./data";

export interface Theme {
  ink: string;
  paper: string;
  faint: string;
  signs: Record<Sign, string>;
  faded: Record<Sign, string>;
  blocs: string[];
  font: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: colour("--ink"),
    paper: colour("--paper"),
    faint: colour("--dot-faint"),
    signs: { "+": colour("--friend"), "-": colour("--foe"), "~": colour("--unclear") },
    faded: { "+": colour("--friend-faint"), "-": colour("--foe-faint"), "~": colour("--unclear-faint") },
    blocs: [1, 2, 3, 4, 5, 6].map((n) => colour(`--bloc-${n}`)),
    font: getComputedStyle(document.body).fontFamily,
  };
}
