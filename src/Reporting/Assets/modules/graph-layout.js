// Where nodes and edges of the stage graph stand. Ranks and order come from dagre; an edge that longer ways imply
// (a reads b and c, b reads c: a reads c) takes no part in the layout and is shown only for the chosen stage.

export const NODE = { width: 176, height: 46 };
const PORT_GAP = 12;

// → { width, height, places: Map(id → {x, y}), edges: [{ from, to, implied, side, points }] };
// side: 1 or −1 where an implied edge passes on the right or the left, else 0.
export function layOut(stages) {
  const needs = knownNeeds(stages);
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 20, ranksep: 26, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stage of stages) graph.setNode(stage.id, { ...NODE });
  const pairs = [...needs].flatMap(([to, from]) => from.map(need => ({ from: need, to, implied: isImplied(need, from, needs) })));
  for (const { from, to, implied } of pairs) if (!implied) graph.setEdge(from, to);
  dagre.layout(graph);
  const places = new Map(stages.map(stage => [stage.id, graph.node(stage.id)]));
  const edges = pairs.map(pair => ({ ...pair, points: pair.implied ? [] : inner(graph.edge(pair.from, pair.to).points) }));
  attach(edges, places);
  return { width: graph.graph().width, height: graph.graph().height, places, edges };
}

function knownNeeds(stages) {
  const known = new Set(stages.map(stage => stage.id));
  return new Map(stages.map(stage => [stage.id, stage.needs.filter(need => known.has(need))]));
}

function isImplied(need, needsOfStage, needs) {
  return needsOfStage.some(other => other !== need && reaches(other, need, needs, new Set()));
}

function reaches(id, goal, needs, seen) {
  if (seen.has(id)) return false;
  seen.add(id);
  return needs.get(id).some(need => need === goal || reaches(need, goal, needs, seen));
}

// dagre's bends without the ends; an edge to the next rank has one, which only makes it wiggle.
function inner(points) {
  return points.length <= 3 ? [] : points.slice(1, -1);
}

// Edges leave from the bottom and arrive at the top, side by side in the order of where they lead.
function attach(edges, places) {
  for (const [id, { x, y }] of places) {
    spread(edges.filter(edge => edge.from === id), edge => edge.points[0] ?? places.get(edge.to), x)
      .forEach(([edge, port]) => { edge.start = { x: port, y: y + NODE.height / 2 }; });
    spread(edges.filter(edge => edge.to === id), edge => edge.points.at(-1) ?? places.get(edge.from), x)
      .forEach(([edge, port]) => { edge.end = { x: port, y: y - NODE.height / 2 }; });
  }
  for (const edge of edges) {
    edge.side = edge.implied ? (places.get(edge.to).x < places.get(edge.from).x ? -1 : 1) : 0;
    edge.points = edge.implied ? atTheSide(edge, places) : [edge.start, ...edge.points, edge.end];
  }
}

function spread(edges, towards, centre) {
  const shown = edges.filter(edge => !edge.implied).sort((a, b) => towards(a).x - towards(b).x);
  return shown.map((edge, index) => [edge, centre + (index - (shown.length - 1) / 2) * PORT_GAP]);
}

function atTheSide({ from, to, side }, places) {
  const [start, end] = [places.get(from), places.get(to)];
  return [{ x: start.x + side * NODE.width / 2, y: start.y + 9 }, { x: end.x + side * NODE.width / 2, y: end.y - 9 }];
}
