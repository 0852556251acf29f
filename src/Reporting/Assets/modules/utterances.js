// Samples of all evaluations by what was said: its recording, reconstructions and conversions in one place.

// → [{ id, speaker, text, signals: [{ role, label, note, mel, axes, audio, figures }], figures: [{ system, figures }] }], the last evaluation first.
export function gatherUtterances(evaluations) {
  const utterances = new Map();
  for (const evaluation of [...evaluations].reverse())
    for (const sample of evaluation.samples) {
      const utterance = utterances.get(sample.id) ?? { id: sample.id, speaker: sample.speaker, text: sample.text, signals: [], figures: [] };
      utterances.set(sample.id, utterance);
      add(utterance, sample, evaluation);
    }
  for (const utterance of utterances.values()) utterance.signals.sort((a, b) => a.rank - b.rank);
  return [...utterances.values()];
}

const RANKS = { source: 0, target: 1, reference: 2, vocoded: 3 };

function add(utterance, sample, evaluation) {
  for (const signal of sample.signals) {
    const label = labelOf(signal.role, sample, evaluation);
    const rank = RANKS[signal.role] ?? (sample.kind === "reconstruction" ? 4 : 5);
    if (utterance.signals.some(other => isSame(other, { ...signal, label, rank }))) continue;
    utterance.signals.push({ ...signal, label, rank, kind: sample.kind, axes: evaluation.axes, figures: figuresOf(signal.role, sample) });
  }
}

// What is heard in several evaluations, or is target of one and source of another, is shown once.
function isSame(one, other) {
  const alike = one.label === other.label || one.rank <= RANKS.target && other.rank <= RANKS.target;
  return alike && (one.audio ? one.audio.sound === other.audio?.sound : one.mel?.levels === other.mel?.levels);
}

function labelOf(role, { kind, targetSpeaker }, { stage }) {
  switch (role) {
    case "target": return "Target: the recording";
    case "source": return "Source: what was said";
    case "reference": return "Reference: the wanted voice";
    case "vocoded": return "Recording through the vocoder";
  }
  const maker = role === "generated" ? stage : role === "Teacher" ? role : `${stage} ${role}`;
  return kind === "reconstruction" ? `Reconstruction by ${maker}` : `Conversion to ${shortVoice(targetSpeaker)} by ${maker}`;
}

// The corpus before the slash says nothing where all voices are of one.
export const shortVoice = speaker => speaker.split("/").at(-1);

// An evaluation of several systems names whose figure it is before a colon.
function figuresOf(role, sample) {
  if (role in RANKS) return [];
  if (role === "generated") return sample.figures;
  return sample.figures.filter(figure => figure.name.startsWith(`${role}: `)).map(figure => ({ ...figure, name: figure.name.slice(role.length + 2) }));
}
