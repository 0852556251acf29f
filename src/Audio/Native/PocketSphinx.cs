using System.Runtime.InteropServices;

namespace Tmrvc.Audio.Native;

/// <summary>PocketSphinx 5 prealpha (pocketsphinx.h) and the parts of its base (cmd_ln.h, err.h) without which it cannot be set up.</summary>
internal static partial class PocketSphinx
{
    internal const string Library = "libpocketsphinx.so.3";
    private const string Base = "libsphinxbase.so.3";

    internal sealed class Options() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            _ = cmd_ln_free_r(handle);
            return true;
        }
    }

    internal sealed class Decoder() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            _ = ps_free(handle);
            return true;
        }
    }

    /// <param name="log">A C stream; zero for silence.</param>
    [LibraryImport(Base)]
    internal static partial void err_set_logfp(nint log);

    [LibraryImport(Base, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Options cmd_ln_parse_r(nint previous, nint definitions, int count, string[] arguments, int strict);

    [LibraryImport(Base)]
    private static partial int cmd_ln_free_r(nint options);

    [LibraryImport(Library)]
    internal static partial nint ps_args();

    [LibraryImport(Library)]
    internal static partial Decoder ps_init(Options options);

    [LibraryImport(Library)]
    private static partial int ps_free(nint decoder);

    [LibraryImport(Library)]
    internal static partial int ps_start_utt(Decoder decoder);

    [LibraryImport(Library)]
    internal static partial int ps_process_raw(Decoder decoder, ReadOnlySpan<short> samples, nuint count, int withoutSearch, int isWholeUtterance);

    [LibraryImport(Library)]
    internal static partial int ps_end_utt(Decoder decoder);

    /// <returns>Belongs to the decoder; zero where nothing was understood.</returns>
    [LibraryImport(Library)]
    internal static partial nint ps_get_hyp(Decoder decoder, out int score);
}
