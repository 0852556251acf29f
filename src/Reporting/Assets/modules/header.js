import { h, pairs } from "dom";
import { duration, moment, money, plural } from "format";
import { runBadge, runLook, stageLook } from "states";

export function drawHeader(ledger) {
  document.title = `TMRVC report: ${ledger.profile}, ${runLook(ledger.result).word}`;
  document.getElementById("header").append(
    h("p", { class: "product" }, "TMRVC build report"),
    h("div", { class: "headline" }, h("h1", {}, `Profile ${ledger.profile}`), runBadge(ledger.result)),
    pairs("facts", facts(ledger)));
}

function facts(ledger) {
  const cost = ledger.stages.reduce((sum, stage) => sum + (stage.cost ?? 0), 0);
  return [
    ["Finished", h("time", { datetime: ledger.finished }, moment(ledger.finished))],
    ["Took", duration(ledger.duration)],
    ["Stages", tally(ledger.stages)],
    ledger.revision ? ["Revision", h("code", {}, ledger.revision)] : null,
    cost > 0 ? ["Cost", money(cost)] : null,
  ].filter(Boolean);
}

function tally(stages) {
  const counts = new Map();
  for (const stage of stages) counts.set(stage.state, (counts.get(stage.state) ?? 0) + 1);
  const words = [...counts].map(([state, count]) => `${count} ${stageLook(state).word}`);
  return stages.length === 0 ? "none" : `${plural(stages.length, "stage")}: ${words.join(", ")}`;
}
