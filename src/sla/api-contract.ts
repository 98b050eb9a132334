import { z } from "zod"

export const metrics = ["first_response", "next_response", "resolution"] as const
export type Metric = (typeof metrics)[number]
export const slaStates = ["none", "on_track", "warning", "breached", "met", "paused"] as const
export type SlaState = (typeof slaStates)[number]

/**
 * How a ticket stands. A target that was paused before it was overdue has no due time; `minutesRemaining` are working minutes.
 * Of one that runs by a calendar `closesAt` says until when it is open (null: it is closed now), `opensAt` when it opens next.
 */
export const ticketSla = z.object({
  policyId: z.string().nullable(),
  state: z.enum(slaStates),
  pausedAt: z.date().nullable(),
  breachedAt: z.date().nullable(),
  targets: z.array(
    z.object({
      metric: z.enum(metrics),
      dueAt: z.date().nullable(),
      state: z.enum(slaStates),
      minutesRemaining: z.number().nullable(),
      percentRemaining: z.number().nullable(),
      closesAt: z.date().nullable(),
      opensAt: z.date().nullable(),
    }),
  ),
})
export type TicketSla = z.infer<typeof ticketSla>
