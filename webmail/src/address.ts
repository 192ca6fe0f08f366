import type { Address } from './types';

// Addresses as people write and paste them: RFC 5322 §3.4's, and semicolons, which Outlook puts between.

/**
 * The addresses in a text; `rest` is what is not (yet) one.
 */
export function addresses(text: string): { found: Address[]; rest: string } {
  const found: Address[] = [];
  const rest: string[] = [];
  for (const piece of pieces(text)) {
    const one = address(piece);
    if (one) found.push(one);
    else if (piece.trim()) rest.push(piece.trim());
  }
  return { found, rest: rest.join(', ') };
}

/** Cut at commas, semicolons and line ends that stand outside of quotes, brackets and comments. */
function pieces(text: string): string[] {
  const all: string[] = [];
  let from = 0;
  let quoted = false;
  let angle = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '<') angle = true;
    else if (c === '>') angle = false;
    else if (!angle && (c === ',' || c === ';' || c === '\n')) {
      all.push(text.slice(from, i));
      from = i + 1;
    }
  }
  all.push(text.slice(from));
  return all;
}

/** One address, or null. */
export function address(text: string): Address | null {
  const piece = text.trim().replace(/^mailto:/i, '');
  const open = piece.lastIndexOf('<');
  if (open >= 0 && piece.endsWith('>')) {
    const email = piece.slice(open + 1, -1).trim();
    if (!isAddress(email)) return null;
    return { name: unquoted(piece.slice(0, open).trim()) || null, email };
  }
  return isAddress(piece) ? { name: null, email: piece } : null;
}

/** RFC 5322 §3.4.1: local-part "@" domain, without comments; other scripts as RFC 6532 has them. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || at > 64 || text.length > 254) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  const quoted = /^"(?:[^"\\\r\n]|\\[^\r\n])*"$/.test(local);
  if (!quoted && !local.split('.').every((atom) => /^[^\s()<>[\]:;@\\,."]+$/.test(atom))) return false;
  if (/^\[[^[\]\\\s]+\]$/.test(domain)) return true;
  return domain.split('.').every((label) => /^[^\s()<>[\]:;@\\,."_-](?:[^\s()<>[\]:;@\\,."_]*[^\s()<>[\]:;@\\,."_-])?$/.test(label));
}

function unquoted(name: string): string {
  if (name.length < 2 || !name.startsWith('"') || !name.endsWith('"')) return name;
  return name.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** As it is written into a field, and read again. */
export function print({ name, email }: Address): string {
  if (!name) return email;
  const phrase = /^[\p{L}\p{N}!#$%&'*+\-/=?^_`{|}~ ]+$/u.test(name) ? name : '"' + name.replace(/["\\]/g, '\\$&') + '"';
  return `${phrase} <${email}>`;
}

/** As it is called: by its name, or else by its address. */
export function called(one: Address | undefined): string {
  return one ? one.name?.trim() || one.email : '';
}
