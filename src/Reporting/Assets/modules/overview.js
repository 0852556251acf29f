// The first screen: did it work, how good is it, where are the files, what did it take.

import { totalsOf } from "costs";
import { h } from "dom";
import { bytes, duration, money, number, plural, travelled } from "format";
import { player } from "player";
import { table } from "tables";
import { gatherUtterances } from "utterances";

export function overview(ledger, content) {
  return h("div", { class: `overview${ledger.delivered ? "" : " unfinished"}` }, h("div", { class: "tiles" }, works(ledger, content), effort(ledger)), [quality(content), files(ledger)].filter(Boolean));
}

function tile(title, ...children) {
  return h("section", { class: "card tile", "aria-label": title }, h("h2", {}, title), children);
}

const say = (...children) => h("p", { class: "answer" }, children);
const add = (...children) => h("p", { class: "muted small" }, children);

function works(ledger, content) {
  const gates = content?.gates ?? [];
  const passed = gates.filter(gate => gate.passed);
  const missing = ledger.stages.filter(stage => !["Fresh", "Restored", "Cached", "Ran", "Rejected"].includes(stage.state));
  const checks = gates.reduce((sum, gate) => sum + gate.checks.length, 0);
  return tile("Did it work?",
    say(ledger.result === "Done" ? "Yes" : "No", gates.length > 0 ? `: ${passed.length} of ${plural(gates.length, "gate")} passed` : ""),
    gates.length > 0 ? add(`${plural(checks, "check")} on losses, voices and files; `, h("a", { href: "#gates" }, passed.length < gates.length ? "see what failed" : "see each bar and its margin")) : null,
    missing.length > 0 ? add(`${plural(missing.length, "stage")} without result: ${missing.map(stage => stage.id).slice(0, 6).join(", ")}${missing.length > 6 ? ", …" : ""}`) : null);
}

// Name of the figure, what it is to whoever does not know the term, and the scale it is read by.
const HEADLINES = [
  ["SECS of conversions", "Similar to the voice asked for", recordingsReach],
  ["F0 correlation within conversions", "Pitch follows the source", "1 is exactly"],
  ["F0 correlation", "Pitch follows the source", "1 is exactly"],
  ["Mel-cepstral distortion", "Spectral distance to recordings", ""],
  ["Latency", "Delay of the stream", ""],
];
const SYSTEMS_SHOWN = 3;

// What recordings reach among themselves; nothing where it was not measured.
function recordingsReach(figures) {
  const of = count => figures.find(figure => figure.name === `SECS of real recordings of ${count}`)?.value;
  const [ceiling, floor] = [of("one speaker"), of("two speakers")];
  return ceiling == null || floor == null ? "" : `recordings of one voice reach ${number(ceiling, 3)}, of two voices ${number(floor, 3)}`;
}

function quality(content) {
  const judged = content?.evaluations.at(-1);
  if (!judged) return null;
  const systems = (judged.systems ?? [{ name: judged.stage, figures: judged.figures }]).slice(0, SYSTEMS_SHOWN);
  const of = (system, name) => system.figures.find(figure => figure.name === name);
  const rows = HEADLINES.filter(([name], index) => systems.some(system => of(system, name)?.value != null)
    && !HEADLINES.slice(0, index).some(([earlier, words]) => words === HEADLINES[index][1] && systems.some(system => of(system, earlier)?.value != null)));
  if (rows.length === 0) return null;
  const unit = name => systems.map(system => of(system, name)?.unit).find(Boolean);
  const columns = systems.map(system => ({ title: system.name, kind: "number", cell: ([name]) => number(of(system, name)?.value, 3) }));
  const head = { title: "On held-out speech", heading: true, cell: ([name, words, scale]) => [unit(name) ? `${words}, ${unit(name)}` : words, h("small", {}, [name, typeof scale === "function" ? scale(judged.figures) : scale].filter(Boolean).join("; "))] };
  return tile("How good is it?", table("Main figures", [head, ...columns], rows, "plain"), hear(content.evaluations), add(h("a", { href: "#figures" }, "all figures"), " · ", h("a", { href: "#samples" }, "listen")));
}

// One conversion beside what was said; of several systems' not the teacher's, which does not stream.
function hear(evaluations) {
  const conversions = utterance => utterance.signals.filter(signal => signal.kind === "conversion" && signal.rank > 3 && signal.audio);
  const utterance = gatherUtterances(evaluations).find(one => conversions(one).length > 0 && one.signals.some(signal => signal.rank < 2 && signal.audio));
  if (!utterance) return null;
  const made = conversions(utterance).find(signal => signal.role !== "Teacher") ?? conversions(utterance)[0];
  return h("div", { class: "hear" }, [utterance.signals.find(signal => signal.rank < 2 && signal.audio), made].map(signal =>
    h("div", {}, h("p", { class: "muted" }, signal.label), player(signal.audio, `${signal.label}, ${utterance.id}, first heard`).element)));
}

function files({ delivered, stages }) {
  if (!delivered) return tile("Where are my files?", ...stages.some(stage => stage.id === "Package" && stage.state === "Cached")
    ? [say("In the cache"), add(h("code", {}, "--target=Package"), " brings them.")]
    : [say("None yet"), add("This run has not come to the student's files.")]);
  const networks = delivered.files.filter(file => file.name.endsWith(".onnx"));
  const size = list => bytes(list.reduce((sum, file) => sum + file.bytes, 0));
  const groups = Map.groupBy(networks, file => file.name.includes("/") ? file.name.split("/")[0] : "");
  return tile("Where are my files?",
    say(delivered.link ? h("a", { href: delivered.link }, delivered.folder) : delivered.folder),
    add([...groups].map(([name, group]) => `${plural(group.length, "network")} ${name ? `in ${name}/` : ""} (${size(group)})`).join(", ") || `${plural(delivered.files.length, "file")} (${size(delivered.files)})`),
    delivered.aside ? add(`Not what the profile converts by: ${delivered.aside}.`) : null,
    h("ul", { class: "file-list small" }, delivered.files.map(file => h("li", {}, h("code", {}, file.name), h("span", { class: "number muted" }, bytes(file.bytes))))),
    networks.length > 0 ? h("pre", { class: "command", tabindex: "0", "aria-label": "Command that converts a recording" }, `./build.sh --target=Convert \\\n${delivered.aside ? `  --models=${delivered.folder} \\\n` : ""}  --input=a.wav --speaker=b.wav \\\n  --output=c.wav`) : null);
}

function effort(ledger) {
  const totals = totalsOf(ledger.stages);
  const moved = travelled(...["downloaded", "uploaded"].map(way => ledger.stages.reduce((sum, stage) => sum + stage[way], 0)));
  return tile("What did it take?",
    say(duration(totals.seconds), totals.dollars > 0 ? `, ${money(totals.dollars)}` : ""),
    add(`for all stages, whenever they ran; this run took ${duration(ledger.duration)}`, totals.dollars > 0 ? "" : ", at no charge: these stages ran where an hour costs nothing"),
    totals.foreseen > 0 ? add(`Of ${plural(totals.foreseen, "stage")} a time had been expected: ${duration(totals.expectedSeconds)}, taken ${duration(totals.measuredSeconds)}`, totals.expectedDollars > 0 ? `; expected cost ${money(totals.expectedDollars)}` : "") : null,
    moved ? add(moved) : null,
    add(h("a", { href: "#costs" }, "by stage")));
}
