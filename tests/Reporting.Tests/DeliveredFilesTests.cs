using Tmrvc.Reporting.Tests.Support;

namespace Tmrvc.Reporting.Tests;

public sealed class DeliveredFilesTests
{
    [Test]
    public void Files_behind_a_link_are_named_by_their_place_in_the_project_and_from_the_page()
    {
        using var fixture = new ReportFixture();
        var stored = Directory.CreateDirectory(Path.Combine(fixture.Folder, "store", "fp32")).Parent!.FullName;
        File.WriteAllText(Path.Combine(stored, "metadata.json"), "{}");
        File.WriteAllText(Path.Combine(stored, "fp32", "vocoder.onnx"), "onnx");
        var link = Path.Combine(Directory.CreateDirectory(Path.Combine(fixture.Folder, "models")).FullName, "smoke");
        Directory.CreateSymbolicLink(link, stored);
        var delivered = DeliveredFiles.In(fixture.Folder, link, fixture.Page)!;
        Assert.That((delivered.Folder, delivered.Link), Is.EqualTo(("models/smoke", "../models/smoke")));
        Assert.That(delivered.Files, Is.EqualTo(new[] { new DeliveredFile("fp32/vocoder.onnx", 4), new DeliveredFile("metadata.json", 2) }));
    }

    [Test]
    public void A_folder_that_is_not_there_delivers_nothing() =>
        Assert.That(DeliveredFiles.In("/", "/absent/models", "/absent/index.html"), Is.Null);
}
