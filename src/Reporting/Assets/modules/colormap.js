// Magma (matplotlib, CC0): perceptually uniform, readable in grey. Seventeen anchors, straight lines between them.

import { signed } from "format";

const ANCHORS = ("000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 cf4070 e55064 f4695c fb8761 fea571 fec287 fde0a1 fcfdbf")
  .split(" ").map(hex => [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16)));

// [256 × 4] RGBA.
export const MAGMA = (() => {
  const table = new Uint8ClampedArray(256 * 4);
  for (let level = 0; level < 256; level++) {
    const position = level / 255 * (ANCHORS.length - 1);
    const from = Math.min(Math.floor(position), ANCHORS.length - 2);
    const share = position - from;
    for (let c = 0; c < 3; c++) table[level * 4 + c] = ANCHORS[from][c] * (1 - share) + ANCHORS[from + 1][c] * share;
    table[level * 4 + 3] = 255;
  }
  return table;
})();

const DECIBELS_PER_NEPER = 10 / Math.LN10;

export function decibels(logPower) {
  return signed(String(Math.round(logPower * DECIBELS_PER_NEPER)));
}
