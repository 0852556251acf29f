using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>libmatio 1.5: matio.h.</summary>
internal static unsafe partial class Matio
{
    internal const string Library = "libmatio.so.11";

    internal const int ReadOnly = 0;
    internal const int StructClass = 2;
    internal const int CharClass = 4;
    internal const int DoubleClass = 6;

    /// <summary>matvar_t, up to what is read here. Data of class double is converted to doubles whatever the file stores.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Variable
    {
        public nuint Bytes;
        public int Rank;
        public int DataType;
        public int DataSize;
        public int Class;
        public int IsComplex;
        public int IsGlobal;
        public int IsLogical;
        public nuint* Dimensions;
        public byte* Name;
        public void* Data;
    }

    internal sealed class File() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => Mat_Close(handle) == 0;
    }

    /// <summary>A variable with its data and its fields.</summary>
    internal sealed class Reading() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        internal Variable* Content => (Variable*)handle;

        protected override bool ReleaseHandle()
        {
            Mat_VarFree(handle);
            return true;
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial File Mat_Open(string path, int mode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Reading Mat_VarRead(File file, string name);

    /// <returns>Without data.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Reading Mat_VarReadInfo(File file, string name);

    /// <returns>Belongs to the struct; null where it has no such field.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Variable* Mat_VarGetStructFieldByName(Variable* variable, string field, nuint index);

    [LibraryImport(Library)]
    private static partial int Mat_Close(nint file);

    [LibraryImport(Library)]
    private static partial void Mat_VarFree(nint variable);
}
