import { z } from "zod"

export const triggers = ["FAILED_4XX", "FAILED_5XX_RETRIES", "NO_MOVEMENT_AFTER_CONTACT", "AT_OFFICE_STILL"] as const
export type Trigger = (typeof triggers)[number]
export const priorities = ["alta", "media"] as const
export type IncidentPriority = (typeof priorities)[number]
export const statuses = ["OPEN", "IN_PROGRESS", "RESOLVED", "CLOSED"] as const
export type IncidentStatus = (typeof statuses)[number]

export const canonicals = [
  "CREATED",
  "PROCESSING",
  "SHIPPED",
  "IN_TRANSIT",
  "OUT_FOR_DELIVERY",
  "IN_OFFICE",
  "DELIVERED",
  "ISSUE",
  "RETURNED",
  "CANCELLED",
  "UNKNOWN",
] as const
export type Canonical = (typeof canonicals)[number]

/** The only things that may be kept of a shipment. What is not named here is dropped on arrival. */
export const metadataFields = {
  fecha: "text",
  ciudad_de_destino: "text",
  transportadora: "text",
  estatus: "text",
  novedad: "text",
  ultimo_movimiento: "text",
  fecha_de_ultimo_movimiento: "text",
  fecha_de_generacion_de_guia: "text",
  failureCode: "number",
  failureReason: "text",
  retryCount: "number",
  phoneHash: "hash",
} as const
export type MetadataField = keyof typeof metadataFields
export type Metadata = { [K in MetadataField]?: (typeof metadataFields)[K] extends "number" ? number : string }

export const entryActions = [
  "TICKET_CREATED",
  "DUPLICATE_TRIGGER_RECEIVED",
  "ADMIN_UPDATE",
  "PRIORITY_UPGRADED",
] as const

const text = z.string()
/** The incident in the words of its source document. */
export const incidentTicket = z
  .object({
    ticketId: text,
    guia: text,
    trigger: z.enum(triggers),
    priority: z.enum(priorities),
    status: z.enum(statuses),
    createdAt: z.date(),
    updatedAt: z.date(),
    resolvedAt: z.date().optional(),
    closedAt: z.date().optional(),
    metadata: z
      .object({
        fecha: text,
        ciudad_de_destino: text,
        transportadora: text,
        estatus: text,
        novedad: text,
        ultimo_movimiento: text,
        fecha_de_ultimo_movimiento: text,
        fecha_de_generacion_de_guia: text,
        failureCode: z.number(),
        failureReason: text,
        retryCount: z.number(),
        phoneHash: text,
      })
      .partial(),
    actionRefs: z.array(text),
    eventRefs: z.array(text),
    refCount: z.number(),
    timeline: z.array(
      z.object({
        timestamp: z.date(),
        action: z.enum(entryActions),
        actor: z.enum(["system", "user"]),
        details: z.record(text, z.unknown()),
      }),
    ),
    resolutionNotes: text.optional(),
  })
  .meta({ id: "IncidentTicket" })
export type IncidentTicket = z.infer<typeof incidentTicket>

export const reported = z.object({
  ticket: incidentTicket.nullable(),
  created: z.boolean(),
  because: text,
  code: text,
})
export type ReportOutcome = z.infer<typeof reported>
