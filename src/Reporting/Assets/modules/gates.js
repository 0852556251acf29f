// Verdicts: one line for each gate, its checks on demand; a failed gate stands open.

import { h, part } from "dom";
import { number, plural, signed, tidy } from "format";
import { marginOf, tightest } from "margin";
import { passBadge } from "states";
import { table } from "tables";

const SHOWN_AT_ONCE = 12;

const COLUMNS = [
  { title: "Check", heading: true, cell: check => check.name },
  { title: "Value", kind: "value", cell: check => tidy(check.found) },
  { title: "Bar", kind: "bar", cell: check => tidy(check.allowed) },
  { title: "Margin", kind: "number", cell: check => marginText(check) },
  { title: "Verdict", cell: check => passBadge(check.passed) },
];

export function gatesPart(gates) {
  const failed = gates.filter(gate => !gate.passed).length;
  const remark = failed === 0
    ? `${plural(gates.length, "gate")}, all passed. A gate lets later stages run only when every check keeps its bar.`
    : `${failed} of ${plural(gates.length, "gate")} failed: what needs it is blocked.`;
  return part("gates", "Gates", remark, h("div", { class: "card folds" }, gates.map(drawGate)));
}

function drawGate(gate) {
  const passed = gate.checks.filter(check => check.passed).length;
  return h("details", { class: "fold gate", open: !gate.passed },
    h("summary", {}, h("h3", {}, gate.stage), passBadge(gate.passed), h("span", { class: "muted small" }, `${passed} of ${plural(gate.checks.length, "check")} passed${tightestText(gate)}`)),
    ...checks(gate));
}

// All that failed comes first, then what is nearest to its bar.
function checks(gate) {
  const room = check => (check.passed ? 0 : -1e9) + Math.min(1e6, marginOf(check)?.share ?? 1e6);
  const sorted = gate.checks.length > SHOWN_AT_ONCE || !gate.passed ? [...gate.checks].sort((a, b) => room(a) - room(b)) : gate.checks;
  const shown = Math.max(SHOWN_AT_ONCE, gate.checks.filter(check => !check.passed).length);
  const [first, rest] = [sorted.slice(0, shown), sorted.slice(shown)];
  return [
    table(`Checks of ${gate.stage}`, COLUMNS, first),
    rest.length === 0 ? null : h("details", { class: "fold more" }, h("summary", {}, plural(rest.length, "more check")), table(`More checks of ${gate.stage}`, COLUMNS, rest)),
  ].filter(Boolean);
}

function tightestText(gate) {
  const least = gate.passed ? tightest(gate.checks) : null;
  return least ? ` · closest to its bar: ${least.check.name}` : "";
}

function marginText(check) {
  const room = marginOf(check);
  return room ? `${room.margin > 0 ? "+" : ""}${signed(String(number(room.margin, 3)))}` : "";
}
