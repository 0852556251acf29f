// The panel beside the graph: what one stage read, why it ran, what it left.

import { h } from "dom";
import { bytes, count, duration, money, number, travelled } from "format";
import { stageBadge } from "states";

export function describeStage(stages, id, select) {
  const stage = stages.find(candidate => candidate.id === id);
  const users = stages.filter(candidate => candidate.needs.includes(id)).map(candidate => candidate.id);
  const known = new Set(stages.map(candidate => candidate.id));
  return [
    h("h3", {}, stage.id),
    h("p", { class: "lead" }, stageBadge(stage.state), h("span", { class: "muted small" }, summary(stage))),
    stage.description ? h("p", { class: "small" }, stage.description) : null,
    block("Reason", stage.reason ? [stage.reason] : []),
    block("Inputs changed", stage.changed.map(describeChange)),
    block("Outputs", stage.outputs.map(describeOutput)),
    block("Metrics", Object.entries(stage.metrics).map(([name, value]) => h("span", { class: "pair" }, name.replaceAll("_", " "), h("span", { class: "number" }, number(value))))),
    block("Reads from", stage.needs.map(need => known.has(need) ? stageLink(need, select) : need)),
    block("Read by", users.map(user => stageLink(user, select))),
    manifest(stage),
    block("Key", stage.key ? [h("span", { class: "hash" }, stage.key)] : []),
  ].filter(Boolean);
}

function summary(stage) {
  return [stage.kind, duration(stage.duration), money(stage.cost), travelled(stage.downloaded, stage.uploaded)].filter(Boolean).join(" · ");
}

function block(title, items) {
  return items.length === 0 ? null : h("div", {}, h("h4", {}, title), h("ul", {}, items.map(item => h("li", {}, item))));
}

function manifest(stage) {
  if (stage.manifest.length === 0) return null;
  const more = stage.manifestEntries - stage.manifest.length;
  return h("details", { class: "fold manifest" }, h("summary", {}, `Manifest behind the key (${count(stage.manifestEntries)})`),
    h("ul", {}, stage.manifest.map(entry => h("li", {}, h("code", {}, entry.what), entry.isDefault ? h("span", { class: "muted" }, " default, not part of the key") : null, h("span", { class: "hash" }, entry.value)))),
    more > 0 ? h("p", { class: "muted small" }, `and ${count(more)} more`) : null);
}

function describeChange(change) {
  return h("span", { class: "change" }, h("code", {}, change.what), h("br"),
    change.old ? h("span", { class: "old" }, change.old) : h("span", { class: "muted" }, "new"),
    " → ", change.new || h("span", { class: "muted" }, "gone"));
}

function describeOutput(output) {
  return [h("span", { class: "pair" }, output.name, h("span", { class: "number muted" }, bytes(output.bytes))), h("span", { class: "hash" }, output.sha256)];
}

export function stageLink(id, select) {
  return h("button", { type: "button", class: "link-button", onclick: () => select(id) }, id);
}
