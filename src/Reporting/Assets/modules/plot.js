// One uPlot chart of a metric: raw thin and pale, smoothed bold, validation as points joined by a line.

import { count, number } from "format";

const redraw = new Set();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw.forEach(draw => draw()));

// options: title, height, smooth (draw the average too), plain (no legend)
export function plot(element, curves, options) {
  let scale = "linear";
  let chart = null;
  const series = curves.flatMap(curve => seriesOf(curve, options));
  const data = uPlot.join(series.map(one => [one.curve.steps, one.values]));
  const draw = () => {
    chart?.destroy();
    const width = Math.max(200, element.clientWidth || 600);
    chart = new uPlot(describe(series, options, scale, width), scale === "log" ? data.map(positive) : data, element);
  };
  new ResizeObserver(() => chart ? chart.setSize({ width: Math.max(200, element.clientWidth), height: options.height }) : draw()).observe(element);
  redraw.add(draw);
  return { useScale: value => { scale = value; draw(); } };
}

function seriesOf(curve, options) {
  if (curve.isValidation) return [{ curve, values: gaps(curve.values), look: "validation" }];
  const raw = { curve, values: gaps(curve.values), look: options.smooth ? "raw" : "only" };
  return options.smooth ? [raw, { curve, values: gaps(curve.smoothed), look: "smoothed" }] : [raw];
}

const gaps = values => values.map(value => value ?? null);

// A logarithmic axis has no place for what is not positive.
function positive(values, index) {
  return index === 0 ? values : values.map(value => value > 0 ? value : null);
}

// As much as the values take, not whole decades.
function logRange(_, low, high) {
  return low > 0 && high > 0 ? [low * 0.93, high * 1.07] : [0.1, 1];
}

// 1, 2, 3, 5 and 7 times the powers of ten.
function logTicks(_, __, low, high) {
  const ticks = [];
  for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= high; decade *= 10)
    for (const digit of [1, 2, 3, 5, 7]) if (digit * decade >= low && digit * decade <= high) ticks.push(Number((digit * decade).toPrecision(1)));
  return ticks;
}

function describe(series, options, scale, width) {
  const colours = getComputedStyle(document.documentElement);
  const colour = name => colours.getPropertyValue(name).trim();
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1, size: 4 }, font: "12px system-ui, sans-serif" };
  return {
    width,
    height: options.height,
    legend: { show: !options.plain, markers: { width: 0, fill: (_, index) => index === 0 ? null : lookOf(series[index - 1], colour).marker } },
    cursor: { y: false, points: { size: 7 } },
    scales: { x: { time: false }, y: scale === "log" ? { distr: 3, range: logRange } : {} },
    axes: [
      { ...axis, label: options.plain ? null : "step", labelSize: 20, labelFont: axis.font, size: 34, values: (_, ticks) => ticks.map(tick => tick >= 1000 ? `${tick / 1000}k` : tick) },
      { ...axis, ...(scale === "log" ? { splits: logTicks, filter: (_, ticks) => ticks } : {}), size: 58, values: (_, ticks) => ticks.map(tick => tick === null || tick === undefined ? "" : number(tick)) },
    ],
    series: [{ label: "step", value: (_, step) => step === null || step === undefined ? "–" : count(step) }, ...series.map(one => lookOf(one, colour))],
  };
}

function lookOf({ look }, colour) {
  const value = (_, raw) => raw === null || raw === undefined ? "–" : number(raw);
  switch (look) {
    case "raw": return { label: "each step", value, stroke: colour("--curve-1"), alpha: 0.4, marker: `${colour("--curve-1")}66`, width: 1, spanGaps: true, points: { show: false } };
    case "smoothed": return { label: "smoothed", value, marker: colour("--curve-1"), stroke: colour("--curve-1"), width: 2, spanGaps: true, points: { show: false } };
    case "validation": return { label: "validation", value, marker: colour("--curve-2"), stroke: colour("--curve-2"), width: 2, spanGaps: true, points: { show: true, size: 5, fill: colour("--curve-2") } };
    default: return { label: "value", value, marker: colour("--curve-1"), stroke: colour("--curve-1"), width: 1.5, spanGaps: true, points: { show: false } };
  }
}
