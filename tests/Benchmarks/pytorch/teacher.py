"""The teacher in plain PyTorch: the same networks, names and shapes as Tmrvc.Models.Teacher with the presets `upstream` and `base`."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def at_rate(content, rate):
    """Content at a lower rate, past its end held: [B, hidden, T] -> [B, T / rate, hidden]"""
    frames = -(-content.shape[2] // rate)
    held = F.pad(content, (0, frames * rate - content.shape[2]), mode="replicate")
    return F.interpolate(held, size=frames, mode="linear", align_corners=False).transpose(1, 2)


def pitch_features(log_f0, voiced):
    """[B, 1, T] each -> [B, 12, T]"""
    centred = log_f0 - 5
    waves = [wave(centred * (rate * math.pi)) for rate in (0.5, 1, 2, 4, 8) for wave in (torch.sin, torch.cos)]
    return torch.cat([torch.ones_like(centred), centred, *waves], dim=1) * voiced


class ResBlock(nn.Module):
    def __init__(self, channels_in, channels, condition=0):
        super().__init__()
        self.norm1 = nn.GroupNorm(min(32, channels_in), channels_in)
        self.conv1 = nn.Conv1d(channels_in, channels, 3, padding=1)
        self.norm2 = nn.GroupNorm(min(32, channels), channels)
        self.conv2 = nn.Conv1d(channels, channels, 3, padding=1)
        self.skip = nn.Identity() if channels_in == channels else nn.Conv1d(channels_in, channels, 1)
        self.film = Film(condition, channels) if condition else None

    def forward(self, x, condition=None):
        h = self.norm2(self.conv1(F.silu(self.norm1(x))))
        h = self.film(h, condition) if self.film else h
        return self.conv2(F.silu(h)) + self.skip(x)


class CrossAttention(nn.Module):
    def __init__(self, channels, hidden, heads):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(channels)
        self.q_proj = nn.Linear(channels, channels)
        self.k_proj = nn.Linear(hidden, channels)
        self.v_proj = nn.Linear(hidden, channels)
        self.out_proj = nn.Linear(channels, channels)

    def forward(self, x, content):
        batch, channels, frames = x.shape
        q = self.split(self.q_proj(self.norm(x.transpose(1, 2))))  # [B, heads, T, C / heads]
        k = self.split(self.k_proj(content))
        v = self.split(self.v_proj(content))
        weights = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(channels // self.heads), dim=-1)  # [B, heads, T, T]
        joined = (weights @ v).transpose(1, 2).reshape(batch, frames, channels)
        return x + self.out_proj(joined).transpose(1, 2)

    def split(self, x):
        batch, frames, channels = x.shape
        return x.view(batch, frames, self.heads, channels // self.heads).transpose(1, 2)


class Film(nn.Module):
    def __init__(self, condition, channels):
        super().__init__()
        self.proj = nn.Linear(condition, 2 * channels)

    def forward(self, x, condition):
        scale, shift = self.proj(condition).unsqueeze(-1).chunk(2, dim=1)  # [B, C, 1] each
        return scale * x + shift


class Down(nn.Module):
    def __init__(self, channels_in, channels, hidden, heads, everywhere=False):
        super().__init__()
        self.downsample = nn.Conv1d(channels_in, channels, 4, stride=2, padding=1)
        self.frames = nn.Conv1d(hidden, channels, 1) if everywhere else None
        self.res = ResBlock(channels, channels, hidden if everywhere else 0)
        self.attn = CrossAttention(channels, hidden, heads) if heads else None

    def forward(self, x, content, condition=None):
        x = self.downsample(F.pad(x, (0, x.shape[2] % 2)))  # [B, C, ceil(T / 2)]
        x = x + self.frames(content.transpose(1, 2)) if self.frames else x
        x = self.res(x, condition)
        return self.attn(x, content) if self.attn else x


class Up(nn.Module):
    def __init__(self, channels_in, skip, channels, hidden, heads, everywhere=False):
        super().__init__()
        self.upsample = nn.ConvTranspose1d(channels_in, channels, 4, stride=2, padding=1)
        self.frames = nn.Conv1d(hidden, channels, 1) if everywhere else None
        self.res = ResBlock(channels + skip, channels, hidden if everywhere else 0)
        self.attn = CrossAttention(channels, hidden, heads) if heads else None

    def forward(self, x, skip, content, condition=None):
        x = self.upsample(x)[:, :, : skip.shape[2]]
        x = x + self.frames(content.transpose(1, 2)) if self.frames else x
        x = self.res(torch.cat([x, skip], dim=1), condition)
        return self.attn(x, content) if self.attn else x


class Teacher(nn.Module):
    """The preset `upstream`: conditions meet the mel at the bottleneck."""

    def __init__(self, mels=80, content=768, speaker=192, ir=24, hidden=512, channels=(128, 256, 384, 512), heads=8, everywhere=False):
        super().__init__()
        c0, c1, c2, c3 = channels
        modulated = hidden if everywhere else 0
        self.hidden = hidden
        self.content_proj = nn.Conv1d(content, hidden, 1)
        self.time_mlp = nn.Sequential(nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, hidden))
        self.film_time = Film(hidden, hidden)
        if not everywhere:
            self.film_f0 = Film(1, hidden)
        self.film_spk = Film(speaker, hidden)
        self.film_ir = Film(ir, hidden)
        self.input_conv = nn.Conv1d(mels, c0, 3, padding=1)
        self.down1 = Down(c0, c0, hidden, 0, everywhere)
        self.down2 = Down(c0, c1, hidden, 0, everywhere)
        self.down3 = Down(c1, c2, hidden, heads, everywhere)
        self.down4 = Down(c2, c3, hidden, heads, everywhere)
        self.bottleneck_res = ResBlock(c3, hidden, modulated)
        self.bottleneck_attn = CrossAttention(hidden, hidden, heads)
        self.bottleneck_out = ResBlock(hidden, c3, modulated)
        self.up4 = Up(c3, c2, c2, hidden, heads, everywhere)
        self.up3 = Up(c2, c1, c1, hidden, heads, everywhere)
        self.up2 = Up(c1, c0, c0, hidden, 0, everywhere)
        self.up1 = Up(c0, c0, c0, hidden, 0, everywhere)
        self.output_conv = nn.Conv1d(c0, mels, 3, padding=1)

    def embed(self, time):
        half = self.hidden // 2
        rates = torch.exp(torch.arange(half, device=time.device) * (-math.log(10000.0) / (half - 1)))
        angles = time.unsqueeze(1) * rates  # [B, hidden / 2]
        return torch.cat([angles.sin(), angles.cos()], dim=1)

    def forward(self, noisy, time, content, log_f0, voiced, speaker, ir):
        content = self.content_proj(content)  # [B, hidden, T]
        by4, by8, by16 = at_rate(content, 4), at_rate(content, 8), at_rate(content, 16)
        s1 = self.input_conv(noisy)
        s2 = self.down1(s1, None)
        s3 = self.down2(s2, None)
        s4 = self.down3(s3, by8)
        x = self.down4(s4, by16)  # [B, c3, T / 16]
        x = self.bottleneck_attn(self.bottleneck_res(x), by16)
        x = self.film_time(x, self.time_mlp(self.embed(time)))
        x = self.film_f0(x, log_f0.mean(dim=2))
        x = self.film_ir(self.film_spk(x, speaker), ir)
        x = self.bottleneck_out(x)
        x = self.up4(x, s4, by8)
        x = self.up3(x, s3, by4)
        x = self.up2(x, s2, None)
        x = self.up1(x, s1, None)
        return self.output_conv(x)


class BaseTeacher(Teacher):
    """The preset `base`: pitch joins the content, and both meet the mel at every level; a fixed linear skip."""

    def __init__(self, mels=80, content=768, speaker=192, ir=24, hidden=864, channels=(256, 512, 768, 1024), heads=8):
        super().__init__(mels, content, speaker, ir, hidden, channels, heads, everywhere=True)
        self.frame_conditions = nn.ModuleDict({"pitch": nn.Conv1d(12, hidden, 1), "input": nn.Conv1d(hidden, channels[0], 1)})
        self.global_conditions = nn.ModuleDict({"speaker": nn.Linear(speaker, hidden), "ir": nn.Linear(ir, hidden)})

    def forward(self, noisy, time, content, log_f0, voiced, speaker, ir):
        content = self.content_proj(content) + self.frame_conditions["pitch"](pitch_features(log_f0, voiced))  # [B, hidden, T]
        by2, by4, by8, by16 = (at_rate(content, rate) for rate in (2, 4, 8, 16))
        embedded = self.time_mlp(self.embed(time * 1000))
        condition = F.silu(embedded + self.global_conditions["speaker"](speaker) + self.global_conditions["ir"](ir))
        s1 = self.input_conv(noisy) + self.frame_conditions["input"](content)
        s2 = self.down1(s1, by2, condition)
        s3 = self.down2(s2, by4, condition)
        s4 = self.down3(s3, by8, condition)
        x = self.down4(s4, by16, condition)
        x = self.bottleneck_attn(self.bottleneck_res(x, condition), by16)
        x = self.film_ir(self.film_spk(self.film_time(x, embedded), speaker), ir)
        x = self.bottleneck_out(x, condition)
        x = self.up4(x, s4, by8, condition)
        x = self.up3(x, s3, by4, condition)
        x = self.up2(x, s2, by2, condition)
        x = self.up1(x, s1, content.transpose(1, 2), condition)
        variance = 0.3**2
        slope = (time - (1 - time) * variance) / (time.square() + (1 - time).square() * variance)
        return self.output_conv(x) + noisy * slope.view(-1, 1, 1)


if __name__ == "__main__":  # prints tests/Models.Tests/upstream-weights.txt
    for name, weight in sorted(Teacher().state_dict().items()):
        print(f"{name} {list(weight.shape)}")
