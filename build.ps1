# Builds the front door when its sources changed, then hands over to build/ (Tmrvc.Build).
# Windows has no Debian packages, so this uses the official package set. Everything else goes to the front door: see --help.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$packageSet = 'official'
$arguments = @($args | Where-Object { $_ -ne '--packages=official' })
if ($arguments | Where-Object { $_ -like '--packages=*' }) {
    [Console]::Error.WriteLine('build.ps1: --packages: only official is allowed here; the feed set needs Debian (build.sh).')
    exit 2
}
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine('build.ps1: the .NET SDK is missing: install dotnet-sdk-10.0 (see https://dot.net) and run again.')
    exit 2
}

$frontDoor = Join-Path $root ".build/$packageSet/front-door"
$stamp = Join-Path $root ".build/$packageSet/ready"
$sources = Get-ChildItem -Recurse -File (Join-Path $root 'build'), (Join-Path $root 'src'), (Join-Path $root 'Directory.*'), (Join-Path $root 'global.json')
$changed = -not (Test-Path $stamp) -or ($sources | Where-Object { $_.LastWriteTimeUtc -gt (Get-Item $stamp).LastWriteTimeUtc } | Select-Object -First 1)
if ($changed) {
    if (-not (Get-Command npm -ErrorAction SilentlyContinue) -or -not (Get-Command bash -ErrorAction SilentlyContinue)) {
        [Console]::Error.WriteLine('build.ps1: npm and the bash of Git for Windows are needed, once, for the npm parts: install Node.js and Git for Windows.')
        exit 2
    }
    $npmParts = (Join-Path $root 'build/bootstrap/npm-parts.sh').Replace('\', '/')
    & bash $npmParts official
    if ($LASTEXITCODE -ne 0) { exit 2 }
    dotnet publish (Join-Path $root 'build/Build.csproj') -c Release -o $frontDoor -p:PackageSet=$packageSet --nologo -v quiet
    if ($LASTEXITCODE -ne 0) { exit 2 }
    New-Item -Force -ItemType File $stamp | Out-Null
}

$env:TMRVC_ROOT = $root
$env:TMRVC_PACKAGE_SET = $packageSet
& dotnet (Join-Path $frontDoor 'Tmrvc.Build.dll') @arguments
exit $LASTEXITCODE
