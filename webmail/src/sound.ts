// audio/basic (RFC 2046 §4.3): ISDN's 8 bit µ-law, one channel, 8,000 Hz. Browsers do not play it, so it
// is made into what they do play. What comes with Sun's header (.au) is understood as well.

/** ITU-T G.711, one octet's sample of 16 bits. */
export function mulaw(octet: number): number {
  const inverted = ~octet & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + 0x84) << ((inverted >> 4) & 7);
  return inverted & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

/** A WAVE file, or null where Sun's header says that it is something else. */
export function wave(octets: Uint8Array<ArrayBuffer>): Blob | null {
  let rate = 8_000;
  let channels = 1;
  let from = 0;
  const header = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  if (octets.length >= 24 && header.getUint32(0) === 0x2e736e64) {
    from = Math.min(header.getUint32(4), octets.length);
    if (header.getUint32(12) !== 1) return null; // 1 is µ-law
    rate = header.getUint32(16);
    channels = header.getUint32(20);
    if (rate < 1_000 || rate > 192_000 || channels < 1 || channels > 8) return null;
  }
  const samples = octets.length - from;
  const out = new DataView(new ArrayBuffer(44 + 2 * samples));
  const text = (at: number, word: string) => [...word].forEach((c, i) => out.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  out.setUint32(4, 36 + 2 * samples, true);
  text(8, 'WAVEfmt ');
  out.setUint32(16, 16, true);
  out.setUint16(20, 1, true);
  out.setUint16(22, channels, true);
  out.setUint32(24, rate, true);
  out.setUint32(28, rate * channels * 2, true);
  out.setUint16(32, channels * 2, true);
  out.setUint16(34, 16, true);
  text(36, 'data');
  out.setUint32(40, 2 * samples, true);
  for (let i = 0; i < samples; i++) out.setInt16(44 + 2 * i, mulaw(octets[from + i]!), true);
  return new Blob([out.buffer], { type: 'audio/wav' });
}
