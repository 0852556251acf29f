"""Times training steps of the upstream teacher (forward, flow loss, backward, clip, AdamW) and answers one JSON line per request.

Standard input holds one request a line: `{"steps": 5}` trains and answers `{"milliseconds": [...]}`;
`{"velocity": "weights-and-inputs.safetensors", "output": "velocity.bin"}` loads weights, writes the velocity as raw float32.
"""

import argparse
import json
import struct
import sys
import time

import torch

from teacher import Teacher


def read_safetensors(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        body = bytearray(file.read())
    header.pop("__metadata__", None)
    return {name: read_tensor(body, entry) for name, entry in header.items()}


def read_tensor(body, entry):
    begin, end = entry["data_offsets"]
    return torch.frombuffer(body, dtype=torch.float32, count=(end - begin) // 4, offset=begin).view(entry["shape"])


def batch(size, frames):
    return (torch.randn(size, 80, frames), torch.randn(size, 768, frames), torch.rand(size, 1, frames) * 6,
            torch.nn.functional.normalize(torch.randn(size, 192)), torch.randn(size, 24))


def step(teacher, optimizer, mel, content, log_f0, speaker, ir):
    noise = torch.randn_like(mel)
    t = torch.rand(mel.shape[0])
    mix = t.view(-1, 1, 1)
    velocity = teacher((1 - mix) * mel + mix * noise, t, content, log_f0, speaker, ir)
    loss = (velocity - (noise - mel)).square().mean()
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def timed_steps(teacher, optimizer, data, count):
    milliseconds = []
    for _ in range(count):
        begin = time.perf_counter()
        step(teacher, optimizer, *data)
        milliseconds.append((time.perf_counter() - begin) * 1000)
    return {"milliseconds": milliseconds}


@torch.no_grad()
def write_velocity(teacher, path, output):
    tensors = read_safetensors(path)
    inputs = [tensors.pop("input." + name) for name in ("noisy", "time", "content", "log_f0", "speaker", "ir")]
    teacher.load_state_dict(tensors, strict=True)
    teacher(*inputs).contiguous().numpy().tofile(output)
    return {"output": output}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--batch", type=int, default=4)
    arguments.add_argument("--frames", type=int, default=200)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    teacher = Teacher()
    optimizer = torch.optim.AdamW(teacher.parameters(), lr=2e-4)
    data = batch(options.batch, options.frames)
    for line in sys.stdin:
        request = json.loads(line)
        answer = (timed_steps(teacher, optimizer, data, request["steps"]) if "steps" in request
                  else write_velocity(teacher, request["velocity"], request["output"]))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
