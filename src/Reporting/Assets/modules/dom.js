// Builds elements. Text only ever becomes text nodes and attributes only ever go through setAttribute,
// so nothing that an artifact holds is read as markup.

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

// A section of the page with its heading; main collects them into the navigation.
export function part(id, title, remark, ...children) {
  return h("section", { class: "part", id, "aria-labelledby": `${id}-title` },
    h("div", { class: "part-head" }, h("h2", { id: `${id}-title` }, title), remark ? h("p", {}, remark) : null),
    children);
}

// Name and value pairs; a value may be an element.
export function pairs(className, entries) {
  return h("dl", { class: className }, entries.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}
