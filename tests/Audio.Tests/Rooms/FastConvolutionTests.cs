using FsCheck;
using FsCheck.Fluent;
using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests.Rooms;

public sealed class FastConvolutionTests
{
    private readonly FastConvolution convolution = new();

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property It_is_the_sum_that_defines_it() => Prop.ForAll(
        Gen.Choose(1, 300).Four().ToArbitrary(),
        sizes =>
        {
            var (signalLength, kernelLength, offset, length) = sizes;
            var signal = Signals.Noise(signalLength / 24000.0, 24000, amplitude: 1, seed: signalLength);
            var kernel = Signals.Noise(kernelLength / 24000.0, 24000, amplitude: 1, seed: kernelLength + 1000);
            var result = new float[length];
            convolution.Convolve(signal, kernel, offset, result);
            return result.Index().All(sample => Math.Abs(sample.Item - Sum(signal, kernel, sample.Index + offset)) < 1e-4);
        });

    private static double Sum(float[] signal, float[] kernel, int at)
    {
        var sum = 0.0;
        for (var k = 0; k < kernel.Length; k++)
            if (at - k >= 0 && at - k < signal.Length)
                sum += (double)kernel[k] * signal[at - k];
        return sum;
    }
}
