using Tmrvc.Azurite;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>What README and docs/ tell people to type is typed, page by page, in a checkout whose smoke profile is small and has run.</summary>
[Category("EndToEnd")]
public sealed class DocumentedCommandsTests
{
    private readonly Dictionary<string, string> _replacements = [];
    private Workspace _workspace = null!;
    private AzuriteServer _server = null!;

    [OneTimeSetUp]
    public async Task Begin()
    {
        _workspace = SmallSmoke.Create();
        foreach (var speaker in new[] { "anna", "bruno" })
            SmallSmoke.WriteRecordings(Path.Combine(_workspace.Root, "data", "raw", "voices", speaker), speaker == "anna" ? "june-fr" : "carlo-it", count: 5);
        SmallSmoke.WriteRecordings(Path.Combine(_workspace.Root, "recordings"), "carlo-it", count: 2);
        foreach (var (file, recording) in new[] { ("a.wav", "allison-en"), ("b.wav", "carlo-it") })
            Voices.WriteCut(Path.Combine(_workspace.Root, file), recording, 0.3, 2.5);
        _workspace.Run().With(code: 0);
        Revision.Commit(_workspace, tag: "v1.0");
        _server = await AzuriteServer.StartAsync();
        await ReplaceAddressesAsync();
    }

    [OneTimeTearDown]
    public async Task End()
    {
        _workspace.Dispose();
        await _server.DisposeAsync();
    }

    [TestCaseSource(nameof(PagesWithCommands))]
    public void Every_command_of_a_page_does_what_it_should(string page)
    {
        SmallSmoke.Configure(_workspace);

        TestContext.Out.WriteLine(TypedPage.Run(Page.All.Single(all => all.Name == page), _workspace.Root, _replacements));
    }

    private static IEnumerable<string> PagesWithCommands =>
        Page.All.Where(page => page.Commands.Any(command => !NotRun.Has(command))).Select(page => page.Name);

    /// <summary>Accounts of Azure are containers of a server here; connection strings, its own.</summary>
    private async Task ReplaceAddressesAsync()
    {
        foreach (var name in new[] { "shared", "pull-requests" })
        {
            var container = await _server.CreateContainerAsync();
            var signature = _server.WriteSas(container.Name);
            _replacements[$"https://ACCOUNT.blob.core.windows.net/{name}/pr/17"] = $"'{container.Uri}/pr/17?{signature}'";
            _replacements[$"https://ACCOUNT.blob.core.windows.net/{name}"] = $"'{container.Uri}?{signature}'";
            _replacements[$"--cache={name}"] = $"--cache={container.Name}";
        }
        _replacements["UseDevelopmentStorage=true"] = $"'{_server.ConnectionString}'";
    }
}
