// Written by bin/schema.ts from the migrated database; never edited by hand.
import type { ColumnType, GeneratedAlways } from "kysely"

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
export type Json = ColumnType<JsonValue, object | string | number | boolean, object | string | number | boolean>
export type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Kysely's own does not look into Json and Timestamp. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

export interface AdminActs {
  id: string
  at: Timestamp
  kind: string
  actorKind: string
  actorId: string | null
  subjectId: string
  subjectName: string
  fields: Json
}

export interface AgreementEvidence {
  id: GeneratedAlways<number>
  agreementId: string | null
  systemId: string | null
  said: string
  source: string
  at: Timestamp
  saidAt: Timestamp | null
  number: string | null
  company: string | null
  cycle: number | null
  hookId: number | null
  data: Generated<Json>
}

export interface AgreementRuns {
  job: string
  token: string | null
  leaseUntil: Timestamp | null
  finishedAt: Timestamp | null
  checked: Generated<number>
  acted: Generated<number>
}

export interface Agreements {
  id: string
  ticketId: string
  workSystemId: string
  workNumber: string | null
  recordSystemId: string | null
  recordNumber: string | null
  company: Generated<string>
  customerNumber: Generated<string>
  motive: Generated<string>
  operatorNumber: string | null
  state: "agreed_open" | "awaiting" | "disagreed" | "acting" | "agreed_closed" | "escalated"
  cycle: Generated<number>
  closuresFrom: Timestamp
  recordClosedAt: Timestamp | null
  workStatus: "open" | "closed" | null
  workAskedAt: Timestamp | null
  workClosedAt: Timestamp | null
  recreado: Generated<number>
  wantedAt: Timestamp | null
  triedAt: Timestamp | null
  intentAt: Timestamp | null
  intentUntil: Timestamp | null
  refusedAt: Timestamp | null
  closedAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface ApiKeys {
  id: string
  name: string
  role: "user" | "agent" | "lead" | "admin"
  userId: string
  keyHash: string
  lastUsedAt: Timestamp | null
  revokedAt: Timestamp | null
  createdAt: Timestamp
  connectionIds: Generated<string[]>
}

export interface AssignmentRules {
  id: string
  name: string
  priority: number
  enabled: Generated<boolean>
  conditions: Generated<Json>
  action: Json
  version: Generated<number>
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface Attachments {
  id: string
  messageId: string | null
  uploadedBy: string | null
  fileName: string
  mimeType: string
  size: number | null
  sha256: string | null
  state: "pending" | "stored" | "failed"
  reason: string | null
  providerId: string | null
  isHeld: Generated<boolean>
  createdAt: Timestamp
  visitorId: string | null
  ordinal: number | null
}

export interface AutomationRules {
  id: string
  name: string
  priority: number
  enabled: Generated<boolean>
  trigger: "ticket_created" | "message_received" | "status_changed" | "waiting"
  waitsFor: "us" | "customer" | null
  waitsMinutes: number | null
  waitedUntil: Timestamp | null
  conditions: Generated<Json>
  actions: Json
  stops: Generated<boolean>
  version: Generated<number>
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface Calendars {
  id: string
  name: string
  timezone: string
  intervals: Json
  holidays: Generated<Json>
  holidayCountry: string | null
  holidayRegion: string | null
  createdAt: Timestamp
  updatedAt: Timestamp
  nextOpeningAt: Timestamp | null
}

export interface CampaignShipments {
  id: string
  campaignId: string
  contactId: string | null
  createdAt: Timestamp
  recipient: string | null
  name: Generated<string>
  fields: Generated<Json>
  ordinal: number | null
  state: Generated<"noted" | "waiting" | "queued" | "refused" | "cancelled">
  reason: string | null
  ticketId: string | null
  messageId: string | null
  queuedAt: Timestamp | null
}

export interface Campaigns {
  id: string
  name: string
  kind: "messaging" | "marketing"
  connectionId: string
  createdAt: Timestamp
  template: Json | null
  status: Generated<"draft" | "scheduled" | "running" | "paused" | "cancelled" | "done">
  scheduledAt: Timestamp | null
  pacePerMinute: number | null
  nextAt: Timestamp | null
  finishedAt: Timestamp | null
}

export interface CarrierStatuses {
  carrier: string
  word: string
  canonical: "CREATED" | "PROCESSING" | "SHIPPED" | "IN_TRANSIT" | "OUT_FOR_DELIVERY" | "IN_OFFICE" | "DELIVERED" | "ISSUE" | "RETURNED" | "CANCELLED" | "UNKNOWN"
  updatedAt: Timestamp
}

export interface Categories {
  id: string
  name: string
  reopenWindowMinutes: number | null
  createdAt: Timestamp
}

export interface ChatVisitors {
  tokenHash: string
  connectionId: string
  visitorId: string
  createdAt: Timestamp
  lastSeenAt: Timestamp
}

export interface Connections {
  id: string
  kind: "api" | "whatsapp" | "webchat" | "email"
  name: string
  enabled: Generated<boolean>
  reopenWindowMinutes: Generated<number>
  reopenFrom: Generated<"activity" | "closure">
  teamIds: Generated<string[]>
  calendarId: string | null
  greeting: string | null
  outOfHoursText: string | null
  farewellText: string | null
  acknowledgements: string[] | null
  settings: Generated<Json>
  secrets: string | null
  deletedAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
  health: Generated<Json>
  sharesNumber: Generated<boolean>
  survey: Generated<boolean>
  surveyTemplate: Json | null
}

export interface ContactIdentities {
  id: string
  contactId: string | null
  kind: "phone" | "email" | "bsuid" | "visitor" | "external" | "group"
  scope: Generated<string>
  value: string
  createdAt: Timestamp
  replacedBy: string | null
  replacedAt: Timestamp | null
  proof: Generated<"message" | "link" | "import" | "staff" | "visitor">
  confirmedFor: string | null
  addedById: string | null
  formerContactId: string | null
  removedAt: Timestamp | null
  wantsMarketing: Generated<boolean>
  marketingSaidAt: Timestamp | null
  marketingSaidBy: "word" | "channel" | "refusal" | null
  claimedBy: string | null
  page: string | null
  referrer: string | null
}

export interface ContactMerges {
  sourceId: string
  targetId: string
  isOnePerson: boolean
  mergedAt: Timestamp
  identityIds: Generated<string[]>
  confirmedIds: Generated<string[]>
  filled: Generated<string[]>
  ticketIds: Generated<string[]>
  isUndoable: Generated<boolean>
  releasedTicketIds: Generated<string[]>
}

export interface ContactTexts {
  contactId: string
  createdAt: Timestamp
  words: string
}

export interface Contacts {
  id: string
  name: Generated<string>
  tier: string | null
  language: string | null
  customFields: Generated<Json>
  isGroup: Generated<boolean>
  blocked: Generated<boolean>
  mergedInto: string | null
  createdAt: Timestamp
  updatedAt: Timestamp
  createdById: string | null
  note: Generated<string>
}

export interface CustomFields {
  id: string
  key: string
  label: string
  type: "text" | "number" | "boolean" | "date" | "select" | "multi_select"
  options: Generated<string[]>
  required: Generated<boolean>
  isPublic: Generated<boolean>
  kinds: Generated<string[]>
  createdAt: Timestamp
}

export interface CustomerEmails {
  eventId: number
  ticketId: string
  messageId: string | null
  dueAt: Timestamp
}

export interface DeliveryReports {
  connectionId: string
  externalId: string
  status: "sent" | "delivered" | "read" | "failed"
  participant: Generated<string>
  at: Timestamp
  code: number | null
  reason: string | null
  messageId: string | null
}

export interface Drafts {
  userId: string
  ticketId: string
  mode: "reply" | "note"
  content: string
  updatedAt: Timestamp
}

export interface EventReaders {
  name: string
  position: number
}

export interface Events {
  id: GeneratedAlways<number>
  at: Timestamp
  kind: string
  ticketId: string | null
  subjectId: string | null
  actorKind: string
  actorId: string | null
  causeId: number | null
  depth: Generated<number>
  data: Generated<Json>
  why: Json | null
  position: number | null
  placedAt: Timestamp | null
  teamId: string | null
  assigneeId: string | null
}

export interface FailedDeliveries {
  id: string
  deliveryId: number
  connectionId: string
  ordinal: number
  element: Json
  reason: string
  tries: number
  createdAt: Timestamp
  replayedAt: Timestamp | null
  cause: GeneratedAlways<string>
  summary: Json | null
  ticketId: string | null
}

export interface IdempotencyKeys {
  principal: string
  route: string
  key: string
  bodyHash: string
  state: "running" | "done" | "secret"
  status: number | null
  body: Json | null
  createdAt: Generated<Timestamp>
}

export interface ImportedRecords {
  key: string
  id: string
  identityId: string | null
  parentKey: string | null
}

export interface IncidentCounts {
  id: GeneratedAlways<number>
  status: string
  trigger: string
  priority: string
  n: number
  resolved: Generated<number>
  resolvedMs: Generated<number>
}

export interface IncidentEntries {
  id: GeneratedAlways<number>
  ticketId: string
  at: Timestamp
  action: "TICKET_CREATED" | "DUPLICATE_TRIGGER_RECEIVED" | "ADMIN_UPDATE" | "PRIORITY_UPGRADED"
  actor: "system" | "user"
  details: Generated<Json>
  times: Generated<number>
  hour: Timestamp | null
}

export interface IncidentRefs {
  id: GeneratedAlways<number>
  threadKey: string
  kind: "action" | "event"
  ref: string
  ticketId: string
}

export interface Incidents {
  ticketId: string
  guia: string
  trigger: "FAILED_4XX" | "FAILED_5XX_RETRIES" | "NO_MOVEMENT_AFTER_CONTACT" | "AT_OFFICE_STILL"
  cause: string | null
  status: Generated<string>
  priority: Generated<string>
  createdAt: Timestamp
  fecha: string | null
  ciudadDeDestino: string | null
  transportadora: string | null
  estatus: string | null
  novedad: string | null
  ultimoMovimiento: string | null
  fechaDeUltimoMovimiento: string | null
  fechaDeGeneracionDeGuia: string | null
  failureCode: number | null
  failureReason: string | null
  retryCount: number | null
  phoneHash: string | null
  canonical: string | null
  isFinal: Generated<boolean>
  movedAt: Timestamp | null
  carrier: Generated<string>
  city: Generated<string>
  score: Generated<number>
  entryCount: Generated<number>
  refCount: Generated<number>
}

export interface LinkedSystems {
  id: string
  kind: string
  name: string
  settings: Generated<Json>
  secrets: string | null
  deletedAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
  lastSeenAt: Timestamp | null
  failingSince: Timestamp | null
  failure: string | null
}

export interface MacroRuns {
  id: string
  macroId: string
  ticketId: string
  userId: string
  changes: Json
  at: Timestamp
  undoneAt: Timestamp | null
}

export interface Macros {
  id: string
  name: string
  usableWhen: string[]
  reply: Json | null
  actions: Json
  visibility: "me" | "team" | "all"
  ownerId: string
  teamId: string | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface MailIds {
  connectionId: string
  digest: string
  threadId: string
  isBorne: boolean
}

export interface MailParticipants {
  threadId: string
  address: string
  name: string
  role: "requester" | "follower"
  joinedAt: Timestamp
  id: Generated<string>
  isAdded: Generated<boolean>
  removedAt: Timestamp | null
}

export interface MailThreads {
  id: string
  connectionId: string
  createdAt: Timestamp
}

export interface Mailboxes {
  connectionId: string
  folder: string
  uidValidity: number | null
  lastUid: Generated<number>
  silentUid: Generated<number>
  lease: Generated<number>
  leasedUntil: Generated<Timestamp>
  checkedAt: Timestamp | null
  reconciledAt: Timestamp | null
  stuckTries: Generated<number>
  failures: Generated<number>
  failingSince: Timestamp | null
  failedAt: Timestamp | null
  failure: string | null
  nextTryAt: Generated<Timestamp>
  stuckUid: number | null
  begunAt: Timestamp | null
  alertedAt: Timestamp | null
  floodAlertedAt: Timestamp | null
}

export interface Mentions {
  messageId: string
  userId: string
}

export interface MessageMails {
  messageId: string
  threadId: string
  mailId: string | null
  subject: string
  sender: Json
  replyTo: Json
  recipients: Json
  inReplyTo: string[]
  referenceIds: string[]
  writerRole: "requester" | "follower" | "stranger" | null
  automatic: "no" | "auto_reply" | "bounce" | "list" | "receipt"
  auth: "pass" | "fail" | "unknown"
  claimsToBeUs: boolean
  html: string | null
  foldedFrom: number | null
  quotedFrom: number | null
  rawSha256: string | null
  isSilent: Generated<boolean>
  quotedId: string | null
}

export interface Messages {
  id: string
  ticketId: string
  originTicketId: string | null
  connectionId: string | null
  externalId: string | null
  kind: Generated<"message" | "reaction" | "system">
  direction: "in" | "out"
  senderKind: "contact" | "user" | "system" | "bot"
  senderId: string | null
  content: string
  contentHtml: string | null
  isInternal: Generated<boolean>
  replyTo: string | null
  deliveryState: Generated<"received" | "queued" | "sent" | "delivered" | "read" | "failed" | "unknown" | "unreachable">
  deliveryReason: string | null
  sentAt: Timestamp
  createdAt: Timestamp
  deliveryCode: number | null
  ticketDay: Generated<Timestamp>
  words: GeneratedAlways<string>
  position: Generated<number>
  contactId: string | null
  identityId: string | null
  address: string | null
  clientKey: string | null
  deliverySettledAt: Timestamp | null
  sealedContent: string | null
}

export interface NotificationPreferences {
  userId: string
  kinds: Generated<Json>
  quietFrom: string | null
  quietTo: string | null
}

export interface Notifications {
  id: string
  userId: string
  kind: "mentioned" | "assigned" | "unassigned" | "answered" | "merged_away" | "freed" | "sla_warning" | "sla_breached" | "escalated" | "new_unassigned" | "connection_failing" | "connection_well" | "connection_flooded"
  ticketId: string | null
  messageId: string | null
  byKind: string
  byId: string | null
  eventId: number
  createdAt: Timestamp
  readAt: Timestamp | null
  connectionId: string | null
}

export interface OauthGrants {
  connectionId: string
  tokens: string
  accessEndsAt: Timestamp
  grantedAt: Timestamp
  refreshedAt: Timestamp | null
  claim: Generated<number>
  claimedUntil: Generated<Timestamp>
  failures: Generated<number>
  refusals: Generated<number>
  failure: "refused" | "app" | "server" | null
  retryAt: Generated<Timestamp>
  endedAt: Timestamp | null
}

export interface OauthSignIns {
  connectionId: string
  stateHash: string
  sessionHash: string
  codeVerifier: string
  endsAt: Timestamp
}

export interface OutgoingEmails {
  id: string
  recipient: string
  sealed: string | null
  state: Generated<"queued" | "sent" | "failed" | "refused" | "dropped">
  tries: Generated<number>
  dueAt: Timestamp
  reason: string | null
  createdAt: Timestamp
  settledAt: Timestamp | null
  giveUpAt: Timestamp
}

export interface PasswordLinks {
  tokenHash: string
  userId: string
  givenBy: string | null
  createdAt: Timestamp
  expiresAt: Timestamp
  mailId: string | null
}

export interface Presence {
  userId: string
  status: "online" | "busy" | "away" | "offline" | null
  chosenAt: Timestamp | null
  connectedUntil: Timestamp | null
  reportedStatus: Generated<string>
}

export interface PublicHolidays {
  country: string
  region: string
  date: Timestamp
  name: string
}

export interface RateLimits {
  key: string
  points: Generated<number>
  expire: number | null
}

export interface RoutingQueue {
  ticketId: string
  eventId: number
  teamId: string | null
  createdAt: Timestamp
  tries: Generated<number>
}

export interface RoutingRotation {
  teamId: string
  userId: string
}

export interface SavedReplies {
  id: string
  name: string
  content: string
  language: string | null
  visibility: "me" | "team" | "all"
  ownerId: string
  teamId: string | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface SchemaMigrations {
  name: string
  checksum: string
  appliedAt: Generated<Timestamp>
}

export interface Sends {
  messageId: string
  connectionId: string
  recipient: string
  state: Generated<"queued" | "sending" | "sent" | "unknown" | "failed" | "cancelled">
  tries: Generated<number>
  nextAt: Timestamp
  claimedAt: Timestamp | null
  errorCode: number | null
  errorClass: string | null
  createdAt: Timestamp
  template: Json | null
  httpStatus: number | null
  reviveAt: Timestamp | null
  revived: Generated<number>
  sealedTemplate: string | null
}

export interface Sessions {
  tokenHash: string
  userId: string
  createdAt: Timestamp
  expiresAt: Timestamp
}

export interface Settings {
  name: string
  value: Json
  updatedAt: Generated<Timestamp>
}

export interface SetupLinks {
  tokenHash: string
  createdAt: Generated<Timestamp>
  usedAt: Timestamp | null
}

export interface ShipmentActions {
  actionId: string
  guia: string
  type: string
  status: "SUCCESS" | "FAILED"
  at: Timestamp
  httpCode: number | null
  errorCode: number | null
  errorClass: string | null
  retryCount: Generated<number>
  phoneHash: string | null
  createdAt: Timestamp
}

export interface Shipments {
  guia: string
  carrier: Generated<string>
  word: Generated<string>
  canonical: "CREATED" | "PROCESSING" | "SHIPPED" | "IN_TRANSIT" | "OUT_FOR_DELIVERY" | "IN_OFFICE" | "DELIVERED" | "ISSUE" | "RETURNED" | "CANCELLED" | "UNKNOWN"
  isFinal: Generated<boolean>
  transportadora: string | null
  estatus: string | null
  ciudadDeDestino: string | null
  novedad: string | null
  ultimoMovimiento: string | null
  fechaDeGeneracionDeGuia: string | null
  movedAt: Timestamp
  eventId: string
  updatedAt: Timestamp
}

export interface SignInLinkRequests {
  id: string
  email: string
  createdAt: Timestamp
}

export interface SignInLinks {
  tokenHash: string
  email: string
  createdAt: Timestamp
  usedAt: Timestamp | null
  mailId: string | null
}

export interface Simulations {
  id: string
  kind: string
  userId: string
  state: Generated<"running" | "done" | "cancelled" | "failed">
  progress: Generated<number>
  checked: Generated<number>
  differing: Generated<number>
  items: Generated<Json>
  touchedAt: Generated<Timestamp>
}

export interface SlaPolicies {
  id: string
  name: string
  priority: number
  isDefault: Generated<boolean>
  enabled: Generated<boolean>
  conditions: Generated<Json>
  calendarId: string | null
  targets: Json | null
  visibleToCustomer: Generated<boolean>
  escalations: Generated<Json>
  version: Generated<number>
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface SlaRecomputations {
  ticketId: string
  isQuiet: boolean
  heirId: string | null
  queuedAt: Timestamp
  inBulk: Generated<boolean>
  hasMoved: Generated<boolean>
}

export interface SlaTargets {
  id: GeneratedAlways<number>
  ticketId: string
  countedOn: string
  cycle: number
  metric: "first_response" | "next_response" | "resolution"
  policyId: string | null
  calendarId: string | null
  minutes: number | null
  startedAt: Timestamp
  startedBy: "created" | "reopened" | "customer_message"
  pauses: Generated<Json>
  pausedAt: Timestamp | null
  warnAt: Timestamp | null
  dueAt: Timestamp | null
  leftMs: number | null
  warnedAt: Timestamp | null
  breachedAt: Timestamp | null
  endedAt: Timestamp | null
  outcome: "met" | "breached" | "none" | null
  wakesAt: Timestamp | null
}

export interface SplynxNonces {
  systemId: string
  nonce: number
}

export interface SuggestedLinks {
  ticketId: string
  otherId: string
  because: "number" | "thread" | "same_mail"
  createdAt: Timestamp
  dismissedAt: Timestamp | null
}

export interface Surveys {
  id: string
  ticketId: string
  cycle: number
  tokenHash: string
  language: string
  way: string
  sentAt: Timestamp
  endsAt: Timestamp
  score: number | null
  comment: string | null
  answeredAt: Timestamp | null
}

export interface SystemHooks {
  id: GeneratedAlways<number>
  systemId: string
  path: string
  digest: string
  body: string
  isHint: boolean
  receivedAt: Timestamp
  state: Generated<"stored" | "done" | "failed">
  outcome: string | null
  tries: Generated<number>
  nextAt: Timestamp
}

export interface TeamMembers {
  teamId: string
  userId: string
  isLead: Generated<boolean>
}

export interface Teams {
  id: string
  name: string
  isDefault: Generated<boolean>
  autoAssign: Generated<string[]>
  createdAt: Timestamp
}

export interface Templates {
  connectionId: string
  name: string
  language: string
  category: string
  status: string
  components: Generated<Json>
  syncedAt: Timestamp
}

export interface ThreadAliases {
  threadKey: string
  ticketId: string
  createdAt: Timestamp
}

export interface TicketAccessLog {
  userId: string
  ticketId: string
  day: Timestamp
}

export interface TicketCategories {
  ticketId: string
  categoryId: string
}

export interface TicketFieldHistory {
  changeId: string
  field: string
  ticketId: string
  old: Json | null
  new: Json | null
}

export interface TicketFieldValues {
  ticketId: string
  key: string
  value: string
}

export interface TicketLinks {
  fromId: string
  toId: string
  type: "related" | "follow_up" | "conversation" | "split" | "merged"
  createdAt: Timestamp
}

export interface TicketMerges {
  sourceId: string
  targetId: string
  status: string
  threadKey: string | null
  resolvedAt: Timestamp | null
  closedAt: Timestamp | null
  resolution: string | null
  snoozedUntil: Timestamp | null
  unreadMessages: number
  targetFirstResponseAt: Timestamp | null
  adoptedContact: Generated<boolean>
  adoptedConnection: Generated<boolean>
  messageIds: string[]
  reason: string | null
  mergedAt: Timestamp
}

export interface TicketNumberAliases {
  alias: string
  key: GeneratedAlways<string>
  ticketId: string
  createdAt: Timestamp
}

export interface TicketSla {
  ticketId: string
  cycle: number
  policyId: string | null
  state: "none" | "on_track" | "warning" | "breached" | "met" | "paused"
  dueAt: Timestamp | null
  pausedAt: Timestamp | null
  breachedAt: Timestamp | null
  hasMet: Generated<boolean>
  isRunning: Generated<boolean>
}

export interface TicketTexts {
  ticketId: string
  words: string
}

export interface TicketTransitions {
  kind: string
  fromStatus: string
  toStatus: string
}

export interface Tickets {
  id: string
  number: Generated<string>
  kind: string
  threadKey: string | null
  status: string
  active: GeneratedAlways<boolean>
  phase: GeneratedAlways<string>
  subject: Generated<string>
  description: Generated<string>
  priority: Generated<"low" | "medium" | "high" | "urgent">
  channel: "web" | "whatsapp" | "email" | "chat" | "api" | "phone"
  contactId: string | null
  connectionId: string | null
  isGroup: Generated<boolean>
  assigneeId: string | null
  teamId: string | null
  tags: Generated<string[]>
  customFields: Generated<Json>
  campaignShipmentId: string | null
  unreadMessages: Generated<number>
  messageCount: Generated<number>
  firstMessageAt: Timestamp | null
  lastMessageAt: Timestamp
  reopenCount: Generated<number>
  cycle: Generated<number>
  snoozedUntil: Timestamp | null
  firstResponseAt: Timestamp | null
  resolvedAt: Timestamp | null
  closedAt: Timestamp | null
  resolution: string | null
  mergedInto: string | null
  createdByKind: string
  createdById: string | null
  version: Generated<number>
  createdAt: Timestamp
  updatedAt: Timestamp
  requesterIdentityId: string | null
  originContactId: string | null
  quietSince: Timestamp | null
  closingAnnouncedAt: Timestamp | null
  surveyScore: number | null
  waitingSince: Timestamp | null
}

export interface TrackingEvents {
  eventId: string
  guia: string
  at: Timestamp
  carrier: string
  word: string
  canonical: string
  createdAt: Timestamp
}

export interface TrackingLinks {
  tokenHash: string
  ticketId: string
  identityId: string
  mailId: string
  createdAt: Timestamp
  usedAt: Timestamp | null
  sessionHash: string | null
  formKeys: Generated<string[]>
  mailbox: string
}

export interface UnknownCarrierStatuses {
  carrier: string
  word: string
  times: number
  firstSeenAt: Timestamp
  lastSeenAt: Timestamp
}

export interface Users {
  id: string
  email: string
  name: string
  role: "user" | "agent" | "lead" | "admin"
  passwordHash: string | null
  capacity: Generated<number>
  phone: string | null
  language: Generated<"es" | "en">
  timezone: Generated<string>
  externalIds: Generated<Json>
  disabledAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
  contactId: string | null
  calendarId: string | null
  afterClosing: Generated<"next" | "stay" | "list">
}

export interface Views {
  id: string
  name: string
  visibility: "me" | "team" | "all"
  ownerId: string
  teamId: string | null
  filters: Json
  sort: string | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export interface WebhookDeliveries {
  id: GeneratedAlways<number>
  connectionId: string
  digest: string
  body: string
  receivedAt: Timestamp
  state: Generated<"stored" | "done" | "held">
  tries: Generated<number>
  nextAt: Timestamp
  position: Generated<number>
  heldFor: string | null
  fileSha256: string | null
}

export interface DB {
  adminActs: AdminActs
  agreementEvidence: AgreementEvidence
  agreementRuns: AgreementRuns
  agreements: Agreements
  apiKeys: ApiKeys
  assignmentRules: AssignmentRules
  attachments: Attachments
  automationRules: AutomationRules
  calendars: Calendars
  campaignShipments: CampaignShipments
  campaigns: Campaigns
  carrierStatuses: CarrierStatuses
  categories: Categories
  chatVisitors: ChatVisitors
  connections: Connections
  contactIdentities: ContactIdentities
  contactMerges: ContactMerges
  contactTexts: ContactTexts
  contacts: Contacts
  customFields: CustomFields
  customerEmails: CustomerEmails
  deliveryReports: DeliveryReports
  drafts: Drafts
  eventReaders: EventReaders
  events: Events
  failedDeliveries: FailedDeliveries
  idempotencyKeys: IdempotencyKeys
  importedRecords: ImportedRecords
  incidentCounts: IncidentCounts
  incidentEntries: IncidentEntries
  incidentRefs: IncidentRefs
  incidents: Incidents
  linkedSystems: LinkedSystems
  macroRuns: MacroRuns
  macros: Macros
  mailIds: MailIds
  mailParticipants: MailParticipants
  mailThreads: MailThreads
  mailboxes: Mailboxes
  mentions: Mentions
  messageMails: MessageMails
  messages: Messages
  notificationPreferences: NotificationPreferences
  notifications: Notifications
  oauthGrants: OauthGrants
  oauthSignIns: OauthSignIns
  outgoingEmails: OutgoingEmails
  passwordLinks: PasswordLinks
  presence: Presence
  publicHolidays: PublicHolidays
  rateLimits: RateLimits
  routingQueue: RoutingQueue
  routingRotation: RoutingRotation
  savedReplies: SavedReplies
  schemaMigrations: SchemaMigrations
  sends: Sends
  sessions: Sessions
  settings: Settings
  setupLinks: SetupLinks
  shipmentActions: ShipmentActions
  shipments: Shipments
  signInLinkRequests: SignInLinkRequests
  signInLinks: SignInLinks
  simulations: Simulations
  slaPolicies: SlaPolicies
  slaRecomputations: SlaRecomputations
  slaTargets: SlaTargets
  splynxNonces: SplynxNonces
  suggestedLinks: SuggestedLinks
  surveys: Surveys
  systemHooks: SystemHooks
  teamMembers: TeamMembers
  teams: Teams
  templates: Templates
  threadAliases: ThreadAliases
  ticketAccessLog: TicketAccessLog
  ticketCategories: TicketCategories
  ticketFieldHistory: TicketFieldHistory
  ticketFieldValues: TicketFieldValues
  ticketLinks: TicketLinks
  ticketMerges: TicketMerges
  ticketNumberAliases: TicketNumberAliases
  ticketSla: TicketSla
  ticketTexts: TicketTexts
  ticketTransitions: TicketTransitions
  tickets: Tickets
  trackingEvents: TrackingEvents
  trackingLinks: TrackingLinks
  unknownCarrierStatuses: UnknownCarrierStatuses
  users: Users
  views: Views
  webhookDeliveries: WebhookDeliveries
}
