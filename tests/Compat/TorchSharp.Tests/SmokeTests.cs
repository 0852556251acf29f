using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public sealed class SmokeTests
{
    [Test]
    public void A_small_network_learns_to_halve_its_loss()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var model = nn.Sequential(nn.Conv1d(4, 8, 3, padding: 1), nn.GroupNorm(2, 8), nn.SiLU(), nn.ConvTranspose1d(8, 4, 4, stride: 2, padding: 1));
        var optimizer = optim.AdamW(model.parameters(), lr: 1e-2);
        var input = randn(2, 4, 16);
        var target = F.interpolate(input, size: [32], mode: InterpolationMode.Linear);
        double first = 0, last = 0;
        for (int step = 0; step < 60; step++)
        {
            optimizer.zero_grad();
            var loss = F.mse_loss(model.call(input), target);
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1.0);
            optimizer.step();
            last = loss.item<float>();
            if (step == 0) first = last;
        }
        Assert.That(last, Is.LessThan(first / 2));
    }
}
