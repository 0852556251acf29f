namespace Tmrvc.Configuration.Tests;

public sealed class ConstantsTests
{
    [Test]
    public void The_constants_file_of_the_repository_binds_key_for_key()
    {
        var path = Path.Combine(RepositoryRoot(), "configs", "constants.yaml");
        var constants = ConfigurationLoader.Load<Constants>([new("configs/constants.yaml", File.ReadAllText(path))], []);

        Assert.That((constants.SampleRate, constants.HopLength, constants.LogFloor), Is.EqualTo((24000, 240, 1e-10)));
        Assert.That(constants.IrSubbandEdgesHz, Is.EqualTo(new double[] { 0, 375, 750, 1500, 3000, 4500, 6000, 9000, 12000 }));
    }

    private static string RepositoryRoot()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "Tmrvc.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("Tmrvc.slnx: in no folder above the tests.");
        return folder;
    }
}
