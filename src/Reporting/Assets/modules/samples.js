// Fixed validation utterances: pictures side by side on one time axis and one colour scale, sounds below.

import { h, pairs, part } from "dom";
import { number, plural } from "format";
import { colourBar, differencePicture, melPicture } from "mel";
import { player } from "player";
import { systemsTable } from "systems";

const ROLES = {
  target: "Target: the recording",
  generated: "Generated",
  source: "Source: what was said",
  reference: "Reference: the wanted voice",
  vocoded: "Recording through the vocoder",
};

export function samplesPart(evaluations) {
  const total = evaluations.reduce((sum, evaluation) => sum + evaluation.samples.length, 0);
  const section = part("samples", "Samples", `${plural(total, "fixed validation utterance")}; click a picture to listen from there.`, evaluations.map(drawEvaluation));
  section.querySelector(".part-head").append(differenceSwitch());
  return section;
}

function drawEvaluation(evaluation) {
  const settings = Object.entries(evaluation.settings).map(([name, value]) => `${name} ${value}`).join(", ");
  return h("div", {},
    h("div", { class: "card" },
      h("div", { class: "evaluation-head" },
        h("div", {}, h("h3", {}, evaluation.stage), settings ? h("p", { class: "muted small" }, settings) : null),
        drawFigures("figures", evaluation.figures),
        colourBar(evaluation.axes)),
      evaluation.systems ? systemsTable(evaluation) : null),
    evaluation.samples.map(sample => drawSample(sample, evaluation.axes)));
}

function drawSample(sample, axes) {
  const seconds = Math.max(0.1, ...sample.signals.filter(signal => signal.mel).map(signal => signal.mel.frames * axes.secondsPerFrame));
  return h("article", { class: "card sample" },
    h("div", { class: "sample-head" },
      h("h3", {}, sample.id),
      h("span", { class: "muted small" }, sample.kind, " · ", sample.speaker, sample.targetSpeaker ? ` → ${sample.targetSpeaker}` : null),
      drawFigures("sample-figures", sample.figures)),
    sample.text ? h("p", { class: "sample-text" }, h("q", {}, sample.text)) : null,
    h("div", { class: "signals" }, sample.signals.map(signal => drawSignal(signal, sample, axes, seconds)), drawDifference(sample, axes, seconds)));
}

function drawSignal(signal, sample, axes, seconds) {
  const role = ROLES[signal.role] ?? signal.role;
  const mel = signal.mel ? melPicture(signal.mel, axes, seconds, `Mel spectrogram, ${signal.role} of ${sample.id}, ${(signal.mel.frames * axes.secondsPerFrame).toFixed(1)} seconds`) : null;
  const sound = signal.audio ? player(signal.audio, `${role}, ${sample.id}`) : null;
  if (mel && sound) sound.follow(mel, seconds);
  return h("figure", { class: "signal" },
    h("figcaption", {}, h("b", {}, role), signal.note ? h("span", { class: "muted" }, signal.note) : null),
    mel?.element, sound?.element);
}

// Only where both pictures show the same frames.
function drawDifference(sample, axes, seconds) {
  const [target, generated] = ["target", "generated"].map(role => sample.signals.find(signal => signal.role === role)?.mel);
  if (!target || !generated || target.frames !== generated.frames) return null;
  const mel = differencePicture(target, generated, axes, seconds, `Difference of the two spectrograms of ${sample.id}`);
  return h("figure", { class: "signal difference" }, h("figcaption", {}, h("b", {}, "Difference"), h("span", { class: "muted" }, "red louder, blue quieter, ±20 dB")), mel.element);
}

function differenceSwitch() {
  const toggle = event => document.getElementById("samples").classList.toggle("with-differences", event.target.checked);
  return h("label", { class: "switch" }, h("input", { type: "checkbox", onchange: toggle }), "Show differences");
}

function drawFigures(className, figures) {
  return figures.length === 0 ? null : pairs(className, figures.map(figure =>
    [figure.name, [`${number(figure.value)}${spread(figure)}${figure.unit ? ` ${figure.unit}` : ""}`, figure.note ? h("small", {}, figure.note) : null]]));
}

function spread({ count, standardError }) {
  return (standardError == null ? "" : ` ± ${number(standardError)}`) + (count > 1 ? ` (n = ${count})` : "");
}
