// Streams a WAV file through exported networks by their contract alone: nothing here comes from the project's own code.
// usage: node client.mjs JOB ONNXRUNTIME; JOB is JSON: { models, wav, gain, hq, f0: [ln(F0 + 1) per hop], embedding, delta, output }
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ort = createRequire(process.argv[3])('onnxruntime-node');
const rate = 24000, hop = 240, window = 960, size = 1024, bins = 513, bands = 80;
const hann = Float64Array.from({ length: window }, (_, n) => 0.5 - 0.5 * Math.cos(2 * Math.PI * n / window));
const [cosine, sine] = [Math.cos, Math.sin].map(f => Float64Array.from({ length: size }, (_, n) => f(2 * Math.PI * n / size)));

// 16-bit mono PCM in a RIFF file whose chunks are "fmt " and "data".
function samplesOf(path) {
  const file = readFileSync(path);
  let place = 12;
  while (file.toString('ascii', place, place + 4) !== 'data') place += 8 + file.readUInt32LE(place + 4);
  return Float32Array.from({ length: file.readUInt32LE(place + 4) / 2 }, (_, n) => file.readInt16LE(place + 8 + 2 * n) / 32768);
}

const hertzOf = mel => 700 * (10 ** (mel / 2595) - 1);
const edges = Array.from({ length: bands + 2 }, (_, n) => hertzOf(n * 2595 * Math.log10(1 + rate / 2 / 700) / (bands + 1)));
const weight = (band, hertz) => Math.max(0, Math.min(
  (hertz - edges[band]) / (edges[band + 1] - edges[band]), (edges[band + 2] - hertz) / (edges[band + 2] - edges[band + 1])));
const bank = Array.from({ length: bands }, (_, band) => Float64Array.from({ length: bins }, (_, bin) => weight(band, bin * rate / size)));

function logMelOf(frame) {
  const power = new Float64Array(bins);
  for (let k = 0; k < bins; k++) {
    let real = 0, imaginary = 0;
    for (let n = 0; n < window; n++) {
      const value = frame[n] * hann[n], turn = k * n % size;
      real += value * cosine[turn];
      imaginary -= value * sine[turn];
    }
    power[k] = real * real + imaginary * imaginary;
  }
  return Float32Array.from(bank, weights => Math.log(Math.max(1e-10, weights.reduce((sum, w, k) => sum + w * power[k], 0))));
}

function framesOf(magnitude, phase) {
  const [real, imaginary] = [Math.cos, Math.sin].map(f => Float64Array.from(magnitude, (m, k) => m * f(phase[k])));
  return Float64Array.from({ length: window }, (_, n) => {
    let sum = real[0] + real[bins - 1] * (n % 2 ? -1 : 1);
    for (let k = 1; k < bins - 1; k++) {
      const turn = k * n % size;
      sum += 2 * (real[k] * cosine[turn] - imaginary[k] * sine[turn]);
    }
    return sum / size * hann[n];
  });
}

async function networkOf(name) {
  const session = await ort.InferenceSession.create(`${job.models}/fp32/${name}.onnx`, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  let state = null;
  return async (inputs, stateShape) => {
    const feeds = Object.fromEntries(Object.entries(inputs).map(([key, [values, shape]]) => [key, new ort.Tensor('float32', values, shape)]));
    feeds.state_in = state ?? new ort.Tensor('float32', new Float32Array(stateShape.reduce((a, b) => a * b)), stateShape);
    const outputs = await session.run(feeds);
    state = outputs.state_out;
    return outputs;
  };
}

const ahead = job.hq ? 6 : 0;
const [contentEncoder, converter, vocoder, irEstimator] =
  await Promise.all(['content_encoder', job.hq ? 'converter_hq' : 'converter', 'vocoder', 'ir_estimator'].map(networkOf));
const speech = samplesOf(job.wav);
const hops = Math.ceil(speech.length / hop) + window / hop - 1 + ahead;
const padded = new Float32Array(window - hop + hops * hop);
padded.set(speech.map(value => Math.fround(value * Math.fround(job.gain))), window - hop);
let room = Float32Array.from({ length: 24 }, (_, n) => n < 8 ? 0.05 : n < 16 ? 30 : 0);
const mels = [], contents = [], sum = new Float64Array(hops * hop + window), norm = new Float64Array(hops * hop + window);

for (let f = 0; f < hops; f++) {
  const mel = logMelOf(padded.subarray(f * hop, f * hop + window));
  mels.push(mel);
  if (f % 10 === 9) {
    const chunk = Float32Array.from({ length: bands * 10 }, (_, n) => mels[f - 9 + n % 10][Math.floor(n / 10)]);
    room = (await irEstimator({ mel_chunk: [chunk, [1, bands, 10]] }, [1, job.widths.room, 6])).ir_params.data.slice();
  }
  const content = (await contentEncoder(
    { mel_frame: [mel, [1, bands, 1]], f0: [Float32Array.of(job.f0[f]), [1, 1, 1]] }, [1, job.widths.content, 28])).content.data;
  contents.push(content.slice());
  if (f < ahead) continue;
  const seen = Float32Array.from({ length: 256 * (1 + ahead) }, (_, n) => contents[f - ahead + n % (1 + ahead)][Math.floor(n / (1 + ahead))]);
  const features = (await converter({
    content: [seen, [1, 256, 1 + ahead]],
    spk_embed: [Float32Array.from(job.embedding), [1, 192]],
    lora_delta: [Float32Array.from(job.delta), [1, 24576]],
    ir_params: [room, [1, 24]],
  }, [1, job.widths.converter, 52 - ahead])).pred_features.data.slice();
  const { stft_mag, stft_phase } = await vocoder({ features: [features, [1, bins, 1]] }, [1, job.widths.vocoder, 14]);
  const samples = framesOf(stft_mag.data, stft_phase.data);
  for (let n = 0; n < window; n++) { // the frame of hop f − ahead begins three hops before it
    sum[(f - ahead) * hop + n] += samples[n];
    norm[(f - ahead) * hop + n] += hann[n] * hann[n];
  }
}

const first = window - hop;
const converted = Float32Array.from({ length: speech.length }, (_, n) => sum[first + n] / norm[first + n] / job.gain);
writeFileSync(job.output, Buffer.from(converted.buffer));
