import { describe, expect, test } from 'vitest';
import { filter, terms } from '../src/search';

const mailboxes: Record<string, string> = { inbox: 'M1', 'old letters': 'M7' };
const of = (query: string) => filter(query, (name) => mailboxes[name.toLowerCase()] ?? null, new Date(2026, 5, 15, 12));

describe('what is searched for', () => {
  test('words are each wanted', () => {
    expect(of('tea  cakes')).toEqual({ operator: 'AND', conditions: [{ text: 'tea' }, { text: 'cakes' }] });
  });
  test('a phrase stays one', () => {
    expect(of('"high tea"')).toEqual({ text: '"high tea"' });
    expect(of('subject:"high tea"')).toEqual({ subject: '"high tea"' });
  });
  test('operators', () => {
    expect(of('from:ada')).toEqual({ from: 'ada' });
    expect(of('TO:bob@example.test')).toEqual({ to: 'bob@example.test' });
    expect(of('has:attachment')).toEqual({ hasAttachment: true });
    expect(of('is:unread')).toEqual({ notKeyword: '$seen' });
    expect(of('is:starred')).toEqual({ hasKeyword: '$flagged' });
    expect(of('larger:2M')).toEqual({ minSize: 2_000_000 });
  });
  test('a mailbox by its name, with spaces in quotes', () => {
    expect(of('in:inbox')).toEqual({ inMailbox: 'M1' });
    expect(of('in:"Old letters"')).toEqual({ inMailbox: 'M7' });
    expect(of('in:nowhere')).toEqual({ text: 'in:nowhere' });
  });
  test('days, months, years, and how long ago', () => {
    expect(of('before:2026-03-01')).toEqual({ before: new Date(2026, 2, 1).toISOString() });
    expect(of('after:2025')).toEqual({ after: new Date(2025, 0, 1).toISOString() });
    expect(of('after:2w')).toEqual({ after: new Date(2026, 5, 1).toISOString() });
    expect(of('before:soon')).toEqual({ text: 'before:soon' });
  });
  test('not', () => {
    expect(of('-from:ada')).toEqual({ operator: 'NOT', conditions: [{ from: 'ada' }] });
  });
  test('what is no operator is text', () => {
    expect(of('https://example.test/')).toEqual({ text: 'https://example.test/' });
    expect(of('from:')).toEqual({ text: 'from:' });
    expect(of('12:30')).toEqual({ text: '12:30' });
  });
  test('nothing means nothing', () => {
    expect(of('   ')).toBeNull();
    expect(of('""')).toBeNull();
  });
  test('a quote that does not end goes to the end', () => {
    expect(terms('subject:"a b')).toEqual([{ operator: 'subject', value: 'a b', not: false }]);
  });
});
