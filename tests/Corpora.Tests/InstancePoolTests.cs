namespace Tmrvc.Corpora.Tests;

public sealed class InstancePoolTests
{
    [Test]
    public void Work_that_fails_gives_its_instance_back()
    {
        var made = 0;
        var pool = new InstancePool<object>(() => { made++; return new(); });
        for (var time = 0; time < 3; time++)
            Assert.That(() => pool.Use<int>(_ => throw new InvalidDataException("broken")), Throws.TypeOf<InvalidDataException>());
        Assert.That(made, Is.EqualTo(1));
    }
}
