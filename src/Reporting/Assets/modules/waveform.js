// A waveform: for each column the lowest and the highest sample in it.

import { h } from "dom";
import { whenSeen } from "lazy";
import { decode } from "sound";

const COLUMNS = 600;
const HEIGHT = 44;

// Speech at the corpus's loudness peaks near a third of full scale.
const SHOWN = 0.5;

export function waveformOf(data, seconds, label) {
  const canvas = h("canvas", { width: COLUMNS, height: HEIGHT, role: "img", "aria-label": label });
  whenSeen(canvas, async () => draw(canvas, await decode(data), seconds));
  return h("div", { class: "waveform" }, canvas);
}

function draw(canvas, sound, seconds) {
  if (!sound) return;
  const context = canvas.getContext("2d");
  context.fillStyle = getComputedStyle(canvas).color;
  for (const [column, [low, high]] of extremes(sound, seconds).entries())
    context.fillRect(column, (1 - high / SHOWN) / 2 * HEIGHT, 1, Math.max(1, (high - low) / SHOWN / 2 * HEIGHT));
}

// [lowest, highest] of each of the columns that the sound reaches.
export function extremes({ samples, sampleRate }, seconds) {
  const step = seconds * sampleRate / COLUMNS;
  return Array.from({ length: Math.min(COLUMNS, Math.ceil(samples.length / step)) }, (_, column) => {
    let [low, high] = [1, -1];
    for (let i = Math.floor(column * step); i < Math.min(samples.length, Math.ceil((column + 1) * step)); i++) {
      low = Math.min(low, samples[i]);
      high = Math.max(high, samples[i]);
    }
    return [Math.max(-1, low), Math.min(1, high)];
  });
}
