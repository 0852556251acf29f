using System.IO.Compression;

namespace Tmrvc.TensorBoard.Tests;

public sealed class GreyPictureTests
{
    [Test]
    public void The_lowest_band_is_the_bottom_row_and_the_range_is_black_to_white()
    {
        var picture = GreyPicture.OfBands([-10, -10, 0, 10], bands: 2);
        Assert.That((picture.Width, picture.Height), Is.EqualTo((2, 2)));
        Assert.That(picture.Pixels, Is.EqualTo(new byte[] { 128, 255, 0, 0 }));
    }

    [Test]
    public void A_flat_picture_is_black() => Assert.That(GreyPicture.OfBands([3, 3], bands: 1).Pixels, Is.EqualTo(new byte[] { 0, 0 }));

    [Test]
    public void A_png_holds_its_rows_behind_a_filter_byte_each()
    {
        var png = new GreyPicture(2, 2, [1, 2, 3, 4]).Png();
        Assert.That(png[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a }));
        Assert.That(png[16..26], Is.EqualTo(new byte[] { 0, 0, 0, 2, 0, 0, 0, 2, 8, 0 }));
        using var rows = new ZLibStream(new MemoryStream(png[(33 + 8)..^(12 + 4)]), CompressionMode.Decompress);
        using var content = new MemoryStream();
        rows.CopyTo(content);
        Assert.That(content.ToArray(), Is.EqualTo(new byte[] { 0, 1, 2, 0, 3, 4 }));
    }

    [Test]
    public void The_last_chunk_is_the_one_that_every_png_ends_with() =>
        Assert.That(new GreyPicture(1, 1, [0]).Png()[^12..], Is.EqualTo(new byte[] { 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 }));
}
