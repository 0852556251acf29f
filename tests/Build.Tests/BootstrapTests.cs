using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

[Platform("Linux")]
public sealed partial class BootstrapTests
{
    [Test]
    public void An_unknown_package_set_is_named_with_what_is_allowed()
    {
        var (code, errors) = Run("--packages=nightly");

        Assert.That((code, errors.Trim()), Is.EqualTo((2, "build.sh: --packages is 'nightly'; feed and official are allowed.")));
    }

    [Test]
    public void On_macOS_without_Homebrew_it_says_what_to_install()
    {
        var (code, errors) = Run("--help", ("OSTYPE", "darwin25"));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(errors, Does.StartWith("build.sh: macOS needs bash 5 and GNU tools: brew install bash ").And.Contain("flock"));
    }

    [Test]
    public void Checking_installs_nothing_and_tells_that_all_is_there()
    {
        var (code, errors) = Run("--no-install");

        Assert.That((code, errors.Trim()), Is.EqualTo((0, "build.sh: all Debian packages are installed.")));
    }

    [Test]
    public void Every_library_that_is_loaded_by_name_comes_with_a_package_of_the_list()
    {
        var libraries = Repository.Files("*.cs", "src")
            .SelectMany(path => LoadedLibrary().Matches(File.ReadAllText(Path.Combine(Repository.Root, path))))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Except(["libnvidia-ml", "libcuda"]) // of the driver of a GPU
            .ToArray();
        var packages = File.ReadAllText(Path.Combine(Repository.Root, "build", "bootstrap", "debian-packages.txt"));

        Assert.That(libraries, Is.Not.Empty);
        Assert.That(libraries.Where(library => !packages.Contains(library)), Is.Empty);
    }

    [TestCase("azurite")]
    [TestCase("workflow-parser")]
    public void What_npm_installs_is_pinned_by_content_and_names_no_registry(string tree)
    {
        using var file = File.OpenRead(Path.Combine(Repository.Root, "build", "bootstrap", tree, "package-lock.json"));
        using var locked = JsonDocument.Parse(file);
        var packages = locked.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0).ToArray();

        Assert.That(packages, Is.Not.Empty);
        Assert.That(packages.Where(package => !package.Value.TryGetProperty("integrity", out _)).Select(package => package.Name), Is.Empty);
        Assert.That(packages.Where(package => package.Value.TryGetProperty("resolved", out _)).Select(package => package.Name), Is.Empty);
    }

    private static (int Code, string Errors) Run(string argument, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "build.sh"), [argument]) { RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    // libsndfile.so.1 is in package libsndfile1, libfftw3f.so.3 in libfftw3-single3.
    [GeneratedRegex(@"""(lib[\w-]+)\.so\.\d+""")]
    private static partial Regex LoadedLibrary();
}
