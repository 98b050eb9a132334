// Who cannot be reached needs an address: the composer, and what did not arrive, lead to the field for it.
import { createShared } from "../lib/shared.ts"

const wanted = createShared<string | undefined>(undefined)

/** Opens the contact of this ticket at the field where an address is added. */
export const openAddress = (number: string) => wanted.set(number)
export const addressIsOpen = () => wanted.set(undefined)
export const useAddressWanted = (number: string) => wanted.use() === number
