import DOMPurify, { type Config, type DOMPurify as Purifier } from 'dompurify';

// Letters in HTML are hostile (TRAPS T39). Four things stand between one and the page, and each would do
// alone: DOMPurify on the browser's own parser, what is done here to styles and addresses, a frame of an
// opaque origin in which no script runs, and that frame's own content policy, which loads nothing.

const CONFIG: Config = {
  USE_PROFILES: { html: true }, // no SVG, no MathML
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true,
  FORCE_BODY: false,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
  ADD_TAGS: ['style'],
  FORBID_TAGS: [
    'form',
    'input',
    'button',
    'select',
    'option',
    'textarea',
    'dialog',
    'template',
    'slot',
    'audio',
    'video',
    'source',
    'track',
    'picture',
    'map',
    'area',
  ],
  FORBID_ATTR: ['srcset', 'background', 'poster', 'ping', 'autofocus', 'popover', 'tabindex', 'name', 'usemap', 'slot'],
};

/** In the editor a letter that is answered stands within the page itself: nothing of its looks may come along. */
const FOR_EDITOR: Config = {
  ...CONFIG,
  FORBID_TAGS: [...(CONFIG.FORBID_TAGS ?? []), 'style', 'font', 'center'],
  FORBID_ATTR: [...(CONFIG.FORBID_ATTR ?? []), 'style', 'class', 'id', 'bgcolor', 'color', 'align', 'height', 'width'],
};

export interface Clean {
  /** The document's element, of no document that is shown. */
  root: HTMLElement;
  /** Pictures from elsewhere that were left out. */
  blocked: number;
  /** Whether it says colours of its own. */
  coloured: boolean;
}

/** What may stand in a value of a style: nothing that loads, or that takes its value from elsewhere. */
function isHarmless(value: string): boolean {
  return !/url\(|image\(|image-set\(|cross-fade\(|element\(|paint\(|src\(|expression\(|var\(|env\(|attr\(|@import|javascript:/i.test(
    value,
  );
}

/** Takes out of a style, as the browser understood it, what is not harmless. */
function wash(style: CSSStyleDeclaration): void {
  for (const name of [...style]) {
    if (name.startsWith('--') || name === 'behavior' || !isHarmless(style.getPropertyValue(name)))
      style.removeProperty(name);
  }
}

function washed(rules: CSSRuleList): string {
  let text = '';
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) {
      // an attribute's value in a selector tells somebody what it is, where it loads something
      wash(rule.style);
      text += `${rule.selectorText}{${rule.style.cssText}}\n`;
    } else if (rule instanceof CSSMediaRule) text += `@media ${rule.conditionText}{${washed(rule.cssRules)}}\n`;
  }
  return text;
}

/** A style sheet as the browser's own parser understood it; imports, fonts and animations are left out. */
export function styleSheet(text: string): string {
  const sheet = new CSSStyleSheet();
  try {
    sheet.replaceSync(text.slice(0, 500_000));
  } catch {
    return '';
  }
  return washed(sheet.cssRules).replaceAll('<', '\\3c ');
}

/**
 * A letter without all that could act.
 *
 * @param image what stands for the picture of a Content-ID: an address of `data:`
 */
export function clean(html: string, image: (cid: string) => string | null, forEditor = false): Clean {
  const purifier: Purifier = DOMPurify(window);
  let blocked = 0;
  let coloured = false;
  purifier.addHook('uponSanitizeElement', (node, data) => {
    if (data.tagName === 'style' && node instanceof Element) node.textContent = styleSheet(node.textContent ?? '');
  });
  purifier.addHook('afterSanitizeAttributes', (element) => {
    if (element.hasAttribute('bgcolor') || element.hasAttribute('color')) coloured = true;
    const style = (element as HTMLElement).style;
    if (element.hasAttribute('style')) {
      wash(style);
      coloured ||= Boolean(style.color || style.backgroundColor);
      element.setAttribute('style', style.cssText);
    }
    if (element.hasAttribute('href')) link(element);
    if (element.hasAttribute('src')) {
      const source = element.getAttribute('src')!.trim();
      const found = source.toLowerCase().startsWith('cid:') ? image(decoded(source.slice(4))) : source;
      if (element.localName === 'img' && found && isPicture(found)) element.setAttribute('src', found);
      else {
        element.removeAttribute('src');
        if (/^(https?:)?\/\//i.test(source)) blocked++;
      }
    }
  });
  const root = purifier.sanitize(html, forEditor ? FOR_EDITOR : CONFIG) as unknown as HTMLElement;
  for (const style of root.querySelectorAll('style')) coloured ||= /color\s*:/.test(style.textContent ?? '');
  return { root, blocked, coloured };
}

function link(element: Element): void {
  const to = element.getAttribute('href')!.trim();
  if (element.localName !== 'a' || !/^(https?|mailto|tel):/i.test(to)) {
    element.removeAttribute('href');
    return;
  }
  element.setAttribute('target', '_blank');
  element.setAttribute('rel', 'noopener noreferrer nofollow');
  if (/^https?:/i.test(to)) element.setAttribute('title', to); // where it leads, whatever it says
}

/** RFC 2397's, of pictures that can't hold anything else. */
export function isPicture(address: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp|avif|bmp)[;,]/i.test(address);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";
const LOOKS = `
:root { color-scheme: light; }
:root.plain { color-scheme: light dark; }
html { background: #fff; }
.plain { background: light-dark(#fff, #202328); color: light-dark(#1d2126, #e8e6e1); }
.plain a { color: light-dark(#1f5f8b, #7db8e0); }
body { margin: 0; padding: 4px 2px 24px; font: 15px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
table { max-width: 100%; }
pre { white-space: pre-wrap; }
blockquote { margin-inline: 0; padding-inline-start: .9em; border-inline-start: 3px solid #8884; }
`;

/** The document of a letter's frame. */
export function frame({ root, coloured }: Clean, scheme: string): string {
  const page = document.implementation.createHTMLDocument('');
  const own = page.adoptNode(root);
  const head = own.querySelector('head') ?? own.insertBefore(page.createElement('head'), own.firstChild);
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  const looks = page.createElement('style');
  looks.textContent = coloured ? LOOKS : LOOKS.replaceAll('light dark;', scheme + ';');
  head.prepend(policy, looks);
  own.className = coloured ? '' : 'plain';
  if (!own.querySelector('[dir]')) own.querySelector('body')?.setAttribute('dir', 'auto');
  return '<!doctype html>' + own.outerHTML;
}
