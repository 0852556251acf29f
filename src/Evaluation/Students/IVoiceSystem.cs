using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Says an utterance in a voice: the teacher, or the student in one of its forms.</summary>
internal interface IVoiceSystem
{
    /// <summary>For people, and for the gate.</summary>
    string Name { get; }

    /// <summary>How it comes to be heard.</summary>
    string Note { get; }

    /// <summary>From a sample's arrival to its conversion; null where the whole utterance has to be there.</summary>
    double? LatencyMilliseconds { get; }

    /// <summary>Whether several utterances may be said at the same time.</summary>
    bool IsParallel { get; }

    /// <param name="room">That it is told of or has to hear by itself, one of <see cref="EvaluationBench.Trials"/>; null for the recording as it is.</param>
    SpokenVoice Speak(AskedSample asked, int? room = null);

    /// <summary>RT60 of the room that speech is in, in seconds by band, each time that the system tells one.</summary>
    IEnumerable<double[]> HearRt60(AudioBuffer speech);
}

/// <param name="F0">That was asked for, [T] Hz, 0 where unvoiced.</param>
/// <param name="Audio">240·T samples, moment for moment those of the recording.</param>
internal sealed record SpokenVoice(float[] F0, AudioBuffer Audio)
{
    /// <summary>[80, T] where it was made before the audio; null where only the audio tells it.</summary>
    public float[]? LogMel { get; init; }

    /// <summary>Samples that were no numbers; zeros are in their place.</summary>
    public int NotFinite { get; init; }
}
