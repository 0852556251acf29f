// Links to the sections; the one in view is marked.

import { h } from "dom";

export function drawNavigation(main) {
  const links = new Map([...main.querySelectorAll("section.part")].map(section =>
    [section, h("a", { href: `#${section.id}` }, section.querySelector("h2").textContent)]));
  document.getElementById("sections").append(...[...links.values()].map(link => h("li", {}, link)));
  const visible = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) entry.isIntersecting ? visible.add(entry.target) : visible.delete(entry.target);
    const current = [...links.keys()].find(section => visible.has(section));
    for (const [section, link] of links) section === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  }, { rootMargin: "-25% 0px -60% 0px" });
  for (const section of links.keys()) observer.observe(section);
}
