import { address } from './address';
import { distinct, forwarded, fwSubject, quotation, recipients, references, reSubject, textOf } from './answer';
import { Refused, take, whole, type Call } from './jmap';
import { parts, type Mail } from './mail.svelte';
import { asText, escaped } from './plain';
import type { Address, Email, Id, Identity, SetResponse } from './types';
import { say, whenInBrief } from './words';

// A letter that is being written: saved as a draft while it is, sent so that for some seconds it can be
// taken back.

const SAVE_AFTER_MS = 1_500;
const UNDO_SECONDS = 10;
const LARGEST_INLINE = 3 << 20; // a quoted picture that is carried along

export interface Attached {
  key: number;
  name: string;
  type: string;
  size: number;
  blobId: Id | null;
  part: number; // of it is up
  cid: string | null;
  stop: AbortController;
}

export type Kind = 'new' | 'reply' | 'reply-all' | 'forward' | 'forward-attached' | 'edit';

let keys = 0;

export class Composer {
  identity = $state.raw<Identity | undefined>();
  to = $state.raw<Address[]>([]);
  cc = $state.raw<Address[]>([]);
  bcc = $state.raw<Address[]>([]);
  subject = $state('');
  html = $state('');
  attached = $state<Attached[]>([]);
  saved = $state<'no' | 'saving' | 'yes'>('yes');
  sending = $state(false);
  /** What is written in the recipients' fields and is no address yet. */
  unread = $state({ to: '', cc: '', bcc: '' });

  private draft: Id | null = null;
  private answered: { id: Id; keyword: string } | null = null;
  private inReplyTo: string[] | null = null;
  private references: string[] | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy: Promise<void> = Promise.resolve();
  private done = false;

  private constructor(private readonly mail: Mail) {}

  static async begin(mail: Mail, kind: Kind, email?: Email): Promise<Composer> {
    const it = new Composer(mail);
    it.identity = it.suits(email);
    if (kind === 'edit' && email) await it.goOn(email);
    else {
      if (email) await it.about(kind, email);
      it.html += it.signature();
    }
    return it;
  }

  /** The identity that a letter came to, or else the first. */
  private suits(email?: Email): Identity | undefined {
    const said = new Set(
      [...(email?.to ?? []), ...(email?.cc ?? []), ...(email?.from ?? [])].map((it) => it.email.toLowerCase()),
    );
    return this.mail.identities.find((it) => said.has(it.email.toLowerCase())) ?? this.mail.identities[0];
  }

  private signature(): string {
    const { htmlSignature, textSignature } = this.identity ?? { htmlSignature: '', textSignature: '' };
    const text = htmlSignature || escaped(textSignature).replaceAll('\n', '<br>');
    return text ? `<div class="signature">-- <br>${text}</div>` : '';
  }

  private async about(kind: Kind, email: Email): Promise<void> {
    const own = this.mail.identities.map((it) => it.email);
    const images = await this.inline(email);
    const image = (cid: string) => images.get(cid) ?? null;
    switch (kind) {
      case 'reply':
      case 'reply-all': {
        const { to, cc } = recipients(email, kind === 'reply-all', own);
        this.to = to;
        this.cc = cc;
        this.subject = reSubject(email.subject);
        this.html = quotation(email, image);
        this.inReplyTo = email.messageId;
        this.references = references(email);
        this.answered = { id: email.id, keyword: '$answered' };
        break;
      }
      case 'forward':
        this.subject = fwSubject(email.subject);
        this.html = forwarded(email, image);
        this.attached = email.attachments
          .filter((it) => it.blobId && !(it.cid && images.has(it.cid)))
          .map((it) => known(it.name ?? say('message'), it.type, it.size, it.blobId!, null));
        this.answered = { id: email.id, keyword: '$forwarded' };
        break;
      case 'forward-attached':
        this.subject = fwSubject(email.subject);
        this.attached = [known((email.subject ?? say('message')) + '.eml', 'message/rfc822', email.size, email.blobId, null)];
        this.answered = { id: email.id, keyword: '$forwarded' };
        break;
      case 'new':
      case 'edit':
    }
  }

  /** Pictures in a letter's text, as addresses of `data:`. */
  private async inline(email: Email): Promise<Map<string, string>> {
    const images = new Map<string, string>();
    for (const part of parts(email.bodyStructure))
      if (part.cid && part.blobId && part.type.startsWith('image/') && part.size < LARGEST_INLINE)
        images.set(part.cid, await asData(await this.mail.jmap.blob(part.blobId, part.type)));
    return images;
  }

  private async goOn(email: Email): Promise<void> {
    this.draft = email.id;
    this.to = email.to ?? [];
    this.cc = email.cc ?? [];
    this.bcc = email.bcc ?? [];
    this.subject = email.subject ?? '';
    this.inReplyTo = email.inReplyTo;
    this.references = email.references;
    const images = await this.inline(email);
    this.html = textOf(email, (cid) => images.get(cid) ?? null);
    this.attached = email.attachments
      .filter((it) => it.blobId && !(it.cid && images.has(it.cid)))
      .map((it) => known(it.name ?? '', it.type, it.size, it.blobId!, null));
  }

  // Attachments

  async attach(files: Iterable<File>): Promise<void> {
    await Promise.all([...files].map((file) => this.attachOne(file)));
  }

  private async attachOne(file: File): Promise<void> {
    const most = this.mail.jmap.limit('maxSizeUpload', 50_000_000);
    this.attached.push({ ...known(file.name, file.type || 'application/octet-stream', file.size, null, null) });
    const one = this.attached.at(-1)!;
    try {
      if (file.size > most) throw new Refused('maxSizeUpload', file.name);
      const { blobId } = await this.mail.jmap.upload(file, (part) => (one.part = part), one.stop.signal);
      one.blobId = blobId;
      one.part = 1;
      this.changed();
    } catch (problem) {
      this.detach(one.key);
      if (!one.stop.signal.aborted) this.mail.complain(problem);
    }
  }

  detach(key: number): void {
    const one = this.attached.find((it) => it.key === key);
    if (one && !one.blobId) one.stop.abort();
    this.attached = this.attached.filter((it) => it.key !== key);
    this.changed();
  }

  // Saving

  changed(): void {
    if (this.done) return;
    this.saved = 'no';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  get isEmpty(): boolean {
    const own = new DOMParser().parseFromString(this.html, 'text/html');
    own.querySelectorAll('.signature').forEach((it) => it.remove());
    const nothing = !own.body.textContent?.trim() && !own.querySelector('img');
    return nothing && this.to.length + this.cc.length + this.bcc.length + this.attached.length === 0 && !this.subject;
  }

  /** One save after the other; what was typed meanwhile is in the next. */
  save(): Promise<void> {
    clearTimeout(this.timer);
    this.busy = this.busy.then(async () => {
      if (this.done || this.saved === 'yes') return;
      this.saved = 'saving';
      try {
        const calls: Call[] = [['Email/set', { create: { d: await this.email() }, ...this.replacing() }, 's']];
        const response = whole(take<SetResponse>(await this.mail.jmap.request(calls), 's'));
        this.draft = response.created?.d?.id ?? null;
        if (this.saved === ('saving' as string)) this.saved = 'yes';
      } catch (problem) {
        this.saved = 'no';
        this.mail.complain(problem);
      }
    });
    return this.busy;
  }

  private replacing(): { destroy?: Id[] } {
    return this.draft ? { destroy: [this.draft] } : {};
  }

  /** RFC 8621 §4.6: what the server makes a letter of. */
  private async email(): Promise<Record<string, unknown>> {
    const drafts = this.mail.byRole('drafts');
    if (!drafts) throw new Refused('notFound', say('drafts'));
    const page = new DOMParser().parseFromString(this.html, 'text/html');
    const inline = await this.takeOutImages(page);
    const text = asText(page.body);
    const rich = isRich(page.body);
    const email: Record<string, unknown> = {
      mailboxIds: { [drafts.id]: true },
      keywords: { $draft: true, $seen: true },
      from: this.identity ? [{ name: this.identity.name || null, email: this.identity.email }] : null,
      to: this.to.length > 0 ? this.to : null,
      cc: this.cc.length > 0 ? this.cc : null,
      bcc: this.bcc.length > 0 ? this.bcc : null,
      replyTo: this.identity?.replyTo ?? null,
      subject: this.subject,
      sentAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      textBody: [{ partId: 't', type: 'text/plain' }],
      bodyValues: { t: { value: text } },
      attachments: [
        ...inline,
        ...this.attached
          .filter((it) => it.blobId)
          .map(({ blobId, type, name }) => ({ blobId, type, name, disposition: 'attachment' })),
      ],
    };
    if (this.inReplyTo) email.inReplyTo = this.inReplyTo;
    if (this.references?.length) email.references = this.references;
    if (rich) {
      email.htmlBody = [{ partId: 'h', type: 'text/html' }];
      (email.bodyValues as Record<string, unknown>).h = {
        value: `<!doctype html><html><head><meta charset="utf-8"></head><body>${page.body.innerHTML}</body></html>`,
      };
    }
    return email;
  }

  /** Pictures in the text go as parts of their own, which the text names (RFC 2392). */
  private async takeOutImages(page: Document): Promise<Record<string, unknown>[]> {
    const inline: Record<string, unknown>[] = [];
    for (const image of page.querySelectorAll('img')) {
      const source = image.getAttribute('src') ?? '';
      if (!source.startsWith('data:image/')) {
        image.remove();
        continue;
      }
      let one = this.images.get(source);
      if (!one) {
        const blob = fromData(source);
        const { blobId } = await this.mail.jmap.upload(blob, () => {}, new AbortController().signal);
        one = { blobId, type: blob.type, cid: crypto.randomUUID() + '@postroom' };
        this.images.set(source, one);
      }
      image.setAttribute('src', 'cid:' + one.cid);
      const end = one.type.split('/')[1]!;
      inline.push({ ...one, name: (image.getAttribute('alt') || 'image') + (image.alt.includes('.') ? '' : '.' + end), disposition: 'inline' });
    }
    return inline;
  }

  private readonly images = new Map<string, { blobId: Id; type: string; cid: string }>();

  async discard(): Promise<void> {
    clearTimeout(this.timer);
    await this.busy;
    this.done = true;
    this.attached.forEach((it) => it.stop.abort());
    if (this.draft) await this.mail.attempt(async () => void (await this.mail.jmap.set('Email', this.replacing())));
    await this.mail.refresh();
  }

  // Sending

  /** Groups of the address book are expanded; everybody once. */
  private everybody(): Address[] {
    return distinct([...this.to, ...this.cc, ...this.bcc]);
  }

  /** Takes up what is still being typed into a recipients' field. */
  private takeUp(): string | null {
    for (const field of ['to', 'cc', 'bcc'] as const) {
      const text = this.unread[field].trim();
      if (!text) continue;
      const one = address(text);
      if (!one) return text;
      this[field] = [...this[field], one];
      this.unread[field] = '';
    }
    return null;
  }

  /** Why it can't be sent, or null. */
  obstacle(): string | null {
    const wrong = this.takeUp();
    if (wrong) return say('not-an-address', wrong);
    if (this.everybody().length === 0) return say('no-recipients');
    if (this.attached.some((it) => !it.blobId)) return say('uploading-first');
    return null;
  }

  /** What a person may have forgotten, or null. */
  doubt(): string | null {
    if (!this.subject.trim()) return say('no-subject-sure');
    const page = new DOMParser().parseFromString(this.html, 'text/html');
    page.querySelectorAll('blockquote').forEach((it) => it.remove());
    const speaks = /\b(attach(ed|ment)|enclosed|anhang|anbei|angehängt)\b|مرفق/i.test(page.body.textContent ?? '');
    return speaks && this.attached.length === 0 && !page.querySelector('img') ? say('forgot-attachment') : null;
  }

  /**
   * Hands it to the server, which holds it for some seconds, or until it is due (RFC 4865).
   *
   * @param again shows the composer again when a person takes it back
   */
  async send(at: Date | null, again: (composer: Composer) => void): Promise<boolean> {
    clearTimeout(this.timer);
    this.sending = true;
    await this.busy;
    const ok = await this.mail.attempt(async () => {
      const sent = this.mail.byRole('sent');
      const drafts = this.mail.byRole('drafts');
      const parameters = at
        ? { HOLDUNTIL: at.toISOString().replace(/\.\d+Z$/, 'Z') }
        : { HOLDFOR: String(UNDO_SECONDS) };
      const calls: Call[] = [
        ['Email/set', { create: { d: await this.email() }, ...this.replacing() }, 'e'],
        [
          'EmailSubmission/set',
          {
            create: {
              s: {
                identityId: this.identity?.id,
                emailId: '#d',
                envelope: {
                  mailFrom: { email: this.identity?.email, parameters },
                  rcptTo: this.everybody().map(({ email }) => ({ email, parameters: null })),
                },
              },
            },
            onSuccessUpdateEmail: {
              '#s': {
                'keywords/$draft': null,
                ...(drafts && sent ? { [`mailboxIds/${drafts.id}`]: null, [`mailboxIds/${sent.id}`]: true } : {}),
              },
            },
          },
          's',
        ],
      ];
      const responses = await this.mail.jmap.request(calls);
      this.draft = whole(take<SetResponse>(responses, 'e')).created?.d?.id ?? null;
      const submission = whole(take<SetResponse>(responses, 's')).created?.s?.id;
      this.done = true;
      if (this.answered) {
        const { id, keyword } = this.answered;
        await this.mail.jmap.set('Email', { update: { [id]: { [`keywords/${keyword}`]: true } } });
      }
      const text = at ? say('scheduled-for', whenInBrief(at)) : say('sent_');
      if (submission) this.mail.toast(text, { label: say('undo'), run: () => void this.takeBack(submission, again) });
      void this.mail.refresh();
    });
    this.sending = false;
    return ok;
  }

  private async takeBack(submission: Id, again: (composer: Composer) => void): Promise<void> {
    try {
      await this.mail.jmap.set('EmailSubmission', { update: { [submission]: { undoStatus: 'canceled' } } });
    } catch (problem) {
      if (problem instanceof Refused && problem.type === 'cannotUnsend') {
        this.mail.toast(say('too-late'), undefined, true);
        return;
      }
      this.mail.complain(problem);
      return;
    }
    // it is a draft again, anew: what was sent stays in nobody's mailbox
    this.done = false;
    this.saved = 'no';
    await this.save();
    this.mail.toast(say('undone-sending'));
    again(this);
    void this.mail.refresh();
  }
}

function known(name: string, type: string, size: number, blobId: Id | null, cid: string | null): Attached {
  return { key: ++keys, name, type, size, blobId, part: blobId ? 1 : 0, cid, stop: new AbortController() };
}

/** Whether HTML says more of it than plain text would. */
function isRich(body: HTMLElement): boolean {
  return body.querySelector('b,strong,i,em,u,s,a,ul,ol,li,blockquote,img,table,h1,h2,h3,pre,code,font,span[style]') !== null;
}

export function asData(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Refused('unreadable'));
    reader.readAsDataURL(blob);
  });
}

function fromData(source: string): Blob {
  const [, type = 'image/png', base64, data = ''] = /^data:([^;,]+)(?:;[^,;]*)*?(;base64)?,(.*)$/s.exec(source) ?? [];
  const text = base64 ? atob(data) : decodeURIComponent(data);
  return new Blob([Uint8Array.from(text, (c) => c.charCodeAt(0))], { type });
}
