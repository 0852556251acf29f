#!/usr/bin/env bash
# A newcomer's first session, typed by a script: clone, first run, report, two voices of one's own, another learning rate, mistakes, a
# conversion. What it prints is the transcript, in Markdown; docs/newcomer.md is one of the smoke profile as it is.
# shellcheck disable=SC2016 # commands are expanded where they are typed
# usage: newcomer.sh REPOSITORY [FOLDER]     the folder to clone into: absent or empty; without one, a temporary one that is deleted
set -euo pipefail

folder=$(realpath -m "${2:-$(mktemp -d)/tmrvc}")
[[ $# -gt 1 ]] || trap 'chmod -R u+w "$(dirname "$folder")"; rm -rf "$(dirname "$folder")"' EXIT
own=$(mktemp -d)
output=$own/output
export REPOSITORY RECORDINGS=$own/recordings CHROMIUM_FLAGS='--headless --no-sandbox --disable-gpu'
REPOSITORY=$(realpath "$1")
place=$(dirname "$folder")

say() { printf '\n%s\n\n' "$1"; }

# Types a command and shows what it said, without the lines that tell how far a stage is, and how long it took.
# usage: type EXIT-CODE COMMAND
type() {
    local code=0 began
    began=$(date +%s%N)
    (cd "$place" && eval "$2") > "$output" 2>&1 < /dev/null || code=$?
    printf '```console\n$ %s\n' "$2"
    grep -vE '^\[[A-Za-z0-9]+\] [0-9]+/[0-9]+ ' "$output" | sed "s|$folder|~/tmrvc|g; s|$own|~|g" || true
    printf '```\n\n%s s, exit code %s\n\n' "$(awk "BEGIN {printf \"%.1f\", ($(date +%s%N) - $began) / 1e9}")" "$code"
    [[ $code == "$1" ]] || { echo "newcomer.sh: '$2' ended with $code, expected $1" >&2; cat "$output" >&2; exit 1; }
}

# A voice that people bring: pieces of a recording in their own format, under names as people give them; at another rate, which makes it
# another person's.
# usage: record SPEECH RATE FORMAT NAME
record() {
    local start
    mkdir -p "$RECORDINGS/$(dirname "$4")"
    for start in 0 0.2 0.4 0.6 0.8; do
        ffmpeg -nostdin -loglevel error -f g722 -i "$folder/tests/Support/speech/$1.g722" -af "asetrate=$2,aresample=44100" -ss $start -t 3.1 "$RECORDINGS/$4 №$start.$3"
    done
}

echo "# A first session"
say "Typed by \`tests/EndToEnd/newcomer.sh\`, which made this page; a test runs the same script on smaller networks. Lines that tell how far a stage is are left out. $(nproc) cores, $(date -u +%Y-%m-%d)."

say "## Clone and run"
type 0 "git clone --quiet \"\$REPOSITORY\" $(basename "$folder")"
place=$folder
type 0 './build.sh'
type 0 './build.sh'

say "## Open the report"
type 0 'chromium $CHROMIUM_FLAGS --dump-dom "file://$PWD/artifacts/report/index.html" 2> /dev/null > report.html; grep -o "<title>.*</title>" report.html; grep -o "<audio" report.html | wc -l'

say "## Bring two voices"
record june-fr 18400 ogg 'Zoë (Küche)/une  prise'
record carlo-it 13600 mp3 '声 two/50% & #1, "final"'
type 0 'mkdir -p data/raw && cp -r "$RECORDINGS" data/raw/voices && ls data/raw/voices/*'
type 0 "cat > configs/profiles/mine.yaml <<'END'
extends: smoke
datasets: [prompts, folder]
folder: {path: data/raw/voices}
END
./build.sh --profile=mine"

say "## Change a learning rate"
type 0 "echo 'phases: {0: {lr: 1.5e-3}}' >> configs/profiles/mine.yaml; ./build.sh --profile=mine --explain"

say "## Make mistakes"
type 2 "sed -i 's/lr: 1.5e-3/lr: fast/' configs/profiles/mine.yaml; ./build.sh --profile=mine"
type 0 "sed -i '/lr: fast/d' configs/profiles/mine.yaml; ./build.sh --profile=mine --check | tail -1"
type 0 'cd data/raw/voices/Z*; mv *0.4.ogg ../../whole; echo "no sound" > "une  prise №0.4.ogg"; cd - > /dev/null; ./build.sh --profile=mine --target=PreprocessFolder'
type 0 'cd data/raw/voices/Z*; mv ../../whole *0.4.ogg; cd - > /dev/null; ./build.sh --profile=mine --target=PreprocessFolder'

say "## Convert"
type 0 './build.sh --profile=mine --target=Convert --input="$(ls data/raw/voices/Z*/*0.4.ogg)" --speaker="$(ls data/raw/voices/*two/*0.4.mp3)" --output=converted.wav'
type 1 './build.sh --profile=mine --target=Convert --input=converted.wav --speaker=configs/constants.yaml --output=again.wav'
rm -rf "$own"
