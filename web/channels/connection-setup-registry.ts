// How connections are set up, in the order in which they are offered. A new channel is a line here.
import { apiSetup } from "./api/connection-setup.tsx"
import type { ConnectionSetup } from "./connection-setup-type.ts"
import { emailSetup } from "./email/connection-setup.ts"
import { webchatSetup } from "./webchat/connection-setup.ts"
import { whatsappSetup } from "./whatsapp/connection-setup.ts"

const setups = {
  webchat: webchatSetup,
  whatsapp: whatsappSetup,
  email: emailSetup,
  api: apiSetup,
} satisfies Record<string, ConnectionSetup>

export type SetupKind = keyof typeof setups
export const setupKinds = Object.keys(setups) as SetupKind[]

/** Nothing but what all connections have, for a kind that is not offered. */
export const setupOf = (kind: string): ConnectionSetup => (setups as Record<string, ConnectionSetup>)[kind] ?? {}
