import type { ComponentType } from "react"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { SettingFormats } from "./linked-system-form-values.ts"
import type { LinkedSystem } from "./linked-system-queries.ts"

interface Bound {
  value: string
  error: string | undefined
  onChange: (event: { target: { value: string } }) => void
}

interface BoundSecret {
  value: string | null
  error: string | undefined
  isSet: boolean
  onChange: (value: string | null) => void
}

export interface KindFieldsProps {
  /** None while it is made. */
  system: LinkedSystem | undefined
  /** Of all fields, as they stand now. */
  settings: Record<string, string>
  bind: (setting: string) => Bound
  bindSecret: (secret: string) => BoundSecret
}

/** What the settings must know of a kind of linked system. */
export interface LinkedSystemKindSetup extends SettingFormats {
  name: string
  Fields: ComponentType<KindFieldsProps>
  /** What a list says of one besides its name. */
  Summary: ComponentType<{ system: LinkedSystem }>
  /** The addresses that it calls, below /api/hooks/. */
  hooks: readonly { path: string; text: TextId }[]
  /** Where hooks are entered in that system. */
  hooksText: TextId
  /** People work in it, under numbers of its own. */
  hasOperators: boolean
}
