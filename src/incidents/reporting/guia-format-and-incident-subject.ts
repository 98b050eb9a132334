// What makes two failures the same incident: the shipment and the trigger, or the connection and why it fails.
import type { Trigger } from "../api-contract.ts"

export type Identity = { guia: string; trigger: Trigger; cause: string | null }

export const subjectOf = ({ guia, trigger }: Pick<Identity, "guia" | "trigger">) => `${trigger} · ${guia}`

/** As the carriers' lists differ in case and spaces, and people in what they copy. */
export const normalGuia = (guia: string) => guia.trim().toUpperCase()

export const guiaShape = /^[A-Z0-9-]{4,40}$/
export const refShape = /^[A-Za-z0-9_-]{1,64}$/

/** A whole connection that fails: its guia says which. Failures reported from outside have no connection of ours. */
export const systemGuia = (connectionId: string | null) => `SYSTEM-${connectionId ?? "API"}`
