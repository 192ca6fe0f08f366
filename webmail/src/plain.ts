// Letters in plain text: paragraphs, what is quoted, and what in it leads elsewhere.

export interface Piece {
  text: string;
  href?: string;
}

export interface Block {
  depth: number;
  lines: Piece[][];
}

/** RFC 3676 §4: soft line breaks are undone, quotes and stuffing understood. */
export function unflowed(text: string, delSp: boolean): string {
  const out: string[] = [];
  let flowing: { depth: number; text: string } | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const depth = /^>*/.exec(raw)![0].length;
    let line = raw.slice(depth);
    if (line.startsWith(' ')) line = line.slice(1);
    const soft = line.endsWith(' ') && line !== '-- ';
    if (soft && delSp) line = line.slice(0, -1);
    if (flowing && flowing.depth === depth && line !== '-- ') flowing.text += line;
    else {
      if (flowing) out.push(quoted(flowing.depth, flowing.text));
      flowing = { depth, text: line };
    }
    if (!soft) {
      out.push(quoted(flowing.depth, flowing.text));
      flowing = null;
    }
  }
  if (flowing) out.push(quoted(flowing.depth, flowing.text));
  return out.join('\n');
}

function quoted(depth: number, text: string): string {
  return depth > 0 ? '>'.repeat(depth) + ' ' + text : text;
}

/** The text cut where the depth of quotation changes. */
export function blocks(text: string): Block[] {
  const all: Block[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const mark = /^(?:> ?)*/.exec(raw)![0];
    const depth = Math.min(mark.split('>').length - 1, 20);
    let last = all.at(-1);
    if (!last || last.depth !== depth) all.push((last = { depth, lines: [] }));
    last.lines.push(pieces(raw.slice(mark.length)));
  }
  return all;
}

/** A line cut at what can be followed. */
export function pieces(line: string): Piece[] {
  const all: Piece[] = [];
  let at = 0;
  for (const found of line.slice(0, 10_000).matchAll(/\bhttps?:\/\/[^\s<>"]+|\bmailto:[^\s<>"]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi)) {
    const text = found[0].replace(/[.,;:!?'"\])}]+$/, (end) => {
      // a bracket that was opened within belongs to it
      const opens = found[0].split('(').length;
      return end.startsWith(')') && opens > 1 ? ')' : '';
    });
    if (found.index > at) all.push({ text: line.slice(at, found.index) });
    all.push({ text, href: /^(https?|mailto):/i.test(text) ? text : 'mailto:' + text });
    at = found.index + text.length;
  }
  if (at < line.length || all.length === 0) all.push({ text: line.slice(at) });
  return all;
}

/** HTML as text, for the letter's plain half. */
export function asText(root: Element): string {
  let text = '';
  const break_ = () => {
    if (text && !text.endsWith('\n')) text += '\n';
  };
  const walk = (node: Node, prefix: string) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) text += (child.nodeValue ?? '').replace(/[ \t\r\n\f]+/g, ' ');
      if (!(child instanceof Element)) continue;
      switch (child.localName) {
        case 'br':
          text += '\n';
          break;
        case 'hr':
          break_();
          text += '-- \n';
          break;
        case 'img':
          if (child.getAttribute('alt')) text += `[${child.getAttribute('alt')}]`;
          break;
        case 'a': {
          walk(child, prefix);
          const to = child.getAttribute('href') ?? '';
          if (/^https?:/.test(to) && child.textContent?.trim() !== to) text += ` <${to}>`;
          break;
        }
        case 'blockquote': {
          break_();
          const within = asText(child);
          text += within.replace(/^(.*)$/gm, (line) => (line.startsWith('>') ? '>' + line : line ? '> ' + line : '>')) + '\n';
          break;
        }
        case 'li': {
          break_();
          const list = child.parentElement;
          const number = list?.localName === 'ol' ? [...list.children].indexOf(child) + 1 + '. ' : '- ';
          text += number;
          walk(child, prefix);
          break_();
          break;
        }
        case 'style':
        case 'script':
        case 'title':
          break;
        case 'p':
        case 'h1':
        case 'h2':
        case 'h3':
        case 'ul':
        case 'ol':
        case 'table':
          break_();
          walk(child, prefix);
          break_();
          text += '\n';
          break;
        case 'div':
        case 'tr':
        case 'section':
        case 'article':
        case 'pre':
          break_();
          walk(child, prefix);
          break_();
          break;
        default:
          walk(child, prefix);
      }
    }
  };
  walk(root, '');
  return text
    .replace(/[ \t]+\n/g, (end, at: number, all: string) => (all.slice(Math.max(0, at - 2), at + 1) === '-- ' ? ' \n' : end.replace(/[ \t]/g, '')))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES[c]!);
}

/** Plain text as HTML, quotations as such. */
export function asHtml(text: string): string {
  return blocks(text)
    .map(({ depth, lines }) => {
      const inner = lines.map((line) => escaped(line.map((it) => it.text).join(''))).join('<br>');
      return '<blockquote>'.repeat(depth) + `<div>${inner || '<br>'}</div>` + '</blockquote>'.repeat(depth);
    })
    .join('');
}
