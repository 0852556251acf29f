using NUnit.Framework;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class AutocastTests
{
    [TearDown]
    public void Leave()
    {
        set_autocast_cpu_enabled(false);
        clear_autocast_cache();
    }

    [Test]
    public void Products_take_the_type_of_autocast_on_the_thread_that_enabled_it()
    {
        set_autocast_cpu_dtype(ScalarType.BFloat16);
        set_autocast_cpu_enabled(true);
        Assert.That(is_autocast_cpu_enabled(), Is.True);
        Assert.That(ones(2, 2).matmul(ones(2, 2)).dtype, Is.EqualTo(ScalarType.BFloat16));
        var elsewhere = ScalarType.Float64;
        var thread = new Thread(() => elsewhere = ones(2, 2).matmul(ones(2, 2)).dtype);
        thread.Start();
        thread.Join();
        Assert.That(elsewhere, Is.EqualTo(ScalarType.Float32));
        set_autocast_cpu_enabled(false);
        Assert.That(ones(2, 2).matmul(ones(2, 2)).dtype, Is.EqualTo(ScalarType.Float32));
    }

    [Test]
    public void Autocast_of_a_gpu_leaves_a_cpu_alone()
    {
        set_autocast_gpu_dtype(ScalarType.BFloat16);
        set_autocast_enabled(true);
        var type = ones(2, 2).matmul(ones(2, 2)).dtype;
        Assert.That(is_autocast_gpu_enabled(), Is.True);
        set_autocast_enabled(false);
        Assert.That((type, is_autocast_gpu_enabled()), Is.EqualTo((ScalarType.Float32, false)));
    }

    [Test]
    public void Nestings_are_counted()
    {
        Assert.That(autocast_increment_nesting(), Is.EqualTo(1));
        Assert.That(autocast_increment_nesting(), Is.EqualTo(2));
        Assert.That(autocast_decrement_nesting(), Is.EqualTo(1));
        Assert.That(autocast_decrement_nesting(), Is.Zero);
    }

    [Test]
    public void Tf32_is_allowed_for_products_and_convolutions_apart()
    {
        var before = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (true, false);
        Assert.That((backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32), Is.EqualTo((true, false)));
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (false, true);
        Assert.That((backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32), Is.EqualTo((false, true)));
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = before;
    }
}
