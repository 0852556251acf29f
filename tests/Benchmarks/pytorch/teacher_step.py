"""Times training steps of a teacher (drawn noise, times and dropped conditions, forward, flow loss, backward, clip, AdamW, moving average) and answers one JSON line per request.

Standard input holds one request a line: `{"steps": 5}` trains and answers `{"milliseconds": [...]}`;
`{"velocity": "weights-and-inputs.safetensors", "output": "velocity.bin"}` loads weights, writes the velocity as raw float32.
"""

import argparse
import json
import struct
import sys
import time

import torch

from teacher import BaseTeacher, Teacher

UNCONDITIONAL = 0.1
DECAY = 0.999


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
    voiced = torch.rand(size, 1, frames).gt(0.4).float()
    return (torch.randn(size, 80, frames), torch.randn(size, 768, frames), (torch.rand(size, 1, frames) + 4.5) * voiced, voiced,
            torch.nn.functional.normalize(torch.randn(size, 192)), torch.zeros(size, 24))


class Training:
    """What a step changes: weights, moments, averages. On a GPU in bfloat16, with the fastest optimiser that PyTorch has."""

    def __init__(self, teacher, data, device):
        self.device = torch.device(device)
        self.is_gpu = self.device.type == "cuda"
        self.teacher = teacher.to(self.device)
        self.data = data
        self.parameters = list(teacher.parameters())
        self.averages = [parameter.detach().clone() for parameter in self.parameters]
        fast = {"fused": True} if self.is_gpu else {}
        self.optimizer = torch.optim.AdamW(self.parameters, lr=2e-4, weight_decay=0.01, **fast)

    def step(self):
        mel, content, log_f0, voiced, speaker, ir = (values.to(self.device, non_blocking=True) for values in self.data)
        size = mel.shape[0]
        noise, t = torch.randn_like(mel), torch.rand(size, device=self.device)
        kept = torch.rand(size, device=self.device).ge(UNCONDITIONAL).float().view(-1, 1, 1)
        conditions = (content * kept, log_f0 * kept, voiced * kept, speaker * kept.view(-1, 1), ir)
        mix = t.view(-1, 1, 1)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.is_gpu):
            velocity = self.teacher((1 - mix) * mel + mix * noise, t, *conditions)
        loss = (velocity.float() - (noise - mel)).square().mean()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.average()
        return loss.item()

    @torch.no_grad()
    def average(self):
        if self.is_gpu:
            torch._foreach_lerp_(self.averages, self.parameters, 1 - DECAY)
            return
        for average, parameter in zip(self.averages, self.parameters):
            average.lerp_(parameter, 1 - DECAY)


def timed_steps(training, count):
    milliseconds = []
    for _ in range(count):
        begin = time.perf_counter()
        training.step()
        milliseconds.append((time.perf_counter() - begin) * 1000)
    return {"milliseconds": milliseconds}


@torch.no_grad()
def write_velocity(training, path, output):
    """In float32."""
    tensors = {name: tensor.to(training.device) for name, tensor in read_safetensors(path).items()}
    inputs = [tensors.pop("input." + name) for name in ("noisy", "time", "content", "log_f0", "voiced", "speaker", "ir")]
    training.teacher.load_state_dict(tensors, strict=True)
    training.teacher(*inputs).contiguous().cpu().numpy().tofile(output)
    return {"output": output}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--preset", choices=("upstream", "base"), default="upstream")
    arguments.add_argument("--device", default="cpu")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--batch", type=int, default=4)
    arguments.add_argument("--frames", type=int, default=200)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    teacher = Teacher() if options.preset == "upstream" else BaseTeacher()
    training = Training(teacher, batch(options.batch, options.frames), options.device)
    for line in sys.stdin:
        request = json.loads(line)
        answer = (timed_steps(training, request["steps"]) if "steps" in request
                  else write_velocity(training, request["velocity"], request["output"]))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
