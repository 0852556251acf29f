namespace Tmrvc.Configuration.Tests;

/// <summary>Loads one file named <c>sample.yaml</c> and the overrides given.</summary>
internal static class Sample
{
    public static SampleSettings Load(string yaml, params string[] overrides) =>
        ConfigurationLoader.Load<SampleSettings>([new ConfigurationLayer("sample.yaml", yaml)], overrides);

    public static string[] Mistakes(string yaml, params string[] overrides) =>
        [.. Assert.Throws<ConfigurationException>(() => Load(yaml, overrides))!.Mistakes.Select(mistake => mistake.ToString())];
}
