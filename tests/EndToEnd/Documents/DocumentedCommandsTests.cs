using Tmrvc.Azurite;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>
/// A newcomer's session, and then, in the checkout that it leaves, what README and docs/ tell people to type, page by page. Its smoke
/// profile is small.
/// </summary>
[Category("EndToEnd")]
public sealed class DocumentedCommandsTests
{
    private readonly Dictionary<string, string> _replacements = [];
    private readonly Workspace _workspace = Workspace.Empty("smoke");
    private Workspace? _origin;
    private AzuriteServer? _server;
    private string _session = "";

    [OneTimeSetUp]
    public async Task Begin()
    {
        _origin = SmallSmoke.Repository();
        _session = NewcomerSession.Run(_origin.Root, _workspace.Root);
        SmallSmoke.WriteRecordings(Path.Combine(_workspace.Root, "recordings"), "carlo-it", count: 2);
        foreach (var (file, recording) in new[] { ("a.wav", "allison-en"), ("b.wav", "carlo-it") })
            Voices.WriteCut(Path.Combine(_workspace.Root, file), recording, 0.3, 2.5);
        Revision.Tag(_workspace, "v1.0");
        _server = await AzuriteServer.StartAsync();
        await ReplaceAddressesAsync();
    }

    [OneTimeTearDown]
    public async Task End()
    {
        _workspace.Dispose();
        _origin?.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public void A_newcomer_comes_from_a_clone_to_a_conversion_in_a_voice_of_their_own()
    {
        TestContext.Out.WriteLine(_session);

        Assert.That(_session, Does.Contain("phases.0.lr: 0.002 → 0.0015").And.Match(@"configs/profiles/mine\.yaml:\d+:\d+: .*fast"));
        Assert.That(_session, Does.Contain("stages: 25 fresh"), "once the setting is what it was");
        Assert.That(_session, Does.Match(@"converted\.wav: [\d.]+ s of data/raw/voices/Zoë \(Küche\)/une  prise №0\.4\.ogg in the voice of data/raw/voices/声 two/50% & #1"));
    }

    [TestCaseSource(nameof(PagesWithCommands))]
    public void Every_command_of_a_page_does_what_it_should(string page)
    {
        SmallSmoke.Configure(_workspace);

        TestContext.Out.WriteLine(TypedPage.Run(Page.All.Single(all => all.Name == page), _workspace.Root, _replacements));
    }

    private static IEnumerable<string> PagesWithCommands =>
        Page.All.Where(page => page.Commands.Any(command => !NotRun.Has(command))).Select(page => page.Name);

    /// <summary>Accounts of Azure are containers of a server here; connection strings, its own. Two steps do for two hundred.</summary>
    private async Task ReplaceAddressesAsync()
    {
        foreach (var name in new[] { "shared", "pull-requests" })
        {
            var container = await _server!.CreateContainerAsync();
            var signature = _server.WriteSas(container.Name);
            _replacements[$"https://ACCOUNT.blob.core.windows.net/{name}/pr/17"] = $"'{container.Uri}/pr/17?{signature}'";
            _replacements[$"https://ACCOUNT.blob.core.windows.net/{name}"] = $"'{container.Uri}?{signature}'";
            _replacements[$"--cache={name}"] = $"--cache={container.Name}";
        }
        _replacements["--few-shot"] = "--few-shot=2";
        _replacements["UseDevelopmentStorage=true"] = $"'{_server!.ConnectionString}'";
    }
}
