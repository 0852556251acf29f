// Tables; on a narrow screen each row becomes a card whose cells carry their column's name.

import { h } from "dom";

// columns: [{ title, cell: row => content, kind: "" | number | path | long | hash | stage | figure | value | bar | gauge | aside (left out on a phone), heading }]
// look: stack (rows become cards) or plain (stays a table)
export function table(caption, columns, rows, look = "stack") {
  return h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: look },
      h("caption", { class: "visually-hidden" }, caption),
      h("thead", {}, h("tr", {}, columns.map(column => h("th", { scope: "col", class: column.kind }, column.title)))),
      h("tbody", {}, rows.map(row => h("tr", {}, columns.map(column => cell(column, row)))))));
}

function cell(column, row) {
  const attributes = { class: column.kind, "data-label": column.title };
  return h(column.heading ? "th" : "td", column.heading ? { ...attributes, scope: "row" } : attributes, column.cell(row));
}
