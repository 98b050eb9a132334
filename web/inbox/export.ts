import { query } from "../lib/api.ts"
import type { Filter } from "../tickets/tickets.ts"

/** Where the browser fetches the same list as CSV; it comes as a download, so the page stays. */
export const exportAddress = (filter: Filter) => `/api/v1/tickets/export${query(filter)}`
