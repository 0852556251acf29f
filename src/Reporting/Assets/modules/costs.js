// What each stage took and cost beside what was expected.

import { h, part } from "dom";
import { duration, money, ratio } from "format";
import { stageBadge } from "states";
import { table } from "tables";

const sum = (stages, amount) => stages.reduce((total, stage) => total + (amount(stage) ?? 0), 0);

// → { seconds, dollars, expectedSeconds, expectedDollars, measuredSeconds }: measured are the seconds of the stages of which a time was expected.
export function totalsOf(stages) {
  const foreseen = stages.filter(stage => typeof stage.expectedDuration === "number");
  return {
    foreseen: foreseen.length,
    seconds: sum(stages, stage => stage.duration),
    dollars: sum(stages, stage => stage.cost),
    expectedSeconds: sum(foreseen, stage => stage.expectedDuration),
    measuredSeconds: sum(foreseen, stage => stage.duration),
    expectedDollars: sum(stages, stage => stage.expectedCost),
  };
}

export function costsPart(ledger) {
  const totals = totalsOf(ledger.stages);
  const priced = totals.dollars > 0 || totals.expectedDollars > 0;
  const longest = Math.max(...ledger.stages.map(stage => stage.duration ?? 0), 1e-9);
  const columns = [
    { title: "Stage", heading: true, kind: "stage", cell: stage => stage.id },
    { title: "In this run", kind: "aside", cell: stage => stage.state ? stageBadge(stage.state) : "" },
    { title: "Share of the time", kind: "gauge aside", cell: stage => stage.state ? gauge((stage.duration ?? 0) / longest) : "" },
    { title: "Took", kind: "number", cell: stage => duration(stage.duration) },
    { title: "Expected", kind: "number", cell: stage => duration(stage.expectedDuration) },
    { title: "Took / expected", kind: "number aside", cell: stage => ratio(stage.duration, stage.expectedDuration) },
    ...priced ? [
      { title: "Cost", kind: "number", cell: stage => money(stage.cost) },
      { title: "Expected cost", kind: "number", cell: stage => money(stage.expectedCost) },
    ] : [],
  ];
  const total = { id: "Total", duration: totals.seconds, expectedDuration: null, cost: priced ? totals.dollars : null, expectedCost: priced ? totals.expectedDollars : null };
  const remark = "Time of the run that made each stage's outputs, now or earlier. A time had been expected where the stage, or one like it, had run before, and where configs/costs.yaml or the stage itself foretells one.";
  return part("costs", "Time and cost", priced ? remark : `${remark} These stages ran where an hour costs nothing.`,
    h("div", { class: "card" }, table("Time and cost of stages", columns, [...ledger.stages, total], "plain")));
}

function gauge(share) {
  return h("div", { class: "meter", "aria-hidden": "true" }, h("div", { style: `width:${Math.max(0.5, share * 100).toFixed(1)}%` }));
}
