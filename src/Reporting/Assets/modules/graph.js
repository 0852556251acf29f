// The stage graph on the page: nodes are buttons (so that keyboard and screen readers work), edges one SVG beneath them.

import { h, svg, part } from "dom";
import { duration } from "format";
import { layOut, NODE } from "graph-layout";
import { describeStage } from "stage-details";
import { icon, stageKey, stageLook } from "states";

// More of them than this are told by the panel alone.
const BOWS_SHOWN = 8;
const [NARROW, SMALLEST, SMALLEST_ON_PHONE] = [500, 0.66, 0.9];

export function graphPart(ledger) {
  const details = h("div", { class: "card details", role: "region", "aria-label": "Stage details", "aria-live": "polite", tabindex: "-1" });
  const graph = drawGraph(ledger.stages, id => select(id));
  const select = (id, follow = false) => {
    graph.mark(id);
    details.replaceChildren(...describeStage(ledger.stages, id, other => select(other, true)));
    details.scrollTop = 0;
    if (follow) graph.reveal(id);
  };
  const first = ledger.stages.find(stage => stage.state === "Failed" || stage.state === "Rejected") ?? longest(ledger.stages);
  if (first) select(first.id);
  const section = part("graph", "Stages", "Arrows lead from what is read to who reads it. Choose a stage (arrow keys move) to see what it read and what it left.",
    h("div", { class: "graph-layout" },
      h("div", { class: "card graph-frame" }, legend(ledger.stages), h("div", { class: "graph-scroll" }, graph.element)),
      details));
  return { section, select: id => { select(id, true); details.focus({ preventScroll: true }); } };
}

function longest(stages) {
  return stages.reduce((one, other) => (other.duration ?? 0) > (one?.duration ?? 0) ? other : one, stages.at(-1));
}

function legend(stages) {
  const present = [...new Set(stages.map(stage => stage.state))];
  return h("div", { class: "legend" }, present.map(stageKey));
}

function drawGraph(stages, onSelect) {
  const layout = layOut(stages);
  const { width, height } = layout;
  const edges = layout.edges.map(drawEdge);
  const nodes = new Map(stages.map(stage => [stage.id, drawNode(stage, layout.places.get(stage.id), onSelect)]));
  const element = h("div", { class: "graph", role: "group", "aria-label": "Stage graph", style: `width:${width}px;height:${height}px` },
    svg("svg", { class: "edges", width, height, "aria-hidden": "true" }, edges.map(edge => edge.element)),
    [...nodes.values()]);
  element.addEventListener("keydown", event => moveFocus(event, layout.places, nodes));
  new ResizeObserver(() => shrink(element, width)).observe(document.getElementById("main"));
  return { element, mark: id => mark(id, nodes, edges), reveal: id => nodes.get(id).scrollIntoView({ block: "nearest", inline: "center" }) };
}

// Where there is less room the graph is drawn smaller before it has to be scrolled, and then the chosen stage is brought into view.
function shrink(element, width) {
  const frame = element.parentElement;
  const zoom = Math.max(frame.clientWidth < NARROW ? SMALLEST_ON_PHONE : SMALLEST, Math.min(1, (frame.clientWidth - 8) / width));
  element.style.zoom = zoom;
  const chosen = element.querySelector("[aria-pressed=true]");
  if (chosen) frame.scrollTo((chosen.offsetLeft + chosen.offsetWidth / 2) * zoom - frame.clientWidth / 2, (chosen.offsetTop + chosen.offsetHeight / 2) * zoom - frame.clientHeight / 2);
}

function drawNode(stage, { x, y }, onSelect) {
  const look = stageLook(stage.state);
  const place = `left:${x - NODE.width / 2}px;top:${y - NODE.height / 2}px;width:${NODE.width}px;height:${NODE.height}px`;
  return h("button", {
    type: "button", class: `node tone-${look.tone} ${stage.state.toLowerCase()}`, style: place, "aria-pressed": "false", "data-stage": stage.id,
    title: stage.reason || null, onclick: () => onSelect(stage.id),
  },
  h("span", { class: "node-name" }, stage.id),
  h("span", { class: "node-state" }, icon(look), look.word, stage.reason && stage.reason !== "up to date" ? h("span", { class: "node-reason" }, stage.reason) : null,
    h("span", { class: "node-time" }, duration(stage.duration))));
}

function drawEdge({ from, to, side, points }) {
  const kind = side ? " implied" : "";
  const tip = points.at(-1);
  const path = svg("path", { class: `edge${kind}`, d: side ? bow(points, side) : curve(points) });
  const arrow = svg("path", { class: `arrow${kind}`, d: side ? arrowSide(tip, side) : arrowDown(tip) });
  return { from, to, side, element: svg("g", {}, path, arrow), parts: [path, arrow] };
}

const arrowDown = ({ x, y }) => `M${x - 4} ${y - 7}L${x} ${y}L${x + 4} ${y - 7}z`;
const arrowSide = ({ x, y }, side) => `M${x + side * 7} ${y - 4}L${x} ${y}L${x + side * 7} ${y + 4}z`;

// Around what lies between, on one side.
function bow([from, to], side) {
  const out = side * Math.max(side * from.x, side * to.x) + side * (34 + (to.y - from.y) / 12);
  return `M${from.x} ${from.y}C${out} ${from.y} ${out} ${to.y} ${to.x + side * 5} ${to.y}`;
}

// A smooth line through the points, upright at each.
function curve(points) {
  let d = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1];
    const to = i === points.length - 1 ? { x: points[i].x, y: points[i].y - 5 } : points[i];
    const middle = (from.y + to.y) / 2;
    d += `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
  }
  return d;
}

function mark(id, nodes, edges) {
  const touching = edges.filter(edge => edge.from === id || edge.to === id);
  const near = touching.filter(edge => !edge.side || touching.filter(other => other.side).length <= BOWS_SHOWN);
  const neighbours = new Set(near.flatMap(edge => [edge.from, edge.to]));
  for (const [other, node] of nodes) {
    node.setAttribute("aria-pressed", String(other === id));
    node.classList.toggle("near", neighbours.has(other));
  }
  for (const edge of edges) edge.parts.forEach(element => element.classList.toggle("near", near.includes(edge)));
  for (const edge of near) edge.element.parentNode?.append(edge.element);
}

// Arrow keys go to the nearest node in that direction.
function moveFocus(event, places, nodes) {
  const direction = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  const origin = places.get(event.target.closest(".node")?.dataset.stage);
  if (!direction || !origin) return;
  event.preventDefault();
  const cost = ({ x, y }) => {
    const along = (x - origin.x) * direction[0] + (y - origin.y) * direction[1];
    const across = Math.abs((x - origin.x) * direction[1]) + Math.abs((y - origin.y) * direction[0]);
    return along > 1 ? along + 2 * across : Infinity;
  };
  const best = [...places].map(([id, place]) => ({ id, cost: cost(place) })).sort((a, b) => a.cost - b.cost)[0];
  if (best.cost < Infinity) nodes.get(best.id).focus();
}
