import { describe, expect, test } from 'vitest';
import { address, addresses, isAddress, print } from '../src/address';

describe('addresses as people paste them', () => {
  test('with names, between commas and semicolons', () => {
    expect(addresses('Ada <ada@example.test>, bob@example.test; "Lovelace, A." <l@example.test>')).toEqual({
      found: [
        { name: 'Ada', email: 'ada@example.test' },
        { name: null, email: 'bob@example.test' },
        { name: 'Lovelace, A.', email: 'l@example.test' },
      ],
      rest: '',
    });
  });
  test('what is none stays', () => {
    expect(addresses('ada@example.test, bo')).toEqual({ found: [{ name: null, email: 'ada@example.test' }], rest: 'bo' });
  });
  test('of a link', () => {
    expect(address('mailto:ada@example.test')).toEqual({ name: null, email: 'ada@example.test' });
  });
  test.each(['ada@example.test', 'a+b@xn--e1afmkfd.test', '"a b"@example.test', 'дарья@почта.test', 'x@[192.0.2.1]'])('%s is one', (it) => {
    expect(isAddress(it)).toBe(true);
  });
  test.each(['ada', '@example.test', 'a@', 'a..b@example.test', 'a@-b.test', 'a b@example.test', 'a@b,c', 'a@b\r\nBcc: c@d', 'a'.repeat(65) + '@b.test'])('%j is none', (it) => {
    expect(isAddress(it)).toBe(false);
  });
  test('what is printed is read again', () => {
    for (const name of [null, 'Ada', 'Lovelace, A.', 'A "quoted" \\ name', 'Ada L.'])
      expect(address(print({ name, email: 'ada@example.test' }))).toEqual({ name, email: 'ada@example.test' });
  });
});
