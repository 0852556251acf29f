// What the figures mean, one line each. A figure belongs to the longest entry that its name begins with or contains.

const MEANINGS = {
  "SECS of conversions": "Speaker similarity: cosine of the converted voice's embedding and that of the voice asked for; recordings of two voices are the floor, of one voice the ceiling.",
  "SECS of conversions to their source": "How much of the source's voice is left; lower is better.",
  "SECS of real recordings of one speaker": "What real recordings of one voice reach among themselves: the ceiling.",
  "SECS of real recordings of two speakers": "What two different voices reach: the floor.",
  "SECS of conversions in rooms": "Speaker similarity where the source is in a room that no training had; higher is better.",
  "SECS of conversions without rooms": "The same conversions of dry sources: what a room leaves to be reached.",
  "SECS": "Speaker similarity: cosine of two speaker embeddings, −1 to 1; higher is more alike.",
  "F0 correlation": "How closely the pitch follows the source's, −1 to 1; higher is better.",
  "F0 error": "How far the pitch is off; a semitone is a piano key; lower is better.",
  "Voicing error": "Frames that are voiced where they should not be, or the reverse; lower is better.",
  "Mel L1": "Mean distance of log-mel values; lower is better.",
  "Mel L2": "Root mean square distance of log-mel values; lower is better.",
  "Mel-cepstral distortion": "Distance of spectral envelopes; lower is better.",
  "Velocity loss": "The teacher's own training loss on held-out speech; lower is better.",
  "RT60 heard": "How much of the source's reverberation is kept, in seconds above what is heard without a room.",
  "RT60 error of the mean answer": "What always answering the mean room would reach: a listener has to be below it.",
  "RT60 error": "Error of the estimated reverberation time; lower is better.",
  "RT60 correlation": "How well estimated reverberation times rank the rooms, −1 to 1; higher is better.",
  "Latency": "Delay of the stream from microphone to loudspeaker, without the sound card's; lower is better.",
  "discriminant": "Share of conversions that an independent classifier gives to the voice asked for; higher is better.",
  "Recordings that the discriminant": "Whether that classifier can be trusted: it is asked about real recordings; higher is better.",
  "Recordings nearer": "Whether the judge can be trusted: it is asked about real recordings; higher is better.",
  "Error of the stream's F0": "How far the pitch found hop by hop is from the pitch found over whole utterances; lower is better.",
  "Global variance": "How lively the spectrum is beside the source's; 1 is as lively, less is muffled.",
  "nearer": "Share whose nearest speaker is the one asked for; higher is better.",
  "Samples that are no numbers": "Samples that came out as NaN or infinite; must be 0.",
  "UTMOS": "Predicted naturalness, 1 to 5; higher is better.",
  "Word errors": "Share of words a recogniser gets wrong; lower is better.",
};

export function meaningOf(name) {
  const terms = Object.keys(MEANINGS).filter(term => name.toLowerCase().includes(term.toLowerCase()));
  return terms.length === 0 ? "" : MEANINGS[terms.sort((a, b) => b.length - a.length)[0]];
}
