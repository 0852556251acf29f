// The stage graph: positions from dagre, nodes as buttons (so that keyboard and screen readers work), edges as one SVG.

import { h, svg, part } from "dom";
import { duration } from "format";
import { icon, stageBadge, stageLook } from "states";
import { describeStage } from "stage-details";

const NODE = { width: 196, height: 62 };

export function graphPart(ledger) {
  const details = h("div", { class: "card details", role: "region", "aria-label": "Stage details", "aria-live": "polite", tabindex: "-1" });
  const graph = drawGraph(ledger.stages, id => select(id));
  const select = (id, follow = false) => {
    graph.mark(id);
    details.replaceChildren(...describeStage(ledger.stages, id, other => select(other, true)));
    details.scrollTop = 0;
    if (follow) graph.reveal(id);
  };
  const first = ledger.stages.find(stage => stage.state === "Failed" || stage.state === "Rejected") ?? ledger.stages.at(-1);
  if (first) select(first.id);
  const section = part("graph", "Stages", "Every stage of this profile, producers first. Choose one to see what it read and left.",
    h("div", { class: "graph-layout" }, h("div", { class: "card graph-frame" }, graph.element), details));
  section.querySelector(".part-head").append(legend(ledger.stages));
  return { section, select: id => { select(id, true); details.focus({ preventScroll: true }); } };
}

function legend(stages) {
  const present = [...new Set(stages.map(stage => stage.state))];
  return h("div", { class: "legend", "aria-hidden": "true" }, present.map(stageBadge));
}

function drawGraph(stages, onSelect) {
  const layout = positions(stages);
  const { width, height } = layout.graph();
  const edges = layout.edges().map(edge => drawEdge(edge, layout.edge(edge).points));
  const nodes = new Map(stages.map(stage => [stage.id, drawNode(stage, layout.node(stage.id), onSelect)]));
  const element = h("div", { class: "graph", role: "group", "aria-label": "Stage graph", style: `width:${width}px;height:${height}px` },
    svg("svg", { class: "edges", width, height, "aria-hidden": "true" }, edges.map(edge => edge.element)),
    [...nodes.values()]);
  element.addEventListener("keydown", event => moveFocus(event, stages, layout, nodes));
  return { element, mark: id => mark(id, nodes, edges), reveal: id => nodes.get(id).scrollIntoView({ block: "nearest", inline: "center" }) };
}

function positions(stages) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 26, ranksep: 40, marginx: 3, marginy: 3 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(stages.map(stage => stage.id));
  for (const stage of stages) graph.setNode(stage.id, { ...NODE });
  for (const stage of stages) for (const need of stage.needs) if (known.has(need)) graph.setEdge(need, stage.id);
  dagre.layout(graph);
  return graph;
}

function drawNode(stage, { x, y }, onSelect) {
  const look = stageLook(stage.state);
  const place = `left:${x - NODE.width / 2}px;top:${y - NODE.height / 2}px;width:${NODE.width}px;height:${NODE.height}px`;
  return h("button", {
    type: "button", class: `node tone-${look.tone} ${stage.state.toLowerCase()}`, style: place, "aria-pressed": "false", "data-stage": stage.id,
    title: stage.reason || null, onclick: () => onSelect(stage.id),
  },
  h("span", { class: "node-name" }, stage.id),
  h("span", { class: "node-state" }, icon(look), look.word, h("span", { class: "node-time" }, duration(stage.duration))),
  h("span", { class: "node-reason" }, stage.reason || stage.description));
}

function drawEdge({ v, w }, points) {
  const path = svg("path", { class: "edge", d: curve(points) });
  const tip = points.at(-1);
  const arrow = svg("path", { class: "arrow", d: `M${tip.x - 4} ${tip.y - 7}L${tip.x} ${tip.y}L${tip.x + 4} ${tip.y - 7}z` });
  return { from: v, to: w, element: svg("g", {}, path, arrow), parts: [path, arrow] };
}

// A smooth line through dagre's points, straight down at both ends.
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
  for (const [other, node] of nodes) node.setAttribute("aria-pressed", String(other === id));
  for (const edge of edges) {
    const near = edge.from === id || edge.to === id;
    edge.parts.forEach(element => element.classList.toggle("near", near));
    if (near) edge.element.parentNode?.append(edge.element);
  }
}

// Arrow keys go to the nearest node in that direction.
function moveFocus(event, stages, layout, nodes) {
  const direction = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  const from = event.target.closest(".node")?.dataset.stage;
  if (!direction || !from) return;
  event.preventDefault();
  const origin = layout.node(from);
  const cost = ({ x, y }) => {
    const along = (x - origin.x) * direction[0] + (y - origin.y) * direction[1];
    const across = Math.abs((x - origin.x) * direction[1]) + Math.abs((y - origin.y) * direction[0]);
    return along > 1 ? along + 2 * across : Infinity;
  };
  const best = stages.map(stage => ({ id: stage.id, cost: cost(layout.node(stage.id)) })).sort((a, b) => a.cost - b.cost)[0];
  if (best.cost < Infinity) nodes.get(best.id).focus();
}
