import { h, pairs } from "dom";
import { duration, moment, money, plural, travelled } from "format";
import { stageLink } from "stage-details";
import { icon, runBadge, runLook, stageLook } from "states";

// select: shows a stage's details.
export function drawHeader(ledger, select) {
  document.title = `TMRVC report: ${ledger.profile}, ${runLook(ledger.result).word}`;
  document.getElementById("header").append(
    h("p", { class: "product" }, "TMRVC build report"),
    h("div", { class: "headline" }, h("h1", {}, `Profile ${ledger.profile}`), runBadge(ledger.result)),
    pairs("facts", facts(ledger)),
    ...[failures(ledger.stages, select)].filter(Boolean));
}

// What went wrong, before anything else.
function failures(stages, select) {
  const failed = stages.filter(stage => stage.state === "Failed" || stage.state === "Rejected");
  return failed.length === 0 ? null : h("ul", { class: "failures tone-bad", "aria-label": "Failures" }, failed.map(stage =>
    h("li", {}, icon(stageLook(stage.state)), h("span", {}, stageLink(stage.id, select), " ", stage.reason || stageLook(stage.state).word))));
}

function facts(ledger) {
  const sum = amount => ledger.stages.reduce((total, stage) => total + (amount(stage) ?? 0), 0);
  const cost = sum(stage => stage.cost);
  const expected = ledger.stages.filter(stage => typeof stage.expectedDuration === "number");
  const moved = travelled(sum(stage => stage.downloaded), sum(stage => stage.uploaded));
  return [
    ["Finished", h("time", { datetime: ledger.finished }, moment(ledger.finished))],
    ["Took", duration(ledger.duration)],
    [plural(ledger.stages.length, "stage"), tally(ledger.stages)],
    ledger.revision ? ["Revision", h("code", {}, ledger.revision)] : null,
    moved ? ["Travelled", moved] : null,
    cost > 0 ? ["Cost", money(cost)] : null,
    expected.length > 0 ? ["Expected", against(expected)] : null,
  ].filter(Boolean);
}

// What the stages took of which that was expected.
function against(stages) {
  const sum = amount => stages.reduce((total, stage) => total + (amount(stage) ?? 0), 0);
  const cost = sum(stage => stage.expectedCost);
  const times = `${duration(sum(stage => stage.expectedDuration))}, taken ${duration(sum(stage => stage.duration))}`;
  return cost > 0 ? `${times}; ${money(cost)}, spent ${money(sum(stage => stage.cost))}` : times;
}

function tally(stages) {
  const counts = new Map();
  for (const stage of stages) counts.set(stage.state, (counts.get(stage.state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${stageLook(state).word}`).join(", ") || "none";
}
