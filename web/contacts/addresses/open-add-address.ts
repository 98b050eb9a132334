// Who cannot be reached needs an address: the composer, and what did not arrive, lead to the field for it.
import { createSharedState } from "../../lib/shared-state.ts"

const wanted = createSharedState<string | undefined>(undefined)

/** Opens the contact of this ticket at the field where an address is added. */
export const openAddAddress = (number: string) => wanted.set(number)
export const closeAddAddressRequest = () => wanted.set(undefined)
export const useAddAddressRequested = (number: string) => wanted.use() === number
