import { costsPart } from "costs";
import { curvesPart } from "curves";
import { content, ledger, licences } from "data";
import { h } from "dom";
import { figuresPart } from "figures";
import { gatesPart } from "gates";
import { graphPart } from "graph";
import { drawHeader } from "header";
import { drawNavigation } from "navigation";
import { provenancePart } from "provenance";
import { quarantinePart } from "quarantine";
import { samplesPart } from "samples";
import { stageTable } from "stage-table";

function parts(graph) {
  graph.section.append(stageTable(ledger, graph.select));
  return [
    content?.gates.length ? gatesPart(content.gates) : null,
    content?.evaluations.length ? figuresPart(content.evaluations) : null,
    content?.evaluations.length ? samplesPart(content.evaluations) : null,
    content?.training.length ? curvesPart(content.training) : null,
    content ? null : h("p", { class: "notice part" }, "The report stage has not run, so there are no curves, samples and gates to show yet."),
    graph.section,
    costsPart(ledger),
    quarantinePart(ledger.stages, content?.quarantine ?? []),
    provenancePart(ledger.stages),
  ].filter(Boolean);
}

const graph = graphPart(ledger);
drawHeader(ledger, content, graph.select);
const main = document.getElementById("main");
main.append(...parts(graph));
drawNavigation(main);
document.getElementById("footer").append(
  h("details", {}, h("summary", {}, "Self-contained: no part of this page comes from elsewhere. Charts by uPlot, graph layout by dagre (licences)."), h("pre", { tabindex: "0", "aria-label": "Licences" }, licences)));
document.documentElement.dataset.ready = "true";
performance.mark("ready");
