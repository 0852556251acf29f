import { h, part } from "dom";
import { plural } from "format";
import { table } from "tables";

const COLUMNS = [
  { title: "File", heading: true, kind: "path", cell: item => h("code", {}, item.id) },
  { title: "Reason", kind: "long", cell: item => item.reason },
  { title: "Rejected by", cell: item => item.stage },
];

// stages: the run's, each with what the engine turned away; listed: what stages noted in files of their own.
export function quarantinePart(stages, listed) {
  const items = unique([...stages.flatMap(stage => stage.quarantine.map(item => ({ ...item, stage: stage.id }))), ...listed]);
  if (items.length === 0) return part("quarantine", "Quarantine", "No file was rejected.");
  return part("quarantine", "Quarantine", `${plural(items.length, "file")} could not be used; the stages went on without them.`,
    h("div", { class: "card" }, table("Rejected files", COLUMNS, items)));
}

function unique(items) {
  return [...new Map(items.map(item => [`${item.stage}\n${item.id}`, item])).values()];
}
