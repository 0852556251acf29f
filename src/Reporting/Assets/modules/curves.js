// Training curves: the loss large, everything else small beneath it.

import { h, part, svg } from "dom";
import { count, number, plural } from "format";
import { whenOpened } from "lazy";
import { plot } from "plot";

const TITLES = { loss: "Loss", lr: "Learning rate", learning_rate: "Learning rate", grad_norm: "Gradient norm", accuracy: "Accuracy" };

export function curvesPart(trainings) {
  const longest = trainings.reduce((one, other) => other.steps > one.steps ? other : one);
  return part("curves", "Training", `${plural(trainings.length, "stage")} trained. Drag over a chart to zoom, double-click to go back.`,
    h("div", { class: "card folds" }, trainings.map(training => drawTraining(training, training === longest))));
}

function drawTraining(training, open) {
  const [main, ...others] = byName(training.curves);
  const details = h("details", { class: "fold curve-card", open },
    h("summary", {}, h("h3", {}, training.stage), h("span", { class: "muted small" }, main ? summarise(training, main) : "no metric was recorded"), main ? sparkline(main.curves) : null));
  return whenOpened(details, () => main ? drawCharts(training, main, others) : []);
}

function drawCharts(training, main, others) {
  const chart = h("div", { class: "plot" });
  const large = plot(chart, main.curves, { title: titleOf(main.name), height: 300, smooth: true });
  return [
    h("div", { class: "curve-head" }, h("h4", {}, titleOf(main.name)), scaleChoice(training.stage, large)),
    h("figure", { "aria-label": `${titleOf(main.name)} of ${training.stage}. ${summarise(training, main)}` }, chart),
    others.length ? h("div", { class: "curve-grid" }, others.map(drawSmall)) : null,
  ];
}

// The smoothed curve of the closed fold, 120 by 24.
function sparkline(curves) {
  const { smoothed } = curves.find(curve => !curve.isValidation) ?? curves[0];
  const values = smoothed.filter(value => value !== null && value !== undefined);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, i) => `${(i / Math.max(1, values.length - 1) * 118 + 1).toFixed(1)},${(22 - (value - low) / Math.max(1e-12, high - low) * 20).toFixed(1)}`);
  return svg("svg", { class: "sparkline", viewBox: "0 0 120 24", "aria-hidden": "true" }, svg("polyline", { points: points.join(" ") }));
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
  const known = values => values.filter(value => value !== null && value !== undefined);
  const validation = metric.curves.find(curve => curve.isValidation);
  const values = known(validation ? validation.values : metric.curves[0].smoothed);
  const whose = validation ? "validation " : "smoothed ";
  const trend = values.length > 1 ? ` · ${whose}${titleOf(metric.name).toLowerCase()} ${number(values[0], 3)} → ${number(values.at(-1), 3)}` : "";
  return `${count(training.steps)} steps${trend}`;
}

function scaleChoice(stage, chart) {
  const choice = (value, label, checked) => h("label", {},
    h("input", { type: "radio", name: `scale-${stage}`, value, checked, onchange: () => chart.useScale(value) }), label);
  return h("fieldset", { class: "choice" }, h("legend", { class: "visually-hidden" }, `Loss axis of ${stage}`), choice("linear", "Linear", true), choice("log", "Log", false));
}
