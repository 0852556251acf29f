using Microsoft.Playwright;

namespace Tmrvc.Browser;

/// <summary>A page with everything it complained about and asked for since it was opened.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    internal OpenedPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type is "error" or "warning" ? $"{message.Type}: {message.Text}" : null);
        page.PageError += (_, error) => Note(error);
        page.RequestFailed += (_, request) => Note($"failed: {request.Url}");
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, uncaught exceptions, failed requests.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>URLs that are neither the file itself nor data inside it.</summary>
    public IReadOnlyList<string> OutsideRequests =>
        [.. _requests.Skip(1).Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(string? complaint)
    {
        if (complaint is not null)
            _complaints.Add(complaint);
    }
}
