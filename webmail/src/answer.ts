import { called } from './address';
import { clean } from './sanitise';
import { asHtml, escaped } from './plain';
import type { Address, Email, Part } from './types';
import { say, whenInBrief } from './words';

// What an answer or a forwarded letter begins with.

/** RFC 5322 §3.6.5: "Re: " once, whatever the other's language made of it. */
export function reSubject(subject: string | null): string {
  return 'Re: ' + (subject ?? '').replace(/^\s*((re|aw|antw|sv|vs|رد)(\[\d+\])?\s*:\s*)+/i, '');
}

export function fwSubject(subject: string | null): string {
  return 'Fwd: ' + (subject ?? '').replace(/^\s*((fwd?|wg|tr)\s*:\s*)+/i, '');
}

/** Whom an answer goes to (RFC 5322 §3.6.3); one's own addresses are left out, but of one's own letters. */
export function recipients(email: Email, all: boolean, own: string[]): { to: Address[]; cc: Address[] } {
  const mine = new Set(own.map((it) => it.toLowerCase()));
  const isMine = (it: Address) => mine.has(it.email.toLowerCase());
  const byMe = (email.from ?? []).some(isMine);
  const to = byMe ? (email.to ?? []) : email.replyTo?.length ? email.replyTo : (email.from ?? []);
  if (!all) return { to: distinct(to), cc: [] };
  const others = [...(byMe ? [] : (email.to ?? [])), ...(email.cc ?? [])].filter((it) => !isMine(it));
  const first = distinct(to);
  const said = new Set(first.map((it) => it.email.toLowerCase()));
  return { to: first, cc: distinct(others).filter((it) => !said.has(it.email.toLowerCase())) };
}

export function distinct(all: Address[]): Address[] {
  const said = new Set<string>();
  return all.filter((it) => {
    const key = it.email.toLowerCase();
    return said.has(key) ? false : (said.add(key), true);
  });
}

/** RFC 5322 §3.6.4. */
export function references(email: Email): string[] {
  const earlier = email.references ?? email.inReplyTo ?? [];
  return [...earlier, ...(email.messageId ?? [])].slice(-50);
}

/** The letter's text as HTML that may stand in the page. */
export function textOf(email: Email, image: (cid: string) => string | null): string {
  const shown = (part: Part): string => {
    const value = email.bodyValues[part.partId ?? '']?.value;
    if (value === undefined) return '';
    return part.type === 'text/html' ? clean(value, image, true).root.querySelector('body')!.innerHTML : asHtml(value);
  };
  return email.htmlBody.map(shown).join('');
}

export function quotation(email: Email, image: (cid: string) => string | null): string {
  const who = escaped(called(email.from?.[0]));
  const line = escaped(say('wrote', whenInBrief(email.sentAt ?? email.receivedAt), '\u0000')).replace('\u0000', who);
  return `<div><br></div><div><br></div><div>${line}</div><blockquote>${textOf(email, image)}</blockquote>`;
}

export function forwarded(email: Email, image: (cid: string) => string | null): string {
  const list = (all: Address[] | null) => (all ?? []).map((it) => escaped(it.name ? `${it.name} <${it.email}>` : it.email)).join(', ');
  const lines = [
    [say('from'), list(email.from)],
    [say('to'), list(email.to)],
    [say('cc'), list(email.cc)],
    [say('date'), escaped(whenInBrief(email.sentAt ?? email.receivedAt))],
    [say('subject'), escaped(email.subject ?? '')],
  ].filter(([, value]) => value);
  const head = lines.map(([name, value]) => `<b>${name}:</b> ${value}`).join('<br>');
  return `<div><br></div><div><br></div><div>---------- ${say('forwarded')} ----------</div><div>${head}</div><div><br></div>${textOf(email, image)}`;
}
