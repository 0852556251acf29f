import { h } from "dom";
import { moment, plural } from "format";
import { overview } from "overview";
import { stageLink } from "stage-details";
import { icon, runBadge, runLook, stageLook } from "states";

// select: shows a stage's details.
export function drawHeader(ledger, content, select) {
  document.title = `TMRVC report: ${ledger.profile}, ${runLook(ledger.result).word}`;
  document.getElementById("header").append(
    h("p", { class: "product" }, "TMRVC report"),
    h("div", { class: "headline" }, h("h1", {}, `Profile ${ledger.profile}`), runBadge(ledger.result)),
    h("p", { class: "byline muted" }, byline(ledger)),
    ...[failures(ledger.stages, select)].filter(Boolean),
    overview(ledger, content));
}

function byline(ledger) {
  return [h("time", { datetime: ledger.finished }, moment(ledger.finished)), ` · ${plural(ledger.stages.length, "stage")}: ${tally(ledger.stages)}`,
    ledger.revision ? [" · revision ", h("code", { title: ledger.revision }, ledger.revision.slice(0, 12))] : ""];
}

// What went wrong, before anything else.
function failures(stages, select) {
  const failed = stages.filter(stage => stage.state === "Failed" || stage.state === "Rejected");
  return failed.length === 0 ? null : h("ul", { class: "failures tone-bad", "aria-label": "Failures" }, failed.map(stage =>
    h("li", {}, icon(stageLook(stage.state)), h("span", {}, stageLink(stage.id, select), " ", stage.reason || stageLook(stage.state).word))));
}

function tally(stages) {
  const counts = new Map();
  for (const stage of stages) counts.set(stage.state, (counts.get(stage.state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${stageLook(state).word}`).join(", ") || "none";
}
