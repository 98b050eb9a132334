import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { ComponentType } from "react"
import type { Connection } from "../settings/connections/connection-queries.ts"
import type { ConnectionFormValues, FieldBinding } from "../settings/connections/connection-form-values.ts"

export interface OwnFieldsProps {
  bind: FieldBinding
  error: unknown
}

export interface SetupPageProps {
  /** Undefined while it is still to be made. */
  connection: Connection | undefined
  /** The page has made it and goes on as its page. */
  onMade: (id: string) => void
}

/** How a connection of a kind is set up. */
export interface ConnectionSetup {
  /** A page of its own, where a dialog is too little. */
  Page?: ComponentType<SetupPageProps>
  /** What the page is for; else set-up and checks. */
  pageName?: TextId
  /** It is made on its page too: the dialog's fields do not make one. */
  isMadeOnPage?: true
  /** What one does with a connection once it exists. */
  Instructions?: ComponentType<{ id: string }>
  /** Customers meet its greeting. */
  hasGreeting?: boolean
  /** Fields that only its kind has, and what they say of its settings. */
  Fields?: ComponentType<OwnFieldsProps>
  settingsOf?: (form: ConnectionFormValues) => Record<string, unknown> | undefined
}
