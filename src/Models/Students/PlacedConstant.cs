using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>A constant that no file of weights holds: it goes where it is first asked for, and stays there. One reader at a time.</summary>
internal sealed class PlacedConstant : IDisposable
{
    private Tensor _value;

    public PlacedConstant(Tensor value) => _value = value.DetachFromDisposeScope();

    public Tensor On(Device device)
    {
        if (_value.device_type == device.type && (device.index < 0 || _value.device_index == device.index)) return _value;
        var before = _value;
        _value = before.to(device).DetachFromDisposeScope();
        before.Dispose();
        return _value;
    }

    public void Dispose() => _value.Dispose();
}
