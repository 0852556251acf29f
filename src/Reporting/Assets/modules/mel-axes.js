// HTK mel: where a frequency stands on the picture, and the ticks of both axes.

const toMel = hertz => 2595 * Math.log10(1 + hertz / 700);
const toHertz = mel => 700 * (10 ** (mel / 2595) - 1);

const FREQUENCY_TICKS = [0, 250, 500, 1000, 2000, 4000, 8000, 12000, 16000];

// Share of the picture's height, 0 at the bottom.
export function heightOf(hertz, axes) {
  const low = toMel(axes.melFmin);
  return (toMel(hertz) - low) / (toMel(axes.melFmax) - low);
}

export function hertzAt(height, axes) {
  const low = toMel(axes.melFmin);
  return toHertz(low + height * (toMel(axes.melFmax) - low));
}

export function frequencyTicks(axes) {
  return FREQUENCY_TICKS.filter(hertz => hertz >= axes.melFmin && hertz <= axes.melFmax && hertz !== 250);
}

// At most seven round steps.
export function timeTicks(seconds) {
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60].find(candidate => seconds / candidate <= 7) ?? 60;
  const ticks = [];
  for (let i = 0; i * step <= seconds + 1e-9; i++) ticks.push(Number((i * step).toFixed(1)));
  return ticks;
}
