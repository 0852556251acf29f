using TorchSharp.Interop;

namespace TorchSharp.Tests;

public sealed class NativeLibraryTests
{
    private string root = "";

    [SetUp]
    public void Make() => root = Directory.CreateTempSubdirectory("native").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(root, recursive: true);

    [Test]
    public void A_missing_library_tells_what_to_run() => Assert.That(
        () => NativeLoader.Locate(root), Throws.TypeOf<DllNotFoundException>().With.Message.Contains(root).And.Message.Contains("./build.sh"));

    [Test]
    public void The_library_is_found_beside_the_program_before_the_build_tree()
    {
        string program = Directory.CreateDirectory(Path.Combine(root, "bin", "program")).FullName;
        string shared = Touch(Directory.CreateDirectory(Path.Combine(root, "native")).FullName);
        Assert.That(NativeLoader.Locate(program), Is.EqualTo(shared));
        string own = Touch(program);
        Assert.That(NativeLoader.Locate(program), Is.EqualTo(own));
    }

    private static string Touch(string folder)
    {
        string path = Path.Combine(folder, "libTorchSharpNative.so");
        File.WriteAllText(path, "");
        return path;
    }
}
