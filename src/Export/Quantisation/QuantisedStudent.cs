using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>Which networks of a student are also made in int8.</summary>
public static class QuantisedStudent
{
    /// <summary>All that run while somebody speaks; the speaker encoder runs once, before.</summary>
    public static bool Reaches(ModelContract contract) => contract.State is not null;

    /// <summary>The networks in int8, under the same contracts.</summary>
    public static IEnumerable<ExportedModel> Of(IEnumerable<ExportedModel> models) => models
        .Where(model => Reaches(model.Contract))
        .Select(model => model with { Network = DynamicQuantisation.Of(model.Network) });
}
