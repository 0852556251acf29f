// Several systems that said the same: a row for each figure that any of them has, a column for each system.

import { h } from "dom";
import { number } from "format";
import { table } from "tables";

export function systemsTable({ stage, systems }) {
  const named = new Map(systems.flatMap(system => system.figures).filter(figure => figure.value != null).map(figure => [figure.name, figure]));
  const columns = systems.map(system => ({ title: system.name, kind: "number", cell: figure => shown(system.figures.find(own => own.name === figure.name)) }));
  return h("div", { class: "systems" },
    table(`Systems of ${stage} compared`, [{ title: "Figure", heading: true, cell: figure => figure.unit ? `${figure.name}, ${figure.unit}` : figure.name }, ...columns], [...named.values()]),
    h("p", { class: "muted small" }, systems.filter(system => system.note).map(system => `${system.name}: ${system.note}`).join("; ")));
}

function shown(figure) {
  return figure?.value == null ? "–" : number(figure.value) + (figure.standardError == null ? "" : ` ± ${number(figure.standardError)}`);
}
