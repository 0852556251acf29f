using System.Runtime.InteropServices;
using System.Text;

namespace Tmrvc.Features.Tests;

/// <summary>Writes MATLAB files as those of AIR are: format 5, compressed elements, a row of doubles and a struct.</summary>
internal static unsafe partial class MatlabWriter
{
    private const string Library = "libmatio.so.11";

    private const int Version5 = 0x0100;
    private const int Compressed = 1;
    private static readonly (int Class, int Type) Double = (6, 9);
    private static readonly (int Class, int Type) Char = (4, 2);

    internal static void WriteAir(string path, float[] samples, double sampleRate, string room)
    {
        var file = Mat_CreateVer(path, null, Version5);
        Write(file, Row("h_air", Array.ConvertAll(samples, value => (double)value)));
        var names = new[] { "fs", "room", "distance" };
        var info = Struct("air_info", names);
        Set(info, "fs", Row("fs", [sampleRate]));
        Set(info, "room", Text("room", room));
        Set(info, "distance", Row("distance", [2.5]));
        Write(file, info);
        Mat_Close(file);
    }

    private static nint Row(string name, double[] values)
    {
        fixed (double* data = values)
        fixed (nuint* dimensions = (nuint[])[1, (nuint)values.Length])
            return Mat_VarCreate(name, Double.Class, Double.Type, 2, dimensions, data, 0);
    }

    private static nint Text(string name, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        fixed (byte* data = bytes)
        fixed (nuint* dimensions = (nuint[])[1, (nuint)bytes.Length])
            return Mat_VarCreate(name, Char.Class, Char.Type, 2, dimensions, data, 0);
    }

    private static nint Struct(string name, string[] fields)
    {
        var pointers = fields.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        fixed (nint* texts = pointers)
        fixed (nuint* dimensions = (nuint[])[1, 1])
            return Mat_VarCreateStruct(name, 2, dimensions, texts, (uint)fields.Length);
    }

    private static void Set(nint variable, string field, nint value) => Mat_VarSetStructFieldByName(variable, field, 0, value);

    private static void Write(nint file, nint variable)
    {
        if (Mat_VarWrite(file, variable, Compressed) != 0)
            throw new IOException("libmatio: the variable could not be written");
        Mat_VarFree(variable);
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Mat_CreateVer(string path, string? header, int version);

    [LibraryImport(Library)]
    private static partial int Mat_Close(nint file);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Mat_VarCreate(string name, int kind, int type, int rank, nuint* dimensions, void* data, int options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Mat_VarCreateStruct(string name, int rank, nuint* dimensions, nint* fields, uint count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Mat_VarSetStructFieldByName(nint variable, string field, nuint index, nint value);

    [LibraryImport(Library)]
    private static partial int Mat_VarWrite(nint file, nint variable, int compression);

    [LibraryImport(Library)]
    private static partial void Mat_VarFree(nint variable);
}
