using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class CudaLibrariesTests
{
    [Test]
    public void A_library_is_found_under_its_own_name_and_under_the_one_that_libtorch_gives_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["maps"], """
            7f00-7f01 r--p 00000000 08:01 11 /opt/torch/lib/libcudnn_ops.so.9
            7f01-7f02 r--p 00000000 08:01 12 /opt/torch/lib/libcudnn.so.9
            7f02-7f03 rw-p 00000000 00:00 0
            7f03-7f04 r--p 00000000 08:01 13 /opt/torch/lib/libcudart-9335f6a2.so.12
            """);
        Assert.That(CudaLibraries.PathOf("libcudnn", folder["maps"]), Is.EqualTo("/opt/torch/lib/libcudnn.so.9"));
        Assert.That(CudaLibraries.PathOf("libcudart", folder["maps"]), Is.EqualTo("/opt/torch/lib/libcudart-9335f6a2.so.12"));
        Assert.That(CudaLibraries.PathOf("libcublas", folder["maps"]), Is.Null);
    }

    [Test]
    public void Numbers_are_read_as_releases() => Assert.That(
        (CudaLibraries.OfRuntime(12040), CudaLibraries.OfCudnn(8907), CudaLibraries.OfCudnn(90100)),
        Is.EqualTo(("CUDA 12.4", "cuDNN 8.9.7", "cuDNN 9.1.0")));
}
