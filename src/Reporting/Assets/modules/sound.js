// Encoded sounds of the page, decoded when a picture of one is wanted.

import { bytesOf, content } from "data";

const decoded = new Map();

// Encoded, base64; undefined where the page has no room for it.
export const soundOf = audio => content.sounds[audio.sound];

// → Promise of { samples: Float32Array, sampleRate }; null where the browser cannot decode it.
export function decode(data) {
  if (!decoded.has(data)) decoded.set(data, decodeNow(data));
  return decoded.get(data);
}

// At 24 kHz, so that nothing above the models' own band is shown.
async function decodeNow(data) {
  try {
    const buffer = await new OfflineAudioContext(1, 1, 24000).decodeAudioData(bytesOf(data).buffer);
    return { samples: buffer.getChannelData(0), sampleRate: buffer.sampleRate };
  } catch {
    return null;
  }
}
