// Where every artifact comes from: by stage, key, inputs, versions, settings, revision, when and where.

import { h, pairs, part } from "dom";
import { bytes, count, moment, plural } from "format";
import { whenOpened } from "lazy";
import { table } from "tables";

const OUTPUTS = [
  { title: "Artifact", heading: true, kind: "path", cell: output => output.name },
  { title: "Size", kind: "number", cell: output => bytes(output.bytes) },
  { title: "SHA-256", kind: "hash", cell: output => h("code", {}, output.sha256) },
];

export function provenancePart(stages) {
  const made = stages.filter(stage => stage.outputs.length > 0);
  const origins = new Map(stages.flatMap(stage => stage.outputs.map(output => [output.sha256, `${stage.id}/${output.name}`])));
  return part("provenance", "Provenance", `${plural(made.length, "stage")}. The key names everything that went into a stage: the same key gives the same bytes.`,
    h("div", { class: "card folds" }, made.map(stage => drawStage(stage, origins))));
}

function drawStage(stage, origins) {
  const size = stage.outputs.reduce((sum, output) => sum + output.bytes, 0);
  const details = h("details", { class: "fold", "data-provenance": stage.id }, h("summary", {}, h("h3", {}, stage.id),
    h("span", { class: "muted small" }, `${plural(stage.outputs.length, "artifact")} · ${bytes(size)}`), h("code", { class: "muted" }, stage.key.slice(0, 12))));
  return whenOpened(details, () => [
    pairs("facts", origin(stage)),
    table(`Artifacts of ${stage.id}`, OUTPUTS, stage.outputs),
    ...manifestOf(stage, origins),
  ]);
}

function origin(stage) {
  return [
    ["Key", h("code", {}, stage.key)],
    stage.made ? ["Made", h("time", { datetime: stage.made }, moment(stage.made))] : null,
    stage.machine ? ["On", stage.machine] : null,
    stage.revision ? ["From revision", h("code", {}, stage.revision)] : null,
    stage.extended ? ["Extended from", stage.extended] : null,
  ].filter(Boolean);
}

// Inputs by what made them, tools by version, then settings.
function manifestOf(stage, origins) {
  const entries = stage.manifest.map(entry => ({ ...entry, group: groupOf(entry) }));
  const of = group => entries.filter(entry => entry.group === group);
  const settings = of("setting").filter(({ what }) => !stage.manifest.some(other => other.what.startsWith(`${what}.`) || other.what.startsWith(`${what}[`)));
  const hidden = stage.manifestEntries - stage.manifest.length;
  return [
    list("Inputs", of("input").map(entry => [nameOf(entry), contentOf(entry.value, origins)])),
    list("Versions", [["stage", stage.manifest.find(entry => entry.what === "version")?.value ?? "–"], ...of("tool").map(entry => [nameOf(entry), entry.value.slice(5)])]),
    list("Settings", settings.filter(entry => !entry.isDefault).map(entry => [nameOf(entry), entry.value])),
    list("Settings left at their defaults (not part of the key)", settings.filter(entry => entry.isDefault).map(entry => [nameOf(entry), entry.value])),
    hidden > 0 ? h("p", { class: "muted small" }, `and ${count(hidden)} more entries of the manifest`) : null,
  ].filter(Boolean);
}

function groupOf({ what, value }) {
  if (what.startsWith("settings")) return "setting";
  if (!what.startsWith("input.")) return "";
  return value.startsWith("tool ") ? "tool" : "input";
}

const nameOf = entry => entry.what.replace(/^(input|settings)\./, "");

function contentOf(value, origins) {
  const hash = value.split(" ").at(-1);
  const from = origins.get(hash);
  return [from ? `${from} ` : "", h("code", { class: "muted", title: hash }, hash.length === 64 ? hash.slice(0, 12) : value)];
}

function list(title, entries) {
  return entries.length === 0 ? null : h("div", { class: "entries" }, h("h4", {}, title), pairs("entry-list", entries.map(([name, value]) => [h("code", {}, name), value])));
}
