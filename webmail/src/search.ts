import type { Filter } from './types';

// What a person writes into the search field, and the filter (RFC 8621 §4.4.1) that it means.
//
//   query    = *( [ "-" ] term )
//   term     = [ operator ":" ] value
//   value    = DQUOTE *any DQUOTE / 1*not-space
//   operator = "from" / "to" / "cc" / "bcc" / "subject" / "body" / "has" / "is" / "in" /
//              "before" / "after" / "larger" / "smaller"
//
// An operator that is none is text like any other.

export interface Term {
  operator: string;
  value: string;
  not: boolean;
}

const OPERATORS = new Set([
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'body',
  'has',
  'is',
  'in',
  'before',
  'after',
  'larger',
  'smaller',
]);

export function terms(query: string): Term[] {
  const all: Term[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at]!)) {
      at++;
      continue;
    }
    let not = false;
    if (query[at] === '-' && at + 1 < query.length && !/\s/.test(query[at + 1]!)) {
      not = true;
      at++;
    }
    let operator = '';
    const colon = query.indexOf(':', at);
    const word = colon < 0 ? '' : query.slice(at, colon).toLowerCase();
    if (OPERATORS.has(word) && colon + 1 < query.length && !/\s/.test(query[colon + 1]!)) {
      operator = word;
      at = colon + 1;
    }
    let value: string;
    if (query[at] === '"') {
      const end = query.indexOf('"', at + 1);
      value = query.slice(at + 1, end < 0 ? query.length : end);
      at = end < 0 ? query.length : end + 1;
      if (!operator) value = value && `"${value}"`; // a phrase stays one
    } else {
      const from = at;
      while (at < query.length && !/\s/.test(query[at]!)) at++;
      value = query.slice(from, at);
    }
    if (value) all.push({ operator, value, not });
  }
  return all;
}

/** A day, a month or a year, from its beginning, where the person is; or days, months, years ago. */
function day(value: string, now: Date): string | null {
  const date = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value);
  if (date) {
    const month = Number(date[2] ?? 1);
    const of = Number(date[3] ?? 1);
    if (month < 1 || month > 12 || of < 1 || of > 31) return null;
    return new Date(Number(date[1]), month - 1, of).toISOString();
  }
  const ago = /^(\d{1,4})([dwmy])$/.exec(value);
  if (!ago) return null;
  const number = Number(ago[1]);
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  if (ago[2] === 'd') then.setDate(then.getDate() - number);
  else if (ago[2] === 'w') then.setDate(then.getDate() - 7 * number);
  else if (ago[2] === 'm') then.setMonth(then.getMonth() - number);
  else then.setFullYear(then.getFullYear() - number);
  return then.toISOString();
}

function size(value: string): number | null {
  const said = /^(\d{1,9})([kmg]?)b?$/i.exec(value);
  if (!said) return null;
  return Number(said[1]) * { '': 1, k: 1e3, m: 1e6, g: 1e9 }[said[2]!.toLowerCase()]!;
}

function condition(term: Term, mailbox: (name: string) => string | null, now: Date): Filter | null {
  const { operator, value } = term;
  const text = { text: operator ? `${operator}:${value}` : value };
  switch (operator) {
    case 'from':
    case 'to':
    case 'cc':
    case 'bcc':
    case 'subject':
    case 'body':
      return { [operator]: /\s/.test(value) ? `"${value}"` : value };
    case 'has':
      return /^(attachments?|anhang|مرفق)$/i.test(value) ? { hasAttachment: true } : text;
    case 'is':
      switch (value.toLowerCase()) {
        case 'unread':
          return { notKeyword: '$seen' };
        case 'read':
          return { hasKeyword: '$seen' };
        case 'flagged':
        case 'starred':
          return { hasKeyword: '$flagged' };
        case 'answered':
          return { hasKeyword: '$answered' };
        case 'draft':
          return { hasKeyword: '$draft' };
        default:
          return text;
      }
    case 'in': {
      const id = mailbox(value);
      return id ? { inMailbox: id } : text;
    }
    case 'before':
    case 'after': {
      const when = day(value, now);
      return when ? { [operator]: when } : text;
    }
    case 'larger':
    case 'smaller': {
      const octets = size(value);
      return octets === null ? text : { [operator === 'larger' ? 'minSize' : 'maxSize']: octets };
    }
    default:
      return text;
  }
}

/**
 * The filter that a query means, or null where it means nothing.
 *
 * @param mailbox the id of a mailbox by what a person calls it
 */
export function filter(query: string, mailbox: (name: string) => string | null, now = new Date()): Filter | null {
  const conditions: Filter[] = [];
  for (const term of terms(query)) {
    const is = condition(term, mailbox, now);
    if (is) conditions.push(term.not ? { operator: 'NOT', conditions: [is] } : is);
  }
  if (conditions.length === 0) return null;
  return conditions.length === 1 ? conditions[0]! : { operator: 'AND', conditions };
}
