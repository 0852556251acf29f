// Radix-2 fast Fourier transform (Cooley and Tukey, 1965).

// Power of bins 0 … n/2 − 1 of n real samples; n is a power of two.
export function powerSpectrum(samples) {
  const real = Float64Array.from(samples);
  const imaginary = new Float64Array(samples.length);
  transform(real, imaginary);
  return Float32Array.from({ length: samples.length / 2 }, (_, bin) => real[bin] ** 2 + imaginary[bin] ** 2);
}

function transform(real, imaginary) {
  const n = real.length;
  reverseBits(real);
  for (let size = 2; size <= n; size *= 2)
    for (let k = 0; k < size / 2; k++) {
      const [cosine, sine] = [Math.cos(2 * Math.PI * k / size), -Math.sin(2 * Math.PI * k / size)];
      for (let even = k; even < n; even += size) butterfly(real, imaginary, even, even + size / 2, cosine, sine);
    }
}

function butterfly(real, imaginary, even, odd, cosine, sine) {
  const re = real[odd] * cosine - imaginary[odd] * sine;
  const im = real[odd] * sine + imaginary[odd] * cosine;
  real[odd] = real[even] - re;
  imaginary[odd] = imaginary[even] - im;
  real[even] += re;
  imaginary[even] += im;
}

// Only the real part, as the imaginary one is nothing at the start.
function reverseBits(real) {
  for (let i = 1, j = 0; i < real.length; i++) {
    let bit = real.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [real[i], real[j]] = [real[j], real[i]];
  }
}
