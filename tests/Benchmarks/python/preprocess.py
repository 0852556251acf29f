"""Two pipelines on Debian's packages, a process per core: decode, resample, loudness, energy trim, log-mel, written out.

plain is what one writes with these packages: float64 as soundfile gives it, scipy.signal.resample_poly, loudness block by block,
torchaudio's MelSpectrogram. tuned computes in float32, with a resampler as steep as ours and one product for all bands.

make SOURCE TARGET   makes the recordings of the benchmark out of the WAV files in SOURCE
run plain|tuned FOLDER TARGET PROCESSES   prepares every file of FOLDER and prints a line of JSON: seconds, processor, audio
step NAME FILE   times one step on one long recording and prints its seconds, the best of three
"""
import json
import math
import multiprocessing
import os
import sys
import time

import numpy
import scipy.signal
import soundfile
import torch
import torchaudio

RATE, HOP, WINDOW, FFT, BANDS = 24000, 240, 960, 1024, 80
TARGET, TRIM_WINDOW, TRIM_LEVEL, PADDING = -23.0, 0.032, -40.0, 0.1
RESAMPLERS = {}


def mel_bands():
    def hertz(mel):
        return 700 * (10 ** (mel / 2595) - 1)

    edges = hertz(numpy.arange(BANDS + 2) * 2595 * numpy.log10(1 + RATE / 2 / 700) / (BANDS + 1))
    bins = numpy.arange(FFT // 2 + 1) * RATE / FFT
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return torch.from_numpy(numpy.maximum(0, numpy.minimum(rise, fall)).astype(numpy.float32))


MEL = mel_bands()
HANN = torch.hann_window(WINDOW)
MEL_SPECTROGRAM = torchaudio.transforms.MelSpectrogram(RATE, n_fft=FFT, win_length=WINDOW, hop_length=HOP, n_mels=BANDS, center=False)


def k_weighting(rate):
    """The two filters of ITU-R BS.1770-4, for any rate."""
    def biquad(f0, gain, q, kind):
        k = numpy.tan(numpy.pi * f0 / rate)
        a = [1, 2 * (k * k - 1) / (1 + k / q + k * k), (1 - k / q + k * k) / (1 + k / q + k * k)]
        if kind == "pass":
            return [1, -2, 1, *a]
        high = 10 ** (gain / 20)
        band = high ** 0.4996667741545416
        scale = 1 + k / q + k * k
        return [(high + band * k / q + k * k) / scale, 2 * (k * k - high) / scale, (high - band * k / q + k * k) / scale, *a]

    return numpy.array([biquad(1681.974450955533, 3.999843853973347, 0.7071752369554196, "shelf"),
                        biquad(38.13547087602444, 0, 0.5003270373238773, "pass")])


def loudness(samples, rate):
    weighted = scipy.signal.sosfilt(k_weighting(rate), samples)
    step = int(0.1 * rate)
    hops = numpy.add.reduceat(weighted ** 2, numpy.arange(0, len(weighted) - step + 1, step))[: len(weighted) // step]
    blocks = numpy.convolve(hops, numpy.ones(4), "valid") / (4 * step)
    levels = -0.691 + 10 * numpy.log10(numpy.maximum(blocks, 1e-20))
    loud = blocks[levels > -70]
    gate = -0.691 + 10 * numpy.log10(loud.mean()) - 10
    return -0.691 + 10 * numpy.log10(blocks[(levels > -70) & (levels > gate)].mean())


def trim(samples, rate):
    window = int(TRIM_WINDOW * rate)
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    speech = numpy.flatnonzero((whole ** 2).mean(axis=1) > 10 ** (TRIM_LEVEL / 10))
    pad = int(PADDING * rate)
    return samples[max(0, speech[0] * window - pad): (speech[-1] + 1) * window + pad]


def resample(samples, rate):
    if rate not in RESAMPLERS:
        RESAMPLERS[rate] = torchaudio.transforms.Resample(rate, RATE, lowpass_filter_width=64, resampling_method="kaiser_window")
    return RESAMPLERS[rate](torch.from_numpy(samples))


def log_mel(samples):
    padded = torch.nn.functional.pad(samples, (WINDOW - HOP, 0))
    frames = padded.unfold(0, WINDOW, HOP) * HANN
    power = torch.fft.rfft(frames, FFT).abs() ** 2
    return torch.log(torch.clamp(MEL @ power.T, min=1e-10))


def decode(path):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return samples.mean(axis=1), rate


def plain(job):
    path, target = job
    samples, rate = soundfile.read(path)
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    seconds = len(samples) / rate
    common = math.gcd(rate, RATE)
    samples = scipy.signal.resample_poly(samples, RATE // common, rate // common)
    samples = samples * 10 ** ((TARGET - plain_loudness(samples)) / 20)
    mel = MEL_SPECTROGRAM(torch.from_numpy(trim(samples, RATE)).float())
    numpy.save(os.path.join(target, os.path.basename(path) + ".npy"), torch.log(torch.clamp(mel, min=1e-10)).numpy())
    return seconds


def plain_loudness(samples):
    weighted = scipy.signal.sosfilt(k_weighting(RATE), samples)
    block, step = int(0.4 * RATE), int(0.1 * RATE)
    power = numpy.array([numpy.mean(weighted[i:i + block] ** 2) for i in range(0, len(weighted) - block + 1, step)])
    levels = -0.691 + 10 * numpy.log10(power + 1e-20)
    gate = -0.691 + 10 * numpy.log10(power[levels > -70].mean()) - 10
    return -0.691 + 10 * numpy.log10(power[(levels > -70) & (levels > gate)].mean())


def tuned(job):
    path, target = job
    samples, rate = decode(path)
    seconds = len(samples) / rate
    samples = resample(samples, rate).numpy()
    samples = samples * numpy.float32(10 ** ((TARGET - loudness(samples, RATE)) / 20))
    mel = log_mel(torch.from_numpy(trim(samples, RATE)))
    numpy.save(os.path.join(target, os.path.basename(path) + ".npy"), mel.numpy())
    return seconds


def alone():
    torch.set_num_threads(1)


def run(prepare, folder, target, processes):
    jobs = [(os.path.join(folder, name), target) for name in sorted(os.listdir(folder))]
    with multiprocessing.Pool(processes, alone) as pool:
        pool.map(prepare, jobs[:4 * processes], chunksize=4)
        began, spent = time.perf_counter(), processor(pool)
        audio = sum(pool.imap_unordered(prepare, jobs, chunksize=4))
        print(json.dumps({"seconds": time.perf_counter() - began, "processor": processor(pool) - spent, "audio": audio}))


def processor(pool):
    """Processor seconds of the pool's processes so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    fields = [open(f"/proc/{worker.pid}/stat").read().rsplit(")", 1)[1].split() for worker in pool._pool]
    return sum(int(field[11]) + int(field[12]) for field in fields) / ticks


def make(source, target):
    """150 FLAC of 48 kHz stereo and 1,000 WAV of 44.1 kHz mono: the recordings, each time a little faster or slower and louder or softer."""
    speech = [soundfile.read(os.path.join(source, name))[0] for name in sorted(os.listdir(source))]
    draw = numpy.random.default_rng(1)
    for kind, count, rate, least in (("flac", 150, 48000, 8.0), ("wav", 1000, 44100, 3.0)):
        os.makedirs(os.path.join(target, kind))
        for i in range(count):
            parts, length = [numpy.zeros(rate // 2)], 0
            while length < least * rate:
                part = scipy.signal.resample_poly(speech[draw.integers(len(speech))], rate // 100, int(160 * draw.uniform(0.92, 1.08)))
                parts += [part * draw.uniform(0.3, 0.9), numpy.zeros(rate // 4)]
                length += len(part)
            whole = numpy.concatenate(parts) + draw.normal(0, 2e-4, sum(map(len, parts)))
            channels = whole if kind == "wav" else numpy.stack([whole, 0.8 * whole + draw.normal(0, 1e-4, len(whole))], 1)
            soundfile.write(os.path.join(target, kind, f"{i:04}.{kind}"), numpy.clip(channels, -1, 1), rate, subtype="PCM_16")


def step(name, path):
    samples, rate = decode(path)
    speech = resample(samples, rate)
    work = {"decode": lambda: decode(path), "loudness": lambda: loudness(speech.numpy(), RATE), "resample": lambda: resample(samples, rate),
            "trim": lambda: trim(speech.numpy(), RATE), "mel": lambda: log_mel(speech)}[name]
    best = 1e9
    for _ in range(3):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    print(json.dumps({"seconds": best}))


if __name__ == "__main__":
    torch.set_num_threads(1)
    command, *arguments = sys.argv[1:]
    if command == "run":
        run({"plain": plain, "tuned": tuned}[arguments[0]], arguments[1], arguments[2], int(arguments[3]))
    else:
        {"make": make, "step": step}[command](*arguments)
