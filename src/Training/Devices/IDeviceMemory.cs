namespace Tmrvc.Training;

/// <summary>Memory of the device that networks run on, in bytes.</summary>
internal interface IDeviceMemory
{
    long Total { get; }

    /// <summary>What this process may still take.</summary>
    long Free { get; }

    /// <summary>What is held now, by this process or, on a GPU, by all.</summary>
    long Used { get; }

    /// <summary>The most that was held while some work was done.</summary>
    /// <returns>Null where the system does not tell.</returns>
    long? HighWater(Action work);
}
