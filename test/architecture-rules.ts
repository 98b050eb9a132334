// The map of the house: who may import whom, who writes which table, and which files are pure. A wall is moved here first,
// with a decision note.
const ground = ["kernel", "texts", "timers", "markdown", "privacy", "settings", "event-log", "conditions", "calendars"]
const persons = [...ground, "people", "contacts", "files"]
const core = [...persons, "channels", "connections", "messages", "sla", "tickets"]
const transport = ["incoming-webhooks", "outbox", "intake", "replies"]
const features = [
  "routing",
  "incidents",
  "agreements",
  "campaigns",
  "macros",
  "surveys",
  "tracking",
  "notifications",
  "escalations",
  "automation",
]
const any = [
  ...core,
  "simulations",
  ...transport,
  ...features,
  "views",
  "setup",
  "audit",
  "reports",
  "importing",
  "backup",
  "entry-points",
]

// Modules of one level do not know each other: what one causes in another goes through reactions. Every route asks people's
// predicates, so people stands below all that have routes.
export const map: Record<string, string[]> = {
  kernel: [],
  texts: [],
  markdown: [],
  conditions: ["kernel"],
  timers: ["kernel"],
  privacy: ["kernel", "texts"],
  settings: ["kernel", "texts", "event-log"],
  // It reads and writes the tables of all modules, and knows none by what it means.
  backup: ["kernel"],
  "event-log": ["kernel", "texts", "timers"],
  calendars: ["kernel", "texts", "event-log"],
  people: ground,
  contacts: [...ground, "people"],
  files: [...ground, "people"],
  channels: ["kernel", "texts", "markdown"],
  connections: [...ground, "people", "channels"],
  messages: [...persons, "channels"],
  sla: persons,
  tickets: [...persons, "messages", "sla"],
  // What-ifs of any module: those that offer one stand above it.
  simulations: [...ground, "people", "sla", "tickets"],
  outbox: core,
  intake: [...core, "simulations"],
  "incoming-webhooks": [...core, "intake"],
  // Of channels; in the folder of each.
  "entry-points": [...core, "intake", "incoming-webhooks"],
  // A reply may begin a conversation elsewhere, and intake says on which ticket.
  replies: [...core, "intake", "outbox"],
  routing: [...persons, "tickets", "simulations"],
  incidents: [...ground, "people", "channels", "connections", "tickets"],
  // Above replies, see decision 0090.
  agreements: [...core, ...transport],
  // Above intake and replies, see decision 0010.
  campaigns: [...core, ...transport],
  macros: core,
  // Above replies, see decision 0072.
  surveys: [...core, ...transport],
  // Above macros and replies, see decision 0093.
  automation: [...core, ...transport, "macros"],
  tracking: [...persons, "messages", "tickets"],
  notifications: [...persons, "messages", "tickets"],
  escalations: [...persons, "tickets"],
  views: [...core, ...features],
  // What a new desk has yet to do, read across modules.
  setup: [...ground, "people", "channels"],
  audit: [...core, ...features],
  reports: [...core, ...features],
  importing: [...core, ...features],
  app: [...any, "cli"],
  bench: [...any, "app", "cli", "demo"],
  demo: [...any, "app", "cli"],
  cli: [...any, "app", "bench", "demo"],
}
/** Their files are imported one by one. */
export const withoutIndex = ["kernel", "texts"]
/** Wiring: they import any file of anybody on their list. */
export const knowAll = ["cli", "app", "bench", "demo"]

export const owners: Record<string, string[]> = {
  kernel: ["schema_migrations", "idempotency_keys", "rate_limits", "outgoing_emails"],
  settings: ["settings"],
  "event-log": ["events", "event_readers", "admin_acts"],
  people: [
    "users",
    "teams",
    "team_members",
    "sessions",
    "api_keys",
    "setup_links",
    "presence",
    "sign_in_link_requests",
    "sign_in_links",
    "password_links",
  ],
  contacts: ["contacts", "contact_identities", "contact_texts", "contact_merges"],
  connections: ["connections", "templates", "oauth_grants", "oauth_sign_ins"],
  "entry-points": ["chat_visitors", "mailboxes"],
  intake: ["mail_threads", "mail_ids", "mail_participants"],
  calendars: ["calendars", "public_holidays"],
  notifications: ["notifications", "notification_preferences", "customer_emails"],
  messages: ["messages", "message_mails", "mentions", "drafts", "delivery_reports"],
  files: ["attachments"],
  tickets: [
    "tickets",
    "ticket_texts",
    "ticket_number_aliases",
    "ticket_categories",
    "ticket_transitions",
    "ticket_merges",
    "thread_aliases",
    "categories",
    "custom_fields",
    "ticket_field_values",
    "ticket_links",
    "suggested_links",
    "ticket_field_history",
    "ticket_access_log",
  ],
  "incoming-webhooks": ["webhook_deliveries", "failed_deliveries"],
  outbox: ["sends"],
  routing: ["assignment_rules", "routing_queue", "routing_rotation"],
  incidents: [
    "incidents",
    "incident_refs",
    "incident_entries",
    "incident_counts",
    "shipments",
    "shipment_actions",
    "tracking_events",
    "carrier_statuses",
    "unknown_carrier_statuses",
  ],
  campaigns: ["campaigns", "campaign_shipments"],
  surveys: ["surveys"],
  agreements: ["agreements", "agreement_evidence", "agreement_runs", "linked_systems", "splynx_nonces", "system_hooks"],
  tracking: ["tracking_links"],
  macros: ["macros", "macro_runs", "saved_replies"],
  automation: ["automation_rules"],
  views: ["views"],
  importing: ["imported_records"],
  sla: ["sla_policies", "sla_targets", "ticket_sla", "sla_recomputations"],
  simulations: ["simulations"],
}

const pure = [
  "markdown/[\\w-]+",
  "conditions/(order-as-if-saved|evaluate-conditions|condition-facts|index)",
  "kernel/(bounded-memo|storage/safe-file-names|mail/normalize-email|parsing/typed-text)",
  "contacts/identities/normalize-address",
  "tickets/(threads/thread-key|lifecycle/(lifecycle-table|reopen-rule|unread-and-event-of-message))",
  "tickets/fields/validate-field-values",
  "intake/(decide-ticket|plan-messages|detect-acknowledgement|mail-threads/choose-thread)",
  "calendars/(business-clock|open-ranges|utc-offset-periods|next-holidays)",
  "sla/(policies/choose-policy|targets/(working-time-clock|apply-facts-to-targets|sla-state))",
  "incoming-webhooks/group-by-person",
  "routing/choose-agent",
  "channels/reply-window",
  "channels/email/(requester-of-mail|entry-points/(mails-before-connection|wait-after-failure))",
  "channels/\\w+/(classify-send-failure|webhook-schemas|parse-message-content|parse-webhook|parse-template-consent-and-call-webhooks|template-components)",
  "incidents/reporting/(guia-format-and-incident-subject|needs-ticket)",
  "incidents/stuck-shipments/stuck-rule",
  "incidents/carriers/(status-mapping|repair-encoding|parse-carrier-date)",
  "incidents/severity/score-stuck-shipment",
  "privacy/(fold-disguised-text|phone-patterns|find-personal-data|redact-text)",
  "agreements/agreement",
  "agreements/splynx/parse-splynx-ticket",
  "outbox/retry-backoff",
  "replies/check-reply-restrictions",
  "surveys/survey-eligibility",
  "notifications/alerts-of-notification",
  "tracking/build-tracking-steps",
  "kernel/http/html-template",
  "people/permissions/can",
  "macros/fill-placeholders",
]
/** The same arguments, the same answer. */
export const ruleFiles = new RegExp(`^src/(${pure.join("|")})\\.ts$`)
export const purePackages = ["libphonenumber-js/min", "zod", "re2js"]
