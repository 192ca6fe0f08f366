import { called } from './address';
import type { Mail } from './mail.svelte';
import type { Address, Card } from './types';

// Who may be meant by what is being typed: people of the address book, its groups, and who wrote of late.

export interface Suggestion {
  label: string;
  detail: string;
  addresses: Address[];
}

const MOST = 8;

/** RFC 9553 §2.2.1: a name in one piece, or of its components. */
export function nameOf(card: Card): string {
  const { full, components } = card.name ?? {};
  return full ?? (components ?? []).map((it) => it.value).join(' ');
}

export function addressesOf(card: Card, all: Card[]): Address[] {
  if (card.kind === 'group') {
    // RFC 9553 §2.1.6
    const members = new Set(Object.keys(card.members ?? {}));
    return all.filter((it) => it.kind !== 'group' && it.uid && members.has(it.uid)).flatMap((it) => addressesOf(it, all).slice(0, 1));
  }
  return Object.values(card.emails ?? {}).map(({ address }) => ({ name: nameOf(card) || null, email: address }));
}

export function suggestions(mail: Mail, text: string, without: Address[]): Suggestion[] {
  const wanted = text.toLowerCase();
  const said = new Set(without.map((it) => it.email.toLowerCase()));
  const found: Suggestion[] = [];
  const matches = (it: string | null) => it !== null && it.toLowerCase().split(/[\s.@_-]+/).some((word) => word.startsWith(wanted));
  const offer = (one: Address) => {
    const key = one.email.toLowerCase();
    if (said.has(key) || !(matches(one.name) || key.startsWith(wanted) || one.name?.toLowerCase().startsWith(wanted))) return;
    said.add(key);
    found.push({ label: called(one), detail: one.name ? one.email : '', addresses: [one] });
  };
  for (const card of mail.cards) {
    const all = addressesOf(card, mail.cards);
    if (card.kind === 'group') {
      const name = nameOf(card);
      if (all.length > 0 && (matches(name) || name.toLowerCase().startsWith(wanted)))
        found.push({ label: name, detail: all.map((it) => it.email).join(', '), addresses: all });
    } else all.forEach(offer);
  }
  for (const row of mail.known) [...(row.email.from ?? []), ...(row.email.to ?? [])].forEach(offer);
  return found.slice(0, MOST);
}
