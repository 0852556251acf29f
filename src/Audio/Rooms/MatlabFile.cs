using System.Text;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>A MATLAB file of format 5, its elements compressed or not.</summary>
public sealed unsafe class MatlabFile : IDisposable
{
    private readonly string path;
    private readonly Matio.File file;

    private MatlabFile(string path, Matio.File file) => (this.path, this.file) = (path, file);

    /// <exception cref="UnreadableAudioException">It is no MATLAB file, one of another format, or damaged.</exception>
    public static MatlabFile Open(string path)
    {
        if (!IsFormat5(path))
            throw new UnreadableAudioException(path, "not a MATLAB file of format 5");
        MatlabSoundness.Require(path);
        var file = Matio.Mat_Open(path, Matio.ReadOnly);
        return file.IsInvalid ? throw new UnreadableAudioException(path, "not readable as a MATLAB file") : new MatlabFile(path, file);
    }

    /// <summary>The values of a real vector of class double.</summary>
    /// <exception cref="UnreadableAudioException">There is no such variable, or it is of another kind.</exception>
    public double[] Vector(string variable)
    {
        using var reading = Read(variable);
        var content = reading.Content;
        if (!IsReal(content) || content->Rank != 2 || (content->Dimensions[0] != 1 && content->Dimensions[1] != 1))
            throw new UnreadableAudioException(path, $"variable '{variable}' is no real vector of class double");
        return Doubles(content).ToArray();
    }

    /// <summary>The fields of a struct that hold one number or one text; those of other kinds are left out.</summary>
    /// <exception cref="UnreadableAudioException">There is no such variable, or it is no struct.</exception>
    public MatlabFields Fields(string variable, params IReadOnlyList<string> names)
    {
        using var reading = Read(variable);
        if (reading.Content->Class != Matio.StructClass)
            throw new UnreadableAudioException(path, $"variable '{variable}' is no struct");
        var (numbers, texts) = (new Dictionary<string, double>(), new Dictionary<string, string>());
        foreach (var name in names)
        {
            var field = Matio.Mat_VarGetStructFieldByName(reading.Content, name, 0);
            if (field is null || field->Data is null)
                continue;
            if (IsReal(field) && Doubles(field).Length == 1)
                numbers[name] = Doubles(field)[0];
            else if (field->Class == Matio.CharClass)
                texts[name] = Text(field);
        }
        return new MatlabFields(numbers, texts);
    }

    public void Dispose() => file.Dispose();

    /// <summary>The end of its header: version 1.0, little-endian.</summary>
    private static bool IsFormat5(string path)
    {
        Span<byte> header = stackalloc byte[128];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && header[124..].SequenceEqual("\0\u0001IM"u8);
    }

    private Matio.Reading Read(string variable)
    {
        RequireMemory(variable);
        var reading = Matio.Mat_VarRead(file, variable);
        if (!reading.IsInvalid && reading.Content->Data is not null)
            return reading;
        reading.Dispose();
        throw new UnreadableAudioException(path, $"has no readable variable '{variable}'");
    }

    /// <summary>A few bytes may ask for any size, and libmatio takes it before it looks for the values.</summary>
    private void RequireMemory(string variable)
    {
        using var outline = Matio.Mat_VarReadInfo(file, variable);
        if (outline.IsInvalid)
            return;
        var values = 1.0;
        for (var i = 0; i < outline.Content->Rank; i++)
            values *= outline.Content->Dimensions[i];
        if (values * sizeof(double) > MatlabSoundness.MostBytes)
            throw new UnreadableAudioException(
                path, $"variable '{variable}' is to hold {values:0} values, {MatlabSoundness.MostBytes / sizeof(double)} are allowed");
    }

    private static bool IsReal(Matio.Variable* variable) => variable->Class == Matio.DoubleClass && variable->IsComplex == 0;

    private static ReadOnlySpan<double> Doubles(Matio.Variable* variable) =>
        new(variable->Data, checked((int)(variable->Bytes / sizeof(double))));

    private static string Text(Matio.Variable* variable)
    {
        var bytes = new ReadOnlySpan<byte>(variable->Data, checked((int)variable->Bytes));
        return (variable->DataSize == sizeof(char) ? Encoding.Unicode : Encoding.UTF8).GetString(bytes);
    }
}

/// <summary>Fields of a struct, by name.</summary>
public sealed record MatlabFields(IReadOnlyDictionary<string, double> Numbers, IReadOnlyDictionary<string, string> Texts);
