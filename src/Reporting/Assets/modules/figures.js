// Measured figures side by side: a row for each figure that any column has.

import { h, part } from "dom";
import { aligned } from "format";
import { whenOpened } from "lazy";
import { meaningOf } from "glossary";
import { table } from "tables";

// The product first: an evaluation of several systems has a table of its own, the others share one.
export function figuresPart(evaluations) {
  const compared = evaluations.filter(evaluation => evaluation.systems?.length).reverse();
  const alone = evaluations.filter(evaluation => !evaluation.systems?.length);
  return part("figures", "Figures", "Measured on held-out recordings that no training saw; ± is the standard error of a mean.",
    h("div", { class: "card folds" },
      compared.map((evaluation, index) => comparison(`${evaluation.stage}: ${evaluation.systems.length} systems compared`, evaluation.systems, settingsOf(evaluation), index === 0)),
      alone.length === 0 ? null : comparison(alone.length > 1 ? `${alone.map(({ stage }) => stage).join(", ")} compared` : alone[0].stage,
        alone.map(({ stage, figures }) => ({ name: stage, figures })), settingsOf(alone.at(-1)), compared.length === 0),
      compared.filter(evaluation => evaluation.figures.length > 0).map(evaluation => comparison(`${evaluation.stage}: what its figures are measured against`, [{ name: "Value", figures: evaluation.figures }], "", false))));
}

function settingsOf(evaluation) {
  return Object.entries(evaluation.settings).map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`).join(" · ");
}

function comparison(title, systems, settings, open) {
  const named = new Map(systems.flatMap(system => system.figures).map(figure => [figure.name, figure]));
  const rows = [...named.values()].filter(({ name }) => systems.some(system => figureOf(system, name)?.value != null));
  const absent = [...named.values()].filter(figure => !rows.includes(figure));
  const columns = systems.map(system => ({ title: system.name, kind: "number", cell: ({ name }) => cell(figureOf(system, name), systems.map(other => figureOf(other, name)?.value)) }));
  const details = h("details", { class: "fold figures-card", open }, h("summary", {}, h("h3", {}, title), h("span", { class: "muted small" }, `${rows.length} figures`)));
  return whenOpened(details, () => [
    settings ? h("p", { class: "muted small settings" }, settings) : null,
    table(title, [{ title: "Figure", heading: true, kind: "figure", cell: head }, ...columns], rows),
    notes(systems, absent),
  ]);
}

const figureOf = (system, name) => system.figures.find(figure => figure.name === name);

function head(figure) {
  return [figure.unit ? `${figure.name}, ${figure.unit}` : figure.name, h("small", {}, [figure.note ? `${figure.note[0].toUpperCase()}${figure.note.slice(1)}.` : "", meaningOf(figure.name)].filter(Boolean).join(" "))];
}

function notes(systems, absent) {
  const lines = [
    ...systems.filter(system => system.note).map(system => [h("b", {}, system.name), ` ${system.note}`]),
    ...absent.map(figure => [h("b", {}, figure.name), ` ${figure.note || "not measured"}`]),
  ];
  return lines.length === 0 ? null : h("ul", { class: "notes muted small" }, lines.map(line => h("li", {}, line)));
}

// A row's values have as many decimals as the largest of them needs for four digits.
function cell(figure, row) {
  if (figure?.value == null) return "–";
  const shown = aligned(figure.value, row);
  return figure.standardError == null ? shown : [shown, h("span", { class: "muted" }, ` ± ${aligned(figure.standardError, row)}`)];
}
