// What JMAP calls things (RFC 8620, RFC 8621), as far as the page looks at it.

export type Id = string;

export interface Session {
  capabilities: Record<string, Record<string, unknown>>;
  accounts: Record<Id, { name: string; accountCapabilities: Record<string, Record<string, unknown>> }>;
  primaryAccounts: Record<string, Id>;
  username: string;
  apiUrl: string;
  downloadUrl: string;
  uploadUrl: string;
  eventSourceUrl: string;
  state: string;
}

export interface Mailbox {
  id: Id;
  name: string;
  parentId: Id | null;
  role: string | null;
  sortOrder: number;
  totalEmails: number;
  unreadEmails: number;
  totalThreads: number;
  unreadThreads: number;
}

export interface Address {
  name: string | null;
  email: string;
}

export interface Part {
  partId: string | null;
  blobId: Id | null;
  size: number;
  name: string | null;
  type: string;
  charset: string | null;
  disposition: string | null;
  cid: string | null;
  location: string | null;
  subParts?: Part[];
  'header:Content-Type:asRaw'?: string | null;
  'header:Content-Description:asText'?: string | null;
}

export interface BodyValue {
  value: string;
  isEncodingProblem: boolean;
  isTruncated: boolean;
}

/** What a row of the list needs. */
export interface Summary {
  id: Id;
  threadId: Id;
  mailboxIds: Record<Id, true>;
  keywords: Record<string, true>;
  from: Address[] | null;
  to: Address[] | null;
  subject: string | null;
  receivedAt: string;
  hasAttachment: boolean;
  preview: string;
}

/** What the reader needs. */
export interface Email extends Summary {
  blobId: Id;
  size: number;
  messageId: string[] | null;
  inReplyTo: string[] | null;
  references: string[] | null;
  cc: Address[] | null;
  bcc: Address[] | null;
  replyTo: Address[] | null;
  sender: Address[] | null;
  sentAt: string | null;
  bodyStructure: Part;
  bodyValues: Record<string, BodyValue>;
  textBody: Part[];
  htmlBody: Part[];
  attachments: Part[];
}

export interface Identity {
  id: Id;
  name: string;
  email: string;
  replyTo: Address[] | null;
  bcc: Address[] | null;
  textSignature: string;
  htmlSignature: string;
  mayDelete: boolean;
}

export interface Submission {
  id: Id;
  identityId: Id;
  emailId: Id;
  sendAt: string;
  undoStatus: 'pending' | 'final' | 'canceled';
}

export interface Vacation {
  id: Id;
  isEnabled: boolean;
  fromDate: string | null;
  toDate: string | null;
  subject: string | null;
  textBody: string | null;
}

export interface Quota {
  id: Id;
  used: number;
  hardLimit: number;
}

/** RFC 9553, as far as it is looked at. */
export interface Card {
  id: Id;
  uid?: string;
  kind?: string;
  name?: { full?: string; components?: { kind: string; value: string }[] };
  emails?: Record<string, { address: string }>;
  members?: Record<string, boolean>;
  addressBookIds?: Record<Id, true>;
}

export interface SetError {
  type: string;
  description?: string;
  properties?: string[];
}

export interface SetResponse {
  created: Record<string, { id: Id } & Record<string, unknown>> | null;
  notCreated: Record<string, SetError> | null;
  updated: Record<Id, unknown> | null;
  notUpdated: Record<Id, SetError> | null;
  destroyed: Id[] | null;
  notDestroyed: Record<Id, SetError> | null;
  newState: string;
}

export type Patch = Record<string, unknown>;
export type Filter = Record<string, unknown>;
