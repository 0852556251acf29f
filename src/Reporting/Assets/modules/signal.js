// One sound of an utterance: waveform, mel picture, player, and its few figures.

import { h, pairs } from "dom";
import { number } from "format";
import { melPicture } from "mel";
import { player } from "player";
import { spectrumOf } from "spectrogram";
import { waveformOf } from "waveform";

const SHORT = { "SECS of conversions": "SECS", "SECS of reconstructions": "SECS", "F0 correlation": "F0 correlation", "Mel L1": "Mel L1" };

export function drawSignal(signal, id, axes, seconds) {
  const length = signal.mel ? `, ${(signal.mel.frames * signal.axes.secondsPerFrame).toFixed(1)} seconds` : "";
  const mel = signal.mel ? melPicture(signal.mel, signal.axes, axes, seconds, `Mel spectrogram, ${signal.label} of ${id}${length}`) : null;
  const sound = signal.audio ? player(signal.audio, `${signal.label}, ${id}`) : null;
  if (mel && sound) sound.follow(mel, seconds);
  return h("figure", { class: `signal ${signal.rank < 4 ? "given" : "made"}` },
    h("figcaption", {}, h("b", {}, signal.label), signal.note ? h("span", { class: "muted" }, signal.note) : null),
    sound?.data ? waveformOf(sound.data, seconds, `Waveform, ${signal.label} of ${id}`) : null,
    mel?.element,
    sound?.data ? spectrumOf(sound.data, seconds, `Spectrogram on a linear scale, ${signal.label} of ${id}`) : null,
    sound?.element, figures(signal.figures));
}

function figures(all) {
  const few = all.filter(figure => figure.name in SHORT && figure.value != null);
  return few.length === 0 ? null : pairs("sample-figures", few.map(figure => [SHORT[figure.name], `${number(figure.value, 3)}${figure.unit ? ` ${figure.unit}` : ""}`]));
}
