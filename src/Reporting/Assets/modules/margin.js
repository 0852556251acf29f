// How far a check's value is from its bar, read off the two texts; null where they are not one number and one bound.

const NUMBER = String.raw`[-−]?\d[\d.]*(?:e[-+]?\d+)?`;
const BOUND = new RegExp(`^(≥|≤|>|<)\\s*(${NUMBER})(?:\\s*×\\s*(${NUMBER}))?`);
const VALUE = new RegExp(`^(${NUMBER})(?:\\s*±\\s*${NUMBER})?(?:\\s*\\(n = \\d+\\))?$`);

const read = text => Number(text.replace("−", "-"));

// → { bar, value, margin, share }: margin is positive on the allowed side; share is the margin over |bar|, for comparing checks.
export function marginOf({ found, allowed }) {
  const [bound, value] = [BOUND.exec(allowed), VALUE.exec(found.trim())];
  if (!bound || !value) return null;
  const bar = read(bound[2]) * (bound[3] ? read(bound[3]) : 1);
  const measured = read(value[1]);
  const margin = bound[1] === "≥" || bound[1] === ">" ? measured - bar : bar - measured;
  return { bar, value: measured, margin, share: margin / Math.max(Math.abs(bar), 1e-12) };
}

// The check with the least room, relative to its bar; undefined where none has a number.
export function tightest(checks) {
  return checks.map(check => ({ check, room: marginOf(check) })).filter(({ room }) => room).sort((a, b) => a.room.share - b.room.share)[0];
}
