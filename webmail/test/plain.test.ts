import { describe, expect, test } from 'vitest';
import { blocks, pieces, unflowed } from '../src/plain';
import { parameter, shapes, unenriched } from '../src/shape';
import { mulaw, wave } from '../src/sound';
import type { Part } from '../src/types';

describe('plain text', () => {
  test('links end before what ends a sentence', () => {
    expect(pieces('See https://example.test/a_(b), please.')).toEqual([
      { text: 'See ' },
      { text: 'https://example.test/a_(b)', href: 'https://example.test/a_(b)' },
      { text: ', please.' },
    ]);
    expect(pieces('ask ada@example.test!')[1]).toEqual({ text: 'ada@example.test', href: 'mailto:ada@example.test' });
  });
  test('nothing but the web and mail is followed', () => {
    expect(pieces('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([
      { text: 'javascript:alert(1) data:text/html,x file:///etc/passwd' },
    ]);
  });
  test('quotes by their depth', () => {
    expect(blocks('a\n> b\n>> c\n> > d\ne').map((it) => [it.depth, it.lines.length])).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
      [0, 1],
    ]);
  });
  test('soft line breaks go, quotes stay, the signature is its own', () => {
    expect(unflowed('This is \none line.\n> so \n> is this\n-- \nAda', false)).toBe('This is one line.\n> so is this\n-- \nAda');
  });
  test('a long line takes no long time', () => {
    const begun = performance.now();
    pieces('a@'.repeat(500_000));
    blocks('>'.repeat(500_000));
    unenriched('<'.repeat(500_000));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

const part = (type: string, ...subParts: Part[]): Part => ({
  partId: '1',
  blobId: 'b',
  size: 1,
  name: null,
  type,
  charset: null,
  disposition: null,
  cid: null,
  location: null,
  subParts,
});

describe('how parts are shown', () => {
  const kinds = (root: Part) => shapes(root).map((it) => it.kind);
  test('of alternatives the last that can be', () => {
    expect(kinds(part('multipart/alternative', part('text/plain'), part('text/html')))).toEqual(['html']);
    expect(kinds(part('multipart/alternative', part('text/plain'), part('application/x-unknown')))).toEqual(['text']);
  });
  test('parallel ones together, a digest as a list', () => {
    expect(kinds(part('multipart/parallel', part('image/gif'), part('audio/basic')))).toEqual(['together']);
    expect(kinds(part('multipart/digest', part('message/rfc822')))).toEqual(['digest']);
  });
  test('what may act is not shown', () => {
    expect(kinds(part('multipart/mixed', part('application/postscript'), part('image/svg+xml'), part('video/mpeg')))).toEqual([]);
  });
  test('as deep as can be is deep enough', () => {
    let root = part('text/plain');
    for (let i = 0; i < 1_000; i++) root = part('multipart/mixed', root);
    expect(kinds(root)).toEqual([]);
  });
  test('parameters', () => {
    const external = { ...part('message/external-body'), 'header:Content-Type:asRaw': ' message/external-body; access-type=URL;\r\n URL="https://example.test/a"' };
    expect(parameter(external, 'access-type')).toBe('URL');
    expect(parameter(external, 'url')).toBe('https://example.test/a');
  });
  test('enriched text without its commands', () => {
    expect(unenriched('<bold>Now</bold> is <<the time')).toBe('Now is <the time');
  });
});

describe('audio/basic', () => {
  test('G.711: silence, and the loudest of both sides', () => {
    expect([0xff, 0x7f, 0x80, 0x00].map(mulaw)).toEqual([0, 0, 32124, -32124]);
  });
  test('is made into a wave of twice the octets', () => {
    expect(wave(new Uint8Array(800))!.size).toBe(44 + 1600);
  });
  test("Sun's header is not heard", () => {
    const au = new Uint8Array(24 + 10);
    const header = new DataView(au.buffer);
    [0x2e736e64, 24, 10, 1, 8000, 1].forEach((word, i) => header.setUint32(4 * i, word));
    expect(wave(au)!.size).toBe(44 + 20);
    header.setUint32(12, 3);
    expect(wave(au)).toBeNull();
  });
});
