import { Jmap, Refused, result, take, whole, type Call } from './jmap';
import { filter as filterOf } from './search';
import { say } from './words';
import type { Address, Card, Email, Filter, Id, Identity, Mailbox, Part, Patch, Quota, SetResponse, Summary } from './types';

// What the page knows of the account, and all that it does with it. Views read these fields and call
// these methods; nothing else speaks to the server but the composer.

export const PAGE = 50; // rows fetched at once
const UNDO_MS = 8_000;
const SUMMARY = [
  'id',
  'threadId',
  'mailboxIds',
  'keywords',
  'from',
  'to',
  'subject',
  'receivedAt',
  'hasAttachment',
  'preview',
];
const WHOLE = [
  ...SUMMARY,
  'blobId',
  'size',
  'messageId',
  'inReplyTo',
  'references',
  'cc',
  'bcc',
  'replyTo',
  'sender',
  'sentAt',
  'bodyStructure',
  'bodyValues',
  'textBody',
  'htmlBody',
  'attachments',
];
const OF_PART = [
  'partId',
  'blobId',
  'size',
  'name',
  'type',
  'charset',
  'disposition',
  'cid',
  'location',
  'header:Content-Type:asRaw',
  'header:Content-Description:asText',
];
const BODY = { fetchAllBodyValues: true, maxBodyValueBytes: 1 << 20, bodyProperties: OF_PART };
const MOST_IN_THREAD = 200;

/** An email as far as a thread's row needs it. */
export interface Member {
  id: Id;
  threadId: Id;
  mailboxIds: Record<Id, true>;
  keywords: Record<string, true>;
  from: Address[] | null;
}

/** A line of the list: a thread, shown by one of its emails. */
export interface Row {
  email: Summary;
  members: Member[];
}

export interface Toast {
  id: number;
  text: string;
  problem?: boolean;
  action?: { label: string; run: () => void };
}

export interface Place {
  mailbox: Id | null;
  query: string;
}

const ROLES = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'];

export class Mail {
  mailboxes = $state.raw<Mailbox[]>([]);
  identities = $state.raw<Identity[]>([]);
  quota = $state.raw<Quota | null>(null);
  place = $state.raw<Place>({ mailbox: null, query: '' });
  total = $state(0);
  /** Rises when rows change; they themselves are a plain array, which may be long and has holes. */
  edition = $state(0);
  loading = $state(false);
  cursor = $state(-1);
  selected = $state.raw<ReadonlySet<Id>>(new Set());
  thread = $state.raw<Email[] | null>(null);
  threadId = $state.raw<Id | null>(null);
  toasts = $state<Toast[]>([]);
  online = $state(true);
  cards = $state.raw<Card[]>([]);

  private rows: (Row | undefined)[] = [];
  private wanted = new Set<number>();
  private asked = 0; // which listing is the present one
  private toastId = 0;
  private newest: string | null = null;

  constructor(readonly jmap: Jmap) {}

  // Beginning, and being told

  async begin(): Promise<void> {
    const responses = await this.jmap.request([
      ['Mailbox/get', { ids: null }, 'm'],
      ['Identity/get', { ids: null }, 'i'],
      ['Quota/get', { ids: null }, 'q'],
    ]);
    this.mailboxes = sorted(take<{ list: Mailbox[] }>(responses, 'm').list);
    this.identities = take<{ list: Identity[] }>(responses, 'i').list;
    const quota = responses.get('q');
    if (quota && !(quota instanceof Refused)) this.quota = (quota.list as Quota[])[0] ?? null;
    this.newest = new Date().toISOString();
    const source = this.jmap.listen((types) => void this.told(types));
    source.onopen = () => {
      if (!this.online) void this.told(new Set(['Email', 'Mailbox']));
      this.online = true;
    };
    source.onerror = () => (this.online = false);
  }

  private async told(types: Set<string>): Promise<void> {
    if (types.has('Mailbox') || types.has('Email')) {
      await this.refresh();
      await this.announce();
    }
    if (types.has('Identity')) await this.readIdentities();
    if (types.has('ContactCard') && this.cards.length > 0) await this.readCards();
  }

  async readIdentities(): Promise<void> {
    this.identities = (await this.jmap.call<{ list: Identity[] }>('Identity/get', { ids: null })).list;
  }

  async readCards(): Promise<void> {
    if (!this.jmap.can('urn:ietf:params:jmap:contacts')) return;
    const responses = await this.jmap.request([
      ['ContactCard/query', { limit: 1_000 }, 'q'],
      ['ContactCard/get', { '#ids': result('q', 'ContactCard/query', '/ids') }, 'g'],
    ]);
    this.cards = take<{ list: Card[] }>(responses, 'g').list;
  }

  /** What came while a person looked elsewhere. */
  private async announce(): Promise<void> {
    const inbox = this.byRole('inbox');
    if (!inbox || typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    const responses = await this.jmap.request([
      [
        'Email/query',
        {
          filter: { inMailbox: inbox.id, notKeyword: '$seen', after: this.newest },
          sort: [{ property: 'receivedAt', isAscending: false }],
          limit: 5,
        },
        'q',
      ],
      [
        'Email/get',
        { '#ids': result('q', 'Email/query', '/ids'), properties: ['id', 'from', 'subject', 'receivedAt', 'preview'] },
        'g',
      ],
    ]);
    const fresh = take<{ list: Summary[] }>(responses, 'g').list.filter((it) => it.receivedAt > (this.newest ?? ''));
    for (const email of fresh) {
      if (email.receivedAt > (this.newest ?? '')) this.newest = email.receivedAt;
      if (document.hasFocus()) continue;
      const from = email.from?.[0];
      new Notification(from?.name || from?.email || 'Postroom', {
        body: email.subject ?? email.preview,
        tag: email.id,
        icon: '/style/icon.svg',
      });
    }
  }

  // Mailboxes

  byRole(role: string): Mailbox | undefined {
    return this.mailboxes.find((it) => it.role === role);
  }

  mailbox(id: Id | null): Mailbox | undefined {
    return this.mailboxes.find((it) => it.id === id);
  }

  nameOf(mailbox: Mailbox): string {
    return mailbox.role && ROLES.includes(mailbox.role) ? say(mailbox.role) : mailbox.name;
  }

  private named = (name: string): Id | null => {
    const wanted = name.toLowerCase();
    const found = this.mailboxes.find(
      (it) => it.role === wanted || it.name.toLowerCase() === wanted || this.nameOf(it).toLowerCase() === wanted,
    );
    return found?.id ?? null;
  };

  async createMailbox(name: string, parentId: Id | null): Promise<void> {
    await this.attempt(async () => {
      await this.jmap.set('Mailbox', { create: { m: { name, parentId } } });
      await this.readMailboxes();
    });
  }

  async renameMailbox(id: Id, name: string): Promise<void> {
    await this.attempt(async () => {
      await this.jmap.set('Mailbox', { update: { [id]: { name } } });
      await this.readMailboxes();
    });
  }

  async destroyMailbox(id: Id): Promise<void> {
    await this.attempt(async () => {
      await this.jmap.set('Mailbox', { destroy: [id], onDestroyRemoveEmails: true });
      if (this.place.mailbox === id) await this.open({ mailbox: this.byRole('inbox')?.id ?? null, query: '' });
      await this.readMailboxes();
    });
  }

  private async readMailboxes(): Promise<void> {
    this.mailboxes = sorted((await this.jmap.call<{ list: Mailbox[] }>('Mailbox/get', { ids: null })).list);
  }

  // The list

  row(index: number): Row | undefined {
    void this.edition;
    return this.rows[index];
  }

  /** Rows that are at hand, in their order. */
  get known(): Row[] {
    void this.edition;
    return this.rows.filter((it) => it !== undefined);
  }

  async open(place: Place): Promise<void> {
    this.place = place;
    this.rows = [];
    this.total = 0;
    this.cursor = -1;
    this.selected = new Set();
    this.closeThread();
    this.edition++;
    this.asked++;
    this.wanted.clear();
    this.loading = true;
    await this.want(0, PAGE);
    this.loading = false;
  }

  private filter(): Filter {
    const { mailbox, query } = this.place;
    const sought = query ? filterOf(query, this.named) : null;
    const within = mailbox ? { inMailbox: mailbox } : this.everywhere();
    if (!sought) return within;
    return { operator: 'AND', conditions: [within, sought] };
  }

  /** A search that names no mailbox leaves out what was thrown away. */
  private everywhere(): Filter {
    if (/(^|\s)in:/.test(this.place.query)) return {};
    const away = ['trash', 'junk'].map((role) => this.byRole(role)?.id).filter((id) => id !== undefined);
    return away.length > 0 ? { inMailboxOtherThan: away } : {};
  }

  /** Fetches what is missing between two rows, in whole pages. */
  async want(from: number, to: number): Promise<void> {
    const pages: Promise<void>[] = [];
    for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) {
      if (this.wanted.has(page)) continue;
      this.wanted.add(page);
      pages.push(this.fetchPage(page));
    }
    await Promise.all(pages);
  }

  private async fetchPage(page: number): Promise<void> {
    const asked = this.asked;
    try {
      const responses = await this.jmap.request(this.listing(page));
      if (asked !== this.asked) return;
      const query = take<{ ids: Id[]; total?: number }>(responses, 'q');
      const emails = new Map(take<{ list: Summary[] }>(responses, 'e').list.map((it) => [it.id, it]));
      const members = this.members(responses);
      if (query.total !== undefined) this.total = query.total;
      query.ids.forEach((id, i) => {
        const email = emails.get(id);
        if (email) this.rows[page * PAGE + i] = { email, members: members.get(email.threadId) ?? [email] };
      });
      this.rows.length = Math.min(this.rows.length, this.total);
      this.edition++;
    } catch (problem) {
      this.wanted.delete(page);
      this.complain(problem);
    }
  }

  private listing(page: number): Call[] {
    return [
      [
        'Email/query',
        {
          filter: this.filter(),
          sort: [{ property: 'receivedAt', isAscending: false }],
          collapseThreads: true,
          position: page * PAGE,
          limit: PAGE,
          calculateTotal: true,
        },
        'q',
      ],
      ['Email/get', { '#ids': result('q', 'Email/query', '/ids'), properties: SUMMARY }, 'e'],
      ['Thread/get', { '#ids': result('e', 'Email/get', '/list/*/threadId') }, 't'],
      [
        'Email/get',
        {
          '#ids': result('t', 'Thread/get', '/list/*/emailIds'),
          properties: ['id', 'threadId', 'mailboxIds', 'keywords', 'from'],
        },
        'm',
      ],
    ];
  }

  /** By thread; nothing where the threads were too long to be told of at once. */
  private members(responses: Awaited<ReturnType<Jmap['request']>>): Map<Id, Member[]> {
    const byThread = new Map<Id, Member[]>();
    const response = responses.get('m');
    if (!response || response instanceof Refused) return byThread;
    for (const member of response.list as Member[]) {
      const others = byThread.get(member.threadId);
      if (others) others.push(member);
      else byThread.set(member.threadId, [member]);
    }
    return byThread;
  }

  /** The same place anew: what is shown stays until its successor is there. */
  async refresh(): Promise<void> {
    const at = this.cursor;
    const cursor = this.row(at)?.email.id;
    const pages = [...this.wanted].filter((page) => page === 0 || this.near(page));
    this.asked++;
    this.wanted = new Set(pages);
    const kept = this.rows;
    this.rows = this.rows.slice();
    this.rows.forEach((_, i) => {
      if (!this.wanted.has(Math.floor(i / PAGE))) delete this.rows[i];
    });
    await Promise.all([
      this.readMailboxes().catch((problem: unknown) => this.complain(problem)),
      ...pages.map((page) => this.fetchPage(page)),
    ]);
    if (this.cursor === at && cursor && this.row(at)?.email.id !== cursor) {
      const now = this.rows.findIndex((it) => it?.email.id === cursor);
      if (now >= 0) this.cursor = now;
    }
    if (this.threadId && kept.length > 0) await this.readThread(this.threadId);
  }

  /** Which rows a person sees. */
  seen = { from: 0, to: PAGE };

  private near(page: number): boolean {
    return (page + 1) * PAGE > this.seen.from && page * PAGE < this.seen.to;
  }

  // Reading

  async openThread(row: Row): Promise<void> {
    const threadId = row.email.threadId;
    if (this.threadId === threadId && this.thread) return;
    this.threadId = threadId;
    this.thread = null;
    await this.readThread(threadId);
    const thread = this.thread as Email[] | null;
    const unread = thread?.filter((it) => !it.keywords.$seen && !it.keywords.$draft).map((it) => it.id) ?? [];
    if (unread.length > 0 && this.threadId === threadId) await this.patch(unread, { 'keywords/$seen': true });
  }

  private async readThread(threadId: Id): Promise<void> {
    try {
      const responses = await this.jmap.request([
        ['Thread/get', { ids: [threadId] }, 't'],
        ['Email/get', { '#ids': result('t', 'Thread/get', '/list/*/emailIds'), properties: WHOLE, ...BODY }, 'e'],
      ]);
      if (this.threadId !== threadId) return;
      const list = take<{ list: Email[] }>(responses, 'e').list.slice(-MOST_IN_THREAD);
      const trash = this.byRole('trash')?.id;
      const here = list.filter((it) => this.place.mailbox === trash || !(trash && it.mailboxIds[trash]));
      this.thread = (here.length > 0 ? here : list).sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
      if (list.length === 0) this.closeThread();
    } catch (problem) {
      this.complain(problem);
    }
  }

  closeThread(): void {
    this.thread = null;
    this.threadId = null;
  }

  /** A message within a message (RFC 8621 §4.9). */
  async parse(blobId: Id): Promise<Email | null> {
    const response = await this.jmap.call<{ parsed: Record<Id, Email> | null }>('Email/parse', {
      blobIds: [blobId],
      properties: WHOLE.filter((it) => !['id', 'threadId', 'mailboxIds', 'keywords', 'receivedAt'].includes(it)),
      ...BODY,
    });
    return response.parsed?.[blobId] ?? null;
  }

  async email(id: Id): Promise<Email | null> {
    const response = await this.jmap.call<{ list: Email[] }>('Email/get', { ids: [id], properties: WHOLE, ...BODY });
    return response.list[0] ?? null;
  }

  // Acting

  /** The rows that an act is about: those chosen, or else the one that is open or under the cursor. */
  targets(): Row[] {
    if (this.selected.size > 0) return this.known.filter((it) => this.selected.has(it.email.id));
    const at = this.known.find((it) => it.email.threadId === this.threadId) ?? this.row(this.cursor);
    return at ? [at] : [];
  }

  /** Their emails in the mailbox that is shown; in a search, all of them. */
  private emails(rows: Row[]): Member[] {
    const { mailbox } = this.place;
    return rows.flatMap((row) => row.members.filter((it) => !mailbox || it.mailboxIds[mailbox]));
  }

  toggleSelected(id: Id): void {
    const more = new Set(this.selected);
    if (!more.delete(id)) more.add(id);
    this.selected = more;
  }

  selectTo(index: number): void {
    const more = new Set(this.selected);
    const [from, to] = [Math.min(this.cursor, index), Math.max(this.cursor, index)];
    for (let i = Math.max(0, from); i <= to; i++) {
      const row = this.rows[i];
      if (row) more.add(row.email.id);
    }
    this.selected = more;
  }

  selectAll(): void {
    this.selected = this.selected.size > 0 ? new Set() : new Set(this.known.map((it) => it.email.id));
  }

  async flag(rows = this.targets()): Promise<void> {
    const on = rows.some((row) => !row.members.some((it) => it.keywords.$flagged));
    const ids = rows.flatMap((row) => (on ? [row.email.id] : row.members.map((it) => it.id)));
    await this.patch(ids, { 'keywords/$flagged': on || null });
  }

  async flagEmail(id: Id, on: boolean): Promise<void> {
    await this.patch([id], { 'keywords/$flagged': on || null });
  }

  async markRead(read: boolean, rows = this.targets()): Promise<void> {
    const ids = this.emails(rows).map((it) => it.id);
    await this.patch(ids, { 'keywords/$seen': read || null });
    if (!read) this.closeThread();
    this.selected = new Set();
  }

  async move(to: Id, rows = this.targets()): Promise<void> {
    const box = this.mailbox(to);
    if (!box || rows.length === 0 || to === this.place.mailbox) return;
    const emails = this.emails(rows);
    const { mailbox } = this.place;
    const update: Record<Id, Patch> = {};
    const back: Record<Id, Patch> = {};
    for (const email of emails) {
      update[email.id] = mailbox
        ? { [`mailboxIds/${mailbox}`]: null, [`mailboxIds/${to}`]: true }
        : { mailboxIds: { [to]: true } };
      back[email.id] = { mailboxIds: email.mailboxIds };
    }
    this.take(rows);
    await this.attempt(async () => {
      await this.update(update);
      this.toast(say('moved', rows.length, this.nameOf(box)), {
        label: say('undo'),
        run: () => void this.attempt(() => this.update(back)),
      });
    });
  }

  async toRole(role: string, rows = this.targets()): Promise<void> {
    let box = this.byRole(role);
    if (!box && role === 'archive') {
      await this.attempt(async () => {
        await this.jmap.set('Mailbox', { create: { m: { name: 'Archive', role: 'archive' } } });
        await this.readMailboxes();
      });
      box = this.byRole(role);
    }
    if (box) await this.move(box.id, rows);
  }

  /** To the trash; from there, for good. */
  async remove(rows = this.targets()): Promise<void> {
    const trash = this.byRole('trash');
    if (trash && this.place.mailbox !== trash.id) return this.move(trash.id, rows);
    const ids = this.emails(rows).map((it) => it.id);
    if (ids.length === 0 || !confirm(say('destroy-sure', rows.length))) return;
    this.take(rows);
    await this.attempt(async () => {
      for (const some of chunks(ids, this.most)) await this.jmap.set('Email', { destroy: some });
      await this.refresh();
    });
  }

  /** Takes rows out of sight before the server has answered; the cursor stays where it is. */
  private take(rows: Row[]): void {
    const gone = new Set(rows);
    const open = rows.some((it) => it.email.threadId === this.threadId);
    this.rows = this.rows.filter((it) => it === undefined || !gone.has(it));
    this.total = Math.max(0, this.total - rows.length);
    this.selected = new Set();
    this.cursor = Math.min(this.cursor, this.total - 1);
    this.edition++;
    if (!open) return;
    this.closeThread();
  }

  private get most(): number {
    return this.jmap.limit('maxObjectsInSet', 500);
  }

  private async patch(ids: Id[], patch: Patch): Promise<void> {
    if (ids.length === 0) return;
    this.touch(new Set(ids), patch);
    await this.attempt(() => this.update(Object.fromEntries(ids.map((id) => [id, patch]))));
  }

  /** Shows keywords as they will be. */
  private touch(ids: Set<Id>, patch: Patch): void {
    const changed = <T extends { id: Id; keywords: Record<string, true> }>(it: T): T => {
      if (!ids.has(it.id)) return it;
      const keywords = { ...it.keywords };
      for (const [path, value] of Object.entries(patch)) {
        const keyword = path.slice('keywords/'.length);
        if (value) keywords[keyword] = true;
        else delete keywords[keyword];
      }
      return { ...it, keywords };
    };
    this.rows.forEach((row, i) => {
      if (row?.members.some((it) => ids.has(it.id)))
        this.rows[i] = { email: changed(row.email), members: row.members.map(changed) };
    });
    if (this.thread) this.thread = this.thread.map(changed);
    this.edition++;
  }

  async update(update: Record<Id, Patch>): Promise<void> {
    for (const some of chunks(Object.entries(update), this.most))
      whole(await this.jmap.call<SetResponse>('Email/set', { update: Object.fromEntries(some) }));
    await this.refresh();
  }

  // Saying what happened

  toast(text: string, action?: Toast['action'], problem = false): number {
    const id = ++this.toastId;
    const toast: Toast = { id, text, problem };
    if (action) toast.action = { label: action.label, run: () => (this.dismiss(id), action.run()) };
    this.toasts = [...this.toasts.slice(-2), toast];
    setTimeout(() => this.dismiss(id), UNDO_MS);
    return id;
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((it) => it.id !== id);
  }

  /** The last thing that can be undone. */
  undo(): void {
    this.toasts.findLast((it) => it.action)?.action?.run();
  }

  complain(problem: unknown): void {
    if (problem instanceof TypeError) this.toast(say('offline'), undefined, true);
    else if (problem instanceof Refused) this.toast(say('refused', problem.message), undefined, true);
    else throw problem;
  }

  /** Says so if it fails, and shows again what is. */
  async attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (problem) {
      this.complain(problem);
      void this.refresh();
      return false;
    }
  }
}

function chunks<T>(all: T[], most: number): T[][] {
  const some: T[][] = [];
  for (let i = 0; i < all.length; i += most) some.push(all.slice(i, i + most));
  return some;
}

/** Special uses first, in the order that people expect; the others as the server sorts them, by name. */
export function sorted(mailboxes: Mailbox[]): Mailbox[] {
  const rank = (it: Mailbox) => {
    const role = ROLES.indexOf(it.role ?? '');
    return role < 0 ? ROLES.length : role;
  };
  return mailboxes.toSorted(
    (a, b) => rank(a) - rank(b) || a.sortOrder - b.sortOrder || a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
}

/** Each with its depth, children behind their parents. */
export function tree(mailboxes: Mailbox[]): { mailbox: Mailbox; depth: number }[] {
  const children = new Map<Id | null, Mailbox[]>();
  const ids = new Set(mailboxes.map((it) => it.id));
  for (const it of mailboxes) {
    const parent = it.parentId && ids.has(it.parentId) ? it.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), it]);
  }
  const all: { mailbox: Mailbox; depth: number }[] = [];
  const walk = (parent: Id | null, depth: number) => {
    for (const mailbox of children.get(parent) ?? []) {
      all.push({ mailbox, depth });
      walk(mailbox.id, depth + 1);
    }
  };
  walk(null, 0);
  return all;
}

/** Every part below one, itself first. */
export function parts(part: Part): Part[] {
  return [part, ...(part.subParts ?? []).flatMap(parts)];
}
