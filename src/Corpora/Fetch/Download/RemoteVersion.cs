using System.Globalization;

namespace Tmrvc.Corpora;

/// <summary>What tells one content of an address from another, as far as a server says.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Tag">A strong ETag; empty where there is none.</param>
/// <param name="Modified">Last-Modified as ISO 8601; empty where there is none.</param>
internal sealed record RemoteVersion(long Length, string Tag, string Modified)
{
    internal static RemoteVersion Of(HttpResponseMessage response, long length) => new(
        length,
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : "",
        response.Content.Headers.LastModified?.ToString("O", CultureInfo.InvariantCulture) ?? "");

    /// <returns>Null unless the response carries a part and says of how many bytes.</returns>
    internal static RemoteVersion? OfPart(HttpResponseMessage response) =>
        response.Content.Headers.ContentRange is { HasLength: true, HasRange: true } range ? Of(response, range.Length!.Value) : null;

    public override string ToString() =>
        $"{Length} bytes{(Tag.Length > 0 ? $", ETag {Tag}" : "")}{(Modified.Length > 0 ? $", modified {Modified}" : "")}";
}
