namespace Tmrvc.Training;

/// <summary>What of a training's time goes into the exchange between its processes.</summary>
internal sealed class CommunicationTime
{
    private double _travelling;
    private double _hidden;
    private double _waiting;

    /// <summary>Of the time in which gradients were on their way, what backward went on in; from 0 to 1.</summary>
    public double Overlap => _travelling > 0 ? _hidden / _travelling : 0;

    /// <summary>Seconds in which steps stood still for the others, their lateness included.</summary>
    public double Waiting => _waiting;

    public void Travelled((double Travelling, double Hidden) gradients)
    {
        _travelling += gradients.Travelling;
        _hidden += gradients.Hidden;
        _waiting += gradients.Travelling - gradients.Hidden;
    }

    public void Waited(double seconds) => _waiting += seconds;
}
