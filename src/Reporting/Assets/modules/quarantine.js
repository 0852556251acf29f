import { h, part } from "dom";
import { plural } from "format";
import { table } from "tables";

const COLUMNS = [
  { title: "File", heading: true, kind: "path", cell: item => h("code", {}, item.id) },
  { title: "Reason", kind: "long", cell: item => item.reason },
  { title: "Rejected by", cell: item => item.stage },
];

export function quarantinePart(items) {
  if (items.length === 0) return part("quarantine", "Quarantine", "No file was rejected.");
  return part("quarantine", "Quarantine", `${plural(items.length, "file")} could not be used; the stages went on without them.`,
    h("div", { class: "card" }, table("Rejected files", COLUMNS, items)));
}
