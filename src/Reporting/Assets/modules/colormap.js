// Magma (matplotlib, CC0) for levels: perceptually uniform, readable in grey. Straight lines between its anchors.
// For differences blue, pale, red: equally dark at both ends, and told apart with any colour vision.

import { signed } from "format";

const MAGMA_ANCHORS = "000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 cf4070 e55064 f4695c fb8761 fea571 fec287 fde0a1 fcfdbf";
const DIVERGING_ANCHORS = "123a6f 2a69ad 6ea6d4 b9d6ea f5f5f2 f3c9b0 e0896a b8402f 6b1420";

// [256 × 4] RGBA.
function table(hexes) {
  const anchors = hexes.split(" ").map(hex => [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16)));
  const colours = new Uint8ClampedArray(256 * 4);
  for (let level = 0; level < 256; level++) {
    const position = level / 255 * (anchors.length - 1);
    const from = Math.min(Math.floor(position), anchors.length - 2);
    const share = position - from;
    for (let c = 0; c < 3; c++) colours[level * 4 + c] = anchors[from][c] * (1 - share) + anchors[from + 1][c] * share;
    colours[level * 4 + 3] = 255;
  }
  return colours;
}

export const MAGMA = table(MAGMA_ANCHORS);
export const DIVERGING = table(DIVERGING_ANCHORS);

const DECIBELS_PER_NEPER = 10 / Math.LN10;

export function decibels(logPower) {
  return signed(String(Math.round(logPower * DECIBELS_PER_NEPER)));
}
