import type { Part } from './types';

// How a letter's parts are shown (RFC 2046 §5.1): of alternatives the best, parallel ones together, a
// digest as a list, and whatever is not shown as an attachment.

export type Shape =
  | { kind: 'html'; part: Part; related: Part[] }
  | { kind: 'text'; part: Part }
  | { kind: 'image'; part: Part }
  | { kind: 'sound'; part: Part }
  | { kind: 'video'; part: Part }
  | { kind: 'message'; part: Part }
  | { kind: 'external'; part: Part }
  | { kind: 'partial'; part: Part }
  | { kind: 'together'; shapes: Shape[] }
  | { kind: 'digest'; parts: Part[] };

const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);
const DEPTH = 20;

/** What is shown, in its order; `files` are those of `attachments` that are not. */
export function shapes(root: Part): Shape[] {
  return of(root, [], 0);
}

function of(part: Part, related: Part[], depth: number): Shape[] {
  if (depth > DEPTH) return [];
  const below = part.subParts ?? [];
  const each = () => below.flatMap((it) => of(it, related, depth + 1));
  switch (part.type) {
    case 'multipart/alternative':
      return best(below, related, depth);
    case 'multipart/related': {
      const [first, ...others] = below;
      if (!first) return [];
      const shown = of(first, others, depth + 1);
      // pictures that no text can name are shown behind it
      const named = shown.some((it) => it.kind === 'html');
      return named ? shown : [...shown, ...others.flatMap((it) => of(it, [], depth + 1))];
    }
    case 'multipart/parallel':
      return [{ kind: 'together', shapes: each() }];
    case 'multipart/digest':
      return [{ kind: 'digest', parts: below }];
    case 'text/html':
      return part.disposition === 'attachment' ? [] : [{ kind: 'html', part, related }];
    case 'message/rfc822':
    case 'message/global':
      return [{ kind: 'message', part }];
    case 'message/external-body':
      return [{ kind: 'external', part }];
    case 'message/partial':
      return [{ kind: 'partial', part }];
    default:
  }
  if (part.type.startsWith('multipart/')) return each();
  if (IMAGES.has(part.type)) return [{ kind: 'image', part }];
  if (part.type.startsWith('audio/')) return [{ kind: 'sound', part }];
  if (part.type === 'video/mp4' || part.type === 'video/webm') return [{ kind: 'video', part }];
  if (part.disposition === 'attachment') return [];
  if (part.type === 'text/plain' || part.type === 'text/enriched' || part.type === 'text/richtext')
    return [{ kind: 'text', part }];
  return [];
}

/** RFC 2046 §5.1.4: the last that can be shown; what cannot is passed over. */
function best(below: Part[], related: Part[], depth: number): Shape[] {
  for (const part of below.toReversed()) {
    const shown = of(part, related, depth + 1);
    if (shown.length > 0) return shown;
  }
  return [];
}

/** A parameter of a Content-Type field as it stands there. */
export function parameter(part: Part, name: string): string | null {
  const field = part['header:Content-Type:asRaw'] ?? '';
  for (const piece of field.slice(0, 4_000).split(';').slice(1)) {
    const equals = piece.indexOf('=');
    if (equals < 0 || piece.slice(0, equals).trim().toLowerCase() !== name) continue;
    return piece
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/s, '$1');
  }
  return null;
}

/** RFC 1896, RFC 1341 §7.1.3: text with commands in angle brackets, without these. */
export function unenriched(text: string): string {
  return text
    .replace(/<param>[^<]{0,500}<\/param>/gi, '')
    .replace(/<lt>/gi, '\u0001')
    .replace(/<nl>/gi, '\n')
    .replace(/<<|<\/?[a-z][a-z0-9-]{0,59}>/gi, (it) => (it === '<<' ? '<' : ''))
    .replaceAll('\u0001', '<');
}
