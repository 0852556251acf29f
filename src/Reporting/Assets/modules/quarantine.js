// What was turned away: how many for which reason, then file by file.

import { h, part } from "dom";
import { plural, tidy } from "format";
import { whenOpened } from "lazy";
import { table } from "tables";

const SHOWN_AT_ONCE = 8;

const COLUMNS = [
  { title: "File", heading: true, kind: "path", cell: item => h("code", {}, item.id) },
  { title: "Reason", kind: "long", cell: item => tidy(item.reason) },
  { title: "Rejected by", cell: item => item.stage },
];

// stages: the run's, each with what the engine turned away; listed: what stages noted in files of their own.
export function quarantinePart(stages, listed) {
  const items = unique([...stages.flatMap(stage => stage.quarantine.map(item => ({ ...item, stage: stage.id }))), ...listed]);
  if (items.length === 0) return part("quarantine", "Quarantine", "No file was rejected.");
  const kinds = Map.groupBy(items, item => item.reason.split(/[:,;]/)[0]);
  const [first, rest] = [items.slice(0, SHOWN_AT_ONCE), items.slice(SHOWN_AT_ONCE)];
  return part("quarantine", "Quarantine", `${plural(items.length, "file")} could not be used; the stages went on without them.`,
    h("div", { class: "card" },
      items.length > SHOWN_AT_ONCE ? h("ul", { class: "tallies" }, [...kinds].sort(([, a], [, b]) => b.length - a.length).slice(0, SHOWN_AT_ONCE).map(([kind, of]) => h("li", {}, h("b", {}, of.length), ` ${kind}`))) : null,
      table("Rejected files", COLUMNS, first),
      rest.length > 0 ? whenOpened(h("details", { class: "fold more" }, h("summary", {}, plural(rest.length, "more file"))), () => [table("More rejected files", COLUMNS, rest)]) : null));
}

function unique(items) {
  return [...new Map(items.map(item => [`${item.stage}\n${item.id}`, item])).values()];
}
