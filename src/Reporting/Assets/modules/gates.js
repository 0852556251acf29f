import { h, part } from "dom";
import { plural } from "format";
import { passBadge } from "states";
import { table } from "tables";

const COLUMNS = [
  { title: "Check", heading: true, cell: check => check.name },
  { title: "Found", cell: check => check.found },
  { title: "Allowed", cell: check => check.allowed },
  { title: "Result", cell: check => passBadge(check.passed) },
];

export function gatesPart(gates) {
  const failed = gates.filter(gate => !gate.passed).length;
  const remark = failed === 0 ? `${plural(gates.length, "gate")}, all passed.` : `${failed} of ${plural(gates.length, "gate")} failed: what needs it is blocked.`;
  return part("gates", "Gates", remark, gates.map(gate =>
    h("article", { class: "card" },
      h("div", { class: "curve-head" }, h("h3", {}, gate.stage), passBadge(gate.passed)),
      table(`Checks of ${gate.stage}`, COLUMNS, gate.checks))));
}
