// Where every artifact comes from: stage, key, content hash.

import { h, part } from "dom";
import { bytes } from "format";
import { table } from "tables";

const COLUMNS = [
  { title: "Artifact", heading: true, kind: "path", cell: row => row.output.name },
  { title: "Made by", cell: row => row.stage.id },
  { title: "Size", kind: "number", cell: row => bytes(row.output.bytes) },
  { title: "SHA-256", kind: "hash", cell: row => hash(row.output.sha256) },
  { title: "Stage key", kind: "hash", cell: row => hash(row.stage.key) },
];

// The whole hash is there for copying and searching; the cell shows its start.
function hash(value) {
  return value ? h("code", { title: value }, value.slice(0, 12), h("span", { class: "visually-hidden" }, value.slice(12))) : "";
}

export function provenancePart(stages) {
  const rows = stages.flatMap(stage => stage.outputs.map(output => ({ stage, output })));
  return part("provenance", "Provenance", "The stage key names all inputs of a stage; the hash names what came out.",
    h("div", { class: "card" }, table("Artifacts by stage", COLUMNS, rows)));
}
