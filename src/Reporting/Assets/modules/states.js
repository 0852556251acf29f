// How a stage's state and a run's result look: a word, a tone and a sign, never colour alone.

import { h, svg } from "dom";

const CHECK = "M3.5 8.5l3 3 6-7";
const CROSS = "M4 4l8 8M12 4l-8 8";
const PAUSE = "M5.5 3.5v9M10.5 3.5v9";
const PLAY = "M5 3.5l7 4.5-7 4.5z";
const DOWN = "M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10";
const CLOCK = "M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z";

const STAGE = {
  Fresh: { word: "fresh", means: "nothing it depends on has changed", tone: "calm", sign: CHECK },
  Restored: { word: "restored", means: "brought here from the cache", tone: "info", sign: DOWN },
  Cached: { word: "cached", means: "in the cache, not needed here", tone: "calm", sign: DOWN },
  Ran: { word: "ran", means: "made in this run", tone: "good", sign: PLAY },
  Rejected: { word: "gate not passed", means: "a check missed its bar", tone: "bad", sign: CROSS },
  Failed: { word: "failed", means: "ended with an error", tone: "bad", sign: CROSS },
  Blocked: { word: "blocked", means: "needs something that failed", tone: "warn", sign: PAUSE },
  Interrupted: { word: "interrupted", means: "stopped; goes on in the next run", tone: "warn", sign: CLOCK },
  Waiting: { word: "not run", means: "was not reached", tone: "warn", sign: CLOCK },
  Restoring: { word: "restoring", means: "being brought from the cache", tone: "info", sign: DOWN },
  Running: { word: "running", means: "at work", tone: "info", sign: PLAY },
};

const RUN = {
  Done: { word: "succeeded", tone: "good", sign: CHECK },
  Failed: { word: "failed", tone: "bad", sign: CROSS },
  Preempted: { word: "stopped, can be resumed", tone: "warn", sign: PAUSE },
};

export const stageLook = state => STAGE[state];

export function icon(look) {
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: look.sign, fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }));
}

function badge(look) {
  return h("span", { class: `badge tone-${look.tone}` }, icon(look), look.word);
}

// With what the state means.
export const stageKey = state => h("span", { class: "key" }, badge(STAGE[state]), h("span", { class: "muted small" }, STAGE[state].means));
export const stageBadge = state => badge(STAGE[state]);
export const runLook = result => RUN[result];
export const runBadge = result => badge(RUN[result]);
export const passBadge = passed => badge(passed ? { ...RUN.Done, word: "passed" } : RUN.Failed);
