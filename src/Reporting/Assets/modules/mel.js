// A mel picture: levels through the colour map onto a canvas, labelled axes around it, a playhead over it.

import { DIVERGING, MAGMA, decibels } from "colormap";
import { bytesOf } from "data";
import { h } from "dom";
import { frequencyTicks, heightOf, hertzAt, timeTicks } from "mel-axes";

// Nepers of power: 20 dB.
const DIFFERENCE_SPAN = 2 * Math.LN10;

// One colour scale for pictures of several evaluations.
export function commonAxes(all) {
  return { ...all[0], lowest: Math.min(...all.map(axes => axes.lowest)), highest: Math.max(...all.map(axes => axes.highest)) };
}

// axes: what the mel's own levels mean; common: of the picture; seconds: length of the time axis, shared by the pictures of an utterance.
export function melPicture(mel, axes, common, seconds, label) {
  const range = common.highest - common.lowest;
  const levels = Uint8ClampedArray.from(powers(mel, axes), power => (power - common.lowest) / range * 255);
  return picture({ ...mel, levels }, common, seconds, label, MAGMA, level => decibels(common.lowest + level / 255 * range));
}

// Where the generated mel is louder (red) or quieter (blue) than the target, each { mel, axes }; ±20 dB take the whole colour scale.
export function differencePicture(target, generated, common, seconds, label) {
  const floor = Math.max(target.axes.lowest, generated.axes.lowest);
  const wanted = powers(target.mel, target.axes);
  const levels = Uint8ClampedArray.from(powers(generated.mel, generated.axes),
    (power, i) => 127.5 + 127.5 * (Math.max(floor, power) - Math.max(floor, wanted[i])) / DIFFERENCE_SPAN);
  return picture({ ...target.mel, levels }, common, seconds, label, DIVERGING, readDifference);
}

// Natural-log power of each value.
function powers(mel, axes) {
  return Float32Array.from(bytesOf(mel.levels), level => axes.lowest + level / 255 * (axes.highest - axes.lowest));
}

function readDifference(level) {
  const bound = { 0: "at most ", 255: "at least " }[level] ?? "";
  return bound + decibels((level - 127.5) / 127.5 * DIFFERENCE_SPAN);
}

function picture(mel, axes, seconds, label, colours, read) {
  const canvas = h("canvas", { width: Math.max(mel.frames, Math.round(seconds / axes.secondsPerFrame)), height: mel.bins, role: "img", "aria-label": label });
  paint(canvas, mel, colours);
  const playhead = h("div", { class: "playhead", hidden: true });
  const readout = h("div", { class: "readout", hidden: true });
  const frame = h("div", { class: "mel-picture" }, canvas, playhead, readout);
  frame.addEventListener("pointermove", event => showReadout(event, frame, readout, mel, axes, seconds, read));
  frame.addEventListener("pointerleave", () => { readout.hidden = true; });
  return {
    element: h("div", { class: "mel" }, frequencyAxis(axes), frame, timeAxis(seconds)),
    picture: frame,
    show: second => {
      playhead.hidden = second === null;
      if (second !== null) playhead.style.left = `${Math.min(1, second / seconds) * 100}%`;
    },
  };
}

function paint(canvas, { bins, frames, levels }, colours) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, bins);
  for (let bin = 0; bin < bins; bin++)
    for (let frame = 0; frame < canvas.width; frame++) {
      const level = frame < frames ? levels[bin * frames + frame] * 4 : 0;
      image.data.set(colours.subarray(level, level + 4), ((bins - 1 - bin) * canvas.width + frame) * 4);
    }
  context.putImageData(image, 0, 0);
}

function frequencyAxis(axes) {
  return h("div", { class: "mel-axis frequency", "aria-hidden": "true" },
    frequencyTicks(axes).map(hertz => h("span", { style: `bottom:${heightOf(hertz, axes) * 100}%` }, hertz >= 1000 ? `${hertz / 1000} kHz` : `${hertz} Hz`)));
}

function timeAxis(seconds) {
  return h("div", { class: "mel-axis time", "aria-hidden": "true" }, timeTicks(seconds).map(second => {
    const share = second / seconds;
    return h("span", { class: share < 0.02 ? "start" : share > 0.96 ? "end" : null, style: `left:${share * 100}%` }, `${second} s`);
  }));
}

function showReadout(event, picture, readout, mel, axes, seconds, read) {
  const box = picture.getBoundingClientRect();
  const second = (event.clientX - box.left) / box.width * seconds;
  const height = 1 - (event.clientY - box.top) / box.height;
  const frame = Math.floor(second / axes.secondsPerFrame);
  const bin = Math.min(mel.bins - 1, Math.max(0, Math.floor(height * mel.bins)));
  readout.hidden = frame < 0 || frame >= mel.frames;
  if (readout.hidden) return;
  readout.textContent = `${second.toFixed(2)} s · ${Math.round(hertzAt(height, axes))} Hz · ${read(mel.levels[bin * mel.frames + frame])} dB`;
}

export function colourBar(axes) {
  const canvas = h("canvas", { width: 256, height: 1, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  const image = context.createImageData(256, 1);
  image.data.set(MAGMA);
  context.putImageData(image, 0, 0);
  return h("div", { class: "colour-bar", role: "img", "aria-label": `Colour scale of all pictures, from ${decibels(axes.lowest)} to ${decibels(axes.highest)} decibels` },
    h("span", {}, "Mel pictures ", `${decibels(axes.lowest)} dB`), canvas, `${decibels(axes.highest)} dB`);
}
