import type { Id, Session, SetError, SetResponse } from './types';

// RFC 8620: requests of several calls, results of earlier ones referred to, blobs up and down.

const USING = [
  'urn:ietf:params:jmap:core',
  'urn:ietf:params:jmap:mail',
  'urn:ietf:params:jmap:submission',
  'urn:ietf:params:jmap:vacationresponse',
  'urn:ietf:params:jmap:quota',
  'urn:ietf:params:jmap:contacts',
];

export type Call = [name: string, args: Record<string, unknown>, id: string];

/** What went wrong, by the name that the RFC or HTTP has for it. */
export class Refused extends Error {
  constructor(
    readonly type: string,
    description?: string,
  ) {
    super(description ?? type);
  }
}

/** The result of an earlier call in the same request (RFC 8620 §3.7). */
export function result(resultOf: string, name: string, path: string) {
  return { resultOf, name, path };
}

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? '';
}

/** Who has signed in, as the server wrote it into the page. */
export const signedIn = { name: meta('name'), csrf: meta('csrf') };

/** To the sign-in page and back: the session ended. */
export function signInAgain(): void {
  location.assign('/sign-in?to=' + encodeURIComponent(location.pathname + location.hash));
}

function answered(response: Response): Response {
  if (response.status === 401) signInAgain();
  if (!response.ok) throw new Refused(String(response.status), response.statusText);
  return response;
}

/** Only what is below this host is asked, whatever name of it the session object has. */
function here(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '');
}

export class Jmap {
  private constructor(
    readonly session: Session,
    readonly account: Id,
  ) {}

  static async open(): Promise<Jmap> {
    const session = (await answered(await fetch('/.well-known/jmap')).json()) as Session;
    const account = session.primaryAccounts['urn:ietf:params:jmap:mail'];
    if (!account) throw new Refused('accountNotFound');
    return new Jmap(session, account);
  }

  can(capability: string): boolean {
    return capability in (this.session.accounts[this.account]?.accountCapabilities ?? {});
  }

  limit(name: string, otherwise: number): number {
    const core = this.session.capabilities['urn:ietf:params:jmap:core'];
    const value = core?.[name];
    return typeof value === 'number' ? value : otherwise;
  }

  /** Responses by call id. A method's error comes as an Error in its place. */
  async request(calls: Call[]): Promise<Map<string, Record<string, unknown> | Refused>> {
    const methodCalls = calls.map(([name, args, id]) => [name, { accountId: this.account, ...args }, id]);
    const using = USING.filter((it) => it in this.session.capabilities);
    const response = answered(
      await fetch(here(this.session.apiUrl), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': signedIn.csrf },
        body: JSON.stringify({ using, methodCalls }),
      }),
    );
    const { methodResponses } = (await response.json()) as {
      methodResponses: [string, Record<string, unknown>, string][];
    };
    const byId = new Map<string, Record<string, unknown> | Refused>();
    for (const [name, value, id] of methodResponses) {
      if (byId.has(id)) continue; // an implicit call's response comes second
      byId.set(id, name === 'error' ? new Refused(String(value.type), value.description as string) : value);
    }
    return byId;
  }

  /** The response of one method, which has to be there. */
  async call<T>(name: string, args: Record<string, unknown>): Promise<T> {
    return take<T>(await this.request([[name, args, '0']]), '0');
  }

  async set(type: string, args: Record<string, unknown>): Promise<SetResponse> {
    return whole(await this.call<SetResponse>(type + '/set', args));
  }

  download(blobId: Id, name: string, type: string): string {
    return here(this.session.downloadUrl)
      .replace('{accountId}', encodeURIComponent(this.account))
      .replace('{blobId}', encodeURIComponent(blobId))
      .replace('{name}', encodeURIComponent(name || 'file'))
      .replace('{type}', encodeURIComponent(type));
  }

  async blob(blobId: Id, type: string): Promise<Blob> {
    const blob = await answered(await fetch(this.download(blobId, 'part', type))).blob();
    return new Blob([blob], { type });
  }

  /** Sends a file up; `fetch` would not tell how far it is. */
  upload(file: Blob, progress: (part: number) => void, stop: AbortSignal): Promise<{ blobId: Id; size: number }> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', here(this.session.uploadUrl).replace('{accountId}', encodeURIComponent(this.account)));
      request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
      request.setRequestHeader('X-CSRF-Token', signedIn.csrf);
      request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
      request.onload = () => {
        if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
        else reject(new Refused(String(request.status), request.statusText));
      };
      request.onerror = () => reject(new Refused('offline'));
      request.onabort = () => reject(new Refused('stopped'));
      stop.addEventListener('abort', () => request.abort());
      request.send(file);
    });
  }

  /** RFC 8620 §7.3: told of changes as they happen; the browser connects again by itself. */
  listen(changed: (types: Set<string>) => void): EventSource {
    const url = here(this.session.eventSourceUrl)
      .replace('{types}', '*')
      .replace('{closeafter}', 'no')
      .replace('{ping}', '60');
    const source = new EventSource(url);
    source.addEventListener('state', (event) => {
      const { changed: all } = JSON.parse(event.data) as { changed: Record<Id, Record<string, string>> };
      changed(new Set(Object.keys(all[this.account] ?? {})));
    });
    return source;
  }
}

/** A response that has to be there. */
export function take<T>(responses: Map<string, Record<string, unknown> | Refused>, id: string): T {
  const response = responses.get(id) ?? new Refused('serverFail');
  if (response instanceof Refused) throw response;
  return response as T;
}

/** A /set of which nothing failed. */
export function whole(response: SetResponse): SetResponse {
  for (const failed of [response.notCreated, response.notUpdated, response.notDestroyed]) {
    const first: SetError | undefined = Object.values(failed ?? {})[0];
    if (first) throw new Refused(first.type, first.description ?? first.properties?.join(', '));
  }
  return response;
}
