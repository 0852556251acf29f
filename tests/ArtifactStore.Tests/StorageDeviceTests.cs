namespace Tmrvc.ArtifactStore.Tests;

[Platform("Linux")]
public sealed class StorageDeviceTests
{
    [Test]
    public void Folders_of_one_device_take_room_from_each_other_and_those_of_two_do_not()
    {
        var folder = Path.GetTempPath();

        Assert.That(StorageDevice.AreOne(folder, Path.Combine(folder, ".")), Is.True);
        Assert.That(StorageDevice.AreOne("/proc", "/proc/self"), Is.True);
        Assert.That(StorageDevice.AreOne("/proc", "/dev"), Is.False);
    }
}
