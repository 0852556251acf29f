// Listening: one fold per utterance, in it pictures side by side on one time axis and one colour scale, sounds below.

import { h, part } from "dom";
import { plural } from "format";
import { whenOpened } from "lazy";
import { colourBar, commonAxes, differencePicture } from "mel";
import { drawSignal } from "signal";
import { gatherUtterances, shortVoice } from "utterances";

export function samplesPart(evaluations) {
  const utterances = gatherUtterances(evaluations);
  const name = shortNames(utterances.map(utterance => utterance.id));
  const axes = commonAxes(evaluations.map(evaluation => evaluation.axes));
  const remark = `${plural(utterances.length, "held-out utterance")}: recording, reconstructions and conversions side by side. Click a picture to listen from there.`;
  return part("samples", "Listen", remark,
    h("div", { class: "card listen-bar" }, colourBar(axes), choices()),
    h("div", { class: "card folds" }, utterances.map((utterance, index) => drawUtterance(utterance, name(utterance.id), axes, index === 0))));
}

function drawUtterance(utterance, name, axes, open) {
  const voices = [...new Set(utterance.signals.filter(signal => signal.rank >= 4).map(signal => signal.label))];
  const details = h("details", { class: "fold sample", open },
    h("summary", {}, h("h3", {}, name),
      h("span", { class: "muted small" }, `${shortVoice(utterance.speaker)} · ${plural(voices.length, "version")}`),
      utterance.text ? h("q", { class: "sample-text" }, utterance.text) : null));
  return whenOpened(details, () => [signals(utterance, axes)]);
}

// Without the corpus they come from, where that is the same for all.
function shortNames(ids) {
  const corpus = `${ids[0]?.split("/")[0]}/`;
  return ids.every(id => id.startsWith(corpus) && id.split("/").length > 2) ? id => id.slice(corpus.length) : id => id;
}

function signals(utterance, axes) {
  const seconds = Math.max(0.1, ...utterance.signals.filter(signal => signal.mel).map(signal => signal.mel.frames * signal.axes.secondsPerFrame));
  const target = utterance.signals.find(signal => signal.role === "target");
  return h("div", { class: "signals" }, utterance.signals.flatMap(signal =>
    [drawSignal(signal, utterance.id, axes, seconds), signal.kind === "reconstruction" ? drawDifference(signal, target, utterance.id, axes, seconds) : null]));
}

// Only where both pictures show the same frames.
function drawDifference(signal, target, id, axes, seconds) {
  if (signal === target || !signal.mel || !target?.mel || signal.mel.frames !== target.mel.frames) return null;
  const mel = differencePicture(target, signal, axes, seconds, `Difference of the spectrograms of ${id}, ${signal.label}`);
  return h("figure", { class: "signal difference" }, h("figcaption", {}, h("b", {}, "Difference"), h("span", { class: "muted" }, "red louder, blue quieter, ±20 dB")), mel.element);
}

function choices() {
  const choice = (name, label) => h("label", { class: "switch" },
    h("input", { type: "checkbox", onchange: event => document.getElementById("samples").classList.toggle(name, event.target.checked) }), label);
  return h("div", { class: "switches" }, choice("with-spectra", "Show spectrograms"), choice("with-differences", "Show differences"));
}
