// Training curves: the loss large, everything else small beneath it.

import { h, part } from "dom";
import { count, number, plural } from "format";
import { plot } from "plot";

const TITLES = { loss: "Loss", lr: "Learning rate", learning_rate: "Learning rate", grad_norm: "Gradient norm", accuracy: "Accuracy" };

export function curvesPart(trainings) {
  return part("curves", "Training", `${plural(trainings.length, "stage")} trained; drag over a chart to zoom, double-click to go back.`, trainings.map(drawTraining));
}

function drawTraining(training) {
  const metrics = byName(training.curves);
  const [main, ...others] = metrics;
  if (!main) return h("article", { class: "card" }, h("h3", {}, training.stage), h("p", { class: "muted" }, "No metric was recorded."));
  const chart = h("div", { class: "plot" });
  const large = plot(chart, main.curves, { title: titleOf(main.name), height: 320, smooth: true });
  return h("article", { class: "card curve-card" },
    h("div", { class: "curve-head" }, h("h3", {}, training.stage), h("span", { class: "muted" }, summarise(training, main)), scaleChoice(training.stage, large)),
    h("figure", { "aria-label": `${titleOf(main.name)} of ${training.stage}. ${summarise(training, main)}` }, chart),
    others.length ? h("div", { class: "curve-grid" }, others.map(drawSmall)) : null);
}

// Loss first, then as recorded; a metric's training and validation curves share a chart.
function byName(curves) {
  const metrics = new Map();
  for (const curve of curves) metrics.set(curve.name, [...(metrics.get(curve.name) ?? []), curve]);
  return [...metrics].map(([name, group]) => ({ name, curves: group })).sort((a, b) => (b.name === "loss") - (a.name === "loss"));
}

function drawSmall(metric) {
  const chart = h("div", { class: "plot" });
  plot(chart, metric.curves, { title: titleOf(metric.name), height: 150, smooth: metric.name !== "lr" && metric.curves[0].steps.length > 60, plain: true });
  const last = metric.curves[0].values.findLast(value => value !== null && value !== undefined);
  return h("figure", {}, h("figcaption", {}, h("b", {}, titleOf(metric.name)), ` last ${number(last)}`), chart);
}

function titleOf(name) {
  return TITLES[name] ?? name.replaceAll("_", " ");
}

function summarise(training, metric) {
  const smoothed = metric.curves[0].smoothed.filter(value => value !== null && value !== undefined);
  const trend = smoothed.length > 1 ? `, ${titleOf(metric.name).toLowerCase()} ${number(smoothed[0])} → ${number(smoothed.at(-1))} (smoothed)` : "";
  return `${count(training.steps)} steps${trend}`;
}

function scaleChoice(stage, chart) {
  const choice = (value, label, checked) => h("label", {},
    h("input", { type: "radio", name: `scale-${stage}`, value, checked, onchange: () => chart.useScale(value) }), label);
  return h("fieldset", { class: "choice" }, h("legend", { class: "visually-hidden" }, `Loss axis of ${stage}`), choice("linear", "Linear", true), choice("log", "Log", false));
}
