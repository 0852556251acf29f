using System.Collections;
using System.Reflection;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>Whether a folder of exported networks is what was packed, and for the features that are computed here.</summary>
public static class PackedModels
{
    /// <summary>A folder without metadata.json or constants.yaml says nothing, and is taken as it is.</summary>
    /// <param name="files">Those that are to be used.</param>
    /// <exception cref="ConversionException">A file is another than metadata.json tells of, or constants.yaml has other values; all are named.</exception>
    /// <exception cref="InvalidDataException">metadata.json cannot be read.</exception>
    public static void Require(ModelFolder folder, IEnumerable<string> files, Constants constants)
    {
        var differences = Constants(folder, constants).ToList();
        if (differences.Count > 0)
            throw new ConversionException(
                $"{folder.Constants}: {string.Join(", ", differences)}: the networks take other features than are computed here; use the checkout that they were made in, or what --target=Package makes in this one");
        if (ModelManifest.Read(folder) is { } manifest && Changed(folder, files, manifest).ToList() is { Count: > 0 } changed)
            throw new ConversionException($"{string.Join("; ", changed)}; copy the folder again, or make it by --target=Package");
    }

    private static IEnumerable<string> Changed(ModelFolder folder, IEnumerable<string> files, ModelManifest manifest)
    {
        foreach (var file in files)
        {
            var said = manifest.Models.GetValueOrDefault(Path.GetRelativePath(folder.Path, file).Replace('\\', '/'))?.Sha256;
            if (said is null) yield return $"{file}: metadata.json beside it tells of no such file";
            else if (FileSha256.Of(file) is var found && found != said) yield return $"{file}: its SHA-256 is {FileSha256.Short(found)}, metadata.json beside it allows {FileSha256.Short(said)}";
        }
    }

    private static IEnumerable<string> Constants(ModelFolder folder, Constants here)
    {
        if (!File.Exists(folder.Constants)) yield break;
        var there = Loaded(folder.Constants);
        foreach (var property in typeof(Constants).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (Text(property.GetValue(there)) is var found && Text(property.GetValue(here)) is var allowed && found != allowed)
                yield return $"{SnakeCase.Of(property.Name)} is {found}, {allowed} is allowed";
    }

    private static Constants Loaded(string path)
    {
        try
        {
            return ConfigurationLoader.Load<Constants>([new ConfigurationLayer(path, File.ReadAllText(path))], []);
        }
        catch (ConfigurationException e)
        {
            throw new ConversionException(e.Message, e);
        }
    }

    private static string Text(object? value) => value is IEnumerable values and not string
        ? $"[{string.Join(", ", values.Cast<object>().Select(Text))}]"
        : FormattableString.Invariant($"{value}");
}
