// The graph once more, as a table.

import { h } from "dom";
import { bytes, duration, money } from "format";
import { stageBadge } from "states";
import { table } from "tables";

export function stageTable(ledger, select) {
  const columns = [
    { title: "Stage", heading: true, kind: "stage", cell: stage => h("button", { type: "button", class: "link-button", onclick: () => select(stage.id) }, stage.id) },
    { title: "State", cell: stage => stageBadge(stage.state) },
    { title: "Reason", kind: "long", cell: stage => stage.reason },
    { title: "Reads from", kind: "long", cell: stage => stage.needs.join(", ") },
    { title: "Time", kind: "number", cell: stage => duration(stage.duration) },
    { title: "Expected", kind: "number", cell: stage => duration(stage.expectedDuration) },
    { title: "Outputs", kind: "number", cell: stage => outputSize(stage) },
  ];
  if (ledger.stages.some(stage => stage.cost || stage.expectedCost)) {
    columns.push({ title: "Cost", kind: "number", cell: stage => money(stage.cost) });
    columns.push({ title: "Expected cost", kind: "number", cell: stage => money(stage.expectedCost) });
  }
  return h("details", { class: "card fold", id: "stage-table" }, h("summary", {}, "Table of all stages"), table("Stages in build order", columns, ledger.stages));
}

function outputSize(stage) {
  return stage.outputs.length === 0 ? "" : bytes(stage.outputs.reduce((sum, output) => sum + output.bytes, 0));
}
