// Numbers as people read them.

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 0.1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(count) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${count} B` : `${value.toPrecision(3)} ${units[unit]}`;
}

export function count(value) {
  return value.toLocaleString("en", { maximumFractionDigits: 0 });
}

// Significant digits (four), without exponent where that is short.
export function number(value, digits = 4) {
  if (value === null || value === undefined) return "–";
  if (value === 0 || Number.isInteger(value) && Math.abs(value) < 1e7) return count(value);
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e7 ? exponential(value) : signed(String(Number(value.toPrecision(digits))));
}

function exponential(value) {
  const [digits, exponent] = value.toExponential(2).split("e");
  return signed(`${Number(digits)}e${Number(exponent)}`);
}

// With a true minus sign.
export function signed(text) {
  return text.replaceAll("-", "−");
}

// With the decimals that the largest of a row needs for four significant digits, five at most; none where all are whole.
export function aligned(value, row) {
  const sizes = row.filter(Number.isFinite).map(Math.abs);
  const decimals = sizes.every(Number.isInteger) ? 0 : 3 - Math.floor(Math.log10(Math.max(...sizes, 1e-2)));
  return signed(value.toFixed(Math.min(5, Math.max(0, decimals))));
}

// A text's numbers without trailing zeros, with true minus signs, and not parted from their spreads and counts.
export function tidy(text) {
  return text.replace(/\d+\.\d+/g, digits => digits.replace(/\.?0+$/, "")).replace(/(^|[\s(])-(?=\d)/g, "$1−").replace(/ (?=±|= \d)|(?<=[±=]) (?=\d)/g, "\u00a0");
}

// How many times as much; empty where either is unknown.
export function ratio(value, expected) {
  return typeof value === "number" && expected > 0 ? `${Number((value / expected).toPrecision(2))} ×` : "";
}

export function money(dollars) {
  return dollars === null || dollars === undefined ? "" : `$${dollars.toFixed(2)}`;
}

// What went to and fro between this machine and the cache; empty when nothing did.
export function travelled(downloaded, uploaded) {
  return [downloaded > 0 ? `${bytes(downloaded)} from the cache` : "", uploaded > 0 ? `${bytes(uploaded)} to the cache` : ""].filter(Boolean).join(", ");
}

export function shortHash(hash) {
  return hash.slice(0, 12);
}

export function moment(iso) {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

export function plural(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}
