// Draws what is costly only when somebody looks.

// Fills a details element the first time it is opened; a page that is printed opens what it must.
export function whenOpened(details, draw) {
  const fill = () => details.append(...draw().filter(Boolean));
  if (details.open) fill();
  else details.addEventListener("toggle", fill, { once: true });
  return details;
}

const waiting = new WeakMap();
const observer = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    waiting.get(target)();
  }
}, { rootMargin: "300px" });

export function whenSeen(element, draw) {
  waiting.set(element, draw);
  observer.observe(element);
}
