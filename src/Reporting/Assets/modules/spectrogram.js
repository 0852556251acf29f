// A spectrogram on a linear scale, computed from the sound itself: Hann windows of 1024 samples every 240.

import { MAGMA } from "colormap";
import { h } from "dom";
import { powerSpectrum } from "fft";
import { whenSeen } from "lazy";
import { decode } from "sound";

const WINDOW = 1024;
const HOP = 240;
const SPAN_DECIBELS = 70;

export function spectrumOf(data, seconds, label) {
  const canvas = h("canvas", { width: 10, height: WINDOW / 2, role: "img", "aria-label": label });
  whenSeen(canvas, async () => draw(canvas, await decode(data), seconds));
  return h("div", { class: "spectrum" }, h("div", { class: "mel-axis", "aria-hidden": "true" }, h("span", { style: "top:0" }, "12 kHz"), h("span", { style: "bottom:0" }, "0 Hz")), canvas);
}

function draw(canvas, sound, seconds) {
  if (!sound) return;
  const frames = decibelsOf(sound.samples);
  const highest = frames.reduce((most, frame) => Math.max(most, ...frame), -200);
  canvas.width = Math.max(frames.length, Math.round(seconds * sound.sampleRate / HOP));
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  for (let frame = 0; frame < canvas.width; frame++)
    for (let bin = 0; bin < canvas.height; bin++) {
      const share = frame < frames.length ? 1 + (frames[frame][bin] - highest) / SPAN_DECIBELS : 0;
      const level = Math.round(255 * Math.min(1, Math.max(0, share))) * 4;
      image.data.set(MAGMA.subarray(level, level + 4), ((canvas.height - 1 - bin) * canvas.width + frame) * 4);
    }
  context.putImageData(image, 0, 0);
}

// [frame][bin] of decibels; bins of sampleRate / 1024 hertz from 0 up to half the rate.
export function decibelsOf(samples) {
  const hann = Float32Array.from({ length: WINDOW }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW));
  const frames = [];
  for (let start = 0; start + WINDOW <= samples.length; start += HOP)
    frames.push(powerSpectrum(hann.map((weight, i) => weight * samples[start + i])).map(power => 10 * Math.log10(power + 1e-12)));
  return frames;
}
