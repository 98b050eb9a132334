import { z } from "zod"
import { instant, oneLine, oneOrMore, plainText, recordOf } from "#kernel/http/input-fields.ts"
import { pageQuery } from "#kernel/http/pagination.ts"

export const linkedSystemKinds = ["splynx", "gestionreal"] as const
export type LinkedSystemKind = (typeof linkedSystemKinds)[number]

const settings = recordOf(z.string().max(100), z.unknown(), 100)

export const newLinkedSystemBody = z.strictObject({
  kind: z.enum(linkedSystemKinds),
  name: oneLine(100, 1),
  settings,
})
/** Settings are merged; null takes one away. */
export const changeLinkedSystemBody = z.strictObject({
  name: oneLine(100, 1).optional(),
  settings: settings.optional(),
})

/** As the API shows it: `settings` holds what is not secret, `secretsSet` names the secrets that are kept. */
export const linkedSystem = z
  .object({
    id: z.string(),
    kind: z.enum(linkedSystemKinds),
    name: z.string(),
    settings: z.record(z.string(), z.unknown()),
    secretsSet: z.array(z.string()),
    /** When it last answered, or posted. */
    lastSeenAt: z.date().nullable(),
    /** Since when it gives no answer that is of use, and in words why; null while it does. */
    failingSince: z.date().nullable(),
    failure: z.string().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: "LinkedSystem" })
export type LinkedSystem = z.infer<typeof linkedSystem>

export const linkedSystemsQuery = z.strictObject(pageQuery)

/** Whether a linked system answers, and in words what it said. */
export const systemTest = z.object({ ok: z.boolean(), detail: z.string() }).meta({ id: "LinkedSystemTest" })

export const agreementStates = ["agreed_open", "awaiting", "disagreed", "acting", "agreed_closed", "escalated"] as const
export type AgreementState = (typeof agreementStates)[number]

export const agreementsQuery = z.strictObject({
  state: oneOrMore(z.enum(agreementStates, `must be one of ${agreementStates.join(", ")}`)),
  /** A business, however its name is written: letter case and blanks do not matter. */
  company: oneOrMore(z.string().max(200)),
  ...pageQuery,
})
export type AgreementsQuery = z.output<typeof agreementsQuery>

const evidence = z.object({
  /** When Hilo received it, or did it. */
  at: z.date(),
  /** By the clock of the system that said it. */
  saidAt: z.date().nullable(),
  /** The kind of the system that said it, or `hilo`. */
  system: z.string(),
  said: z.string(),
  source: z.string(),
  /** From one reopening to the next; null when it counts for none. */
  cycle: z.number().nullable(),
  /** What else is known of it: minutes, cycle, reason. */
  details: z.record(z.string(), z.unknown()),
})

export const agreement = z
  .object({
    id: z.string(),
    ticketId: z.string(),
    ticketNumber: z.string(),
    subject: z.string(),
    state: z.enum(agreementStates),
    numeroTicketGr: z.number().nullable(),
    splynxTicketId: z.string().nullable(),
    splynxClosedAt: z.date().nullable(),
    /** When the closure of Gestión Real came that counts for this cycle. */
    grClosedAt: z.date().nullable(),
    /** When the window ends. */
    deadline: z.date().nullable(),
    recreado: z.number(),
    /** Splynx refused to open or to reopen it. */
    isRefused: z.boolean(),
    /** Who works on it in the work system; `id` and `name` when that is one of the staff. */
    operator: z.object({ number: z.string(), id: z.string().nullable(), name: z.string().nullable() }).nullable(),
    company: z.string(),
    motive: z.string(),
    customerNumber: z.string(),
    closedAt: z.date().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
    /** Oldest first; of much the newest, in lists the newest one alone. */
    evidence: z.array(evidence),
  })
  .meta({ id: "Agreement" })
export type Agreement = z.infer<typeof agreement>

/** How many are not closed, by state and business, the most first. `isShadow`: Hilo only says what it would do. */
export const agreementCounts = z
  .object({
    isShadow: z.boolean(),
    groups: z.array(z.object({ state: z.enum(agreementStates), company: z.string(), count: z.number() })),
  })
  .meta({ id: "AgreementCounts" })
export type AgreementCounts = z.infer<typeof agreementCounts>

/** Closures of the record system that match no agreement, or several. */
export const unmatchedClosure = z
  .object({
    id: z.number(),
    at: z.date(),
    system: z.object({ id: z.string(), name: z.string() }),
    number: z.string(),
    company: z.string().nullable(),
    because: z.string(),
  })
  .meta({ id: "UnmatchedClosure" })
export type UnmatchedClosure = z.infer<typeof unmatchedClosure>

/** At most a year; instants, the second not included. */
export const summaryQuery = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => from < to && to.getTime() - from.getTime() <= 366 * 86_400_000, {
    path: ["to"],
    message: "must be after from, by at most 366 days",
  })
export type SummaryQuery = z.output<typeof summaryQuery>

export const agreementSummary = z
  .object({
    opened: z.number(),
    closed: z.number(),
    /** How often a ticket was reopened in its work system. */
    reopened: z.number(),
    /** How many tickets three times or more. */
    escalated: z.number(),
    /** From the first that closed it until both had; null when none was closed. */
    meanMinutesToAgreement: z.number().nullable(),
    /** By who worked on it there, most first. */
    byOperator: z.array(
      z.object({
        number: z.string().nullable(),
        id: z.string().nullable(),
        name: z.string().nullable(),
        reopened: z.number(),
      }),
    ),
    byMotive: z.array(z.object({ motive: z.string(), reopened: z.number() })),
  })
  .meta({ id: "AgreementSummary" })
export type AgreementSummary = z.infer<typeof agreementSummary>

export const reasonBody = z.strictObject({ reason: plainText(500, 1) })

/** What a linked system posted and could not be processed. `reason` is a word, without anything that was posted. */
export const failedHook = z
  .object({
    id: z.number(),
    systemId: z.string(),
    path: z.string(),
    reason: z.string(),
    tries: z.number(),
    receivedAt: z.date(),
  })
  .meta({ id: "FailedHook" })
export type FailedHook = z.infer<typeof failedHook>
export const failedHooksQuery = z.strictObject(pageQuery)
