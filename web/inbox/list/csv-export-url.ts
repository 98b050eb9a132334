import { queryString } from "../../lib/api-client.ts"
import type { TicketFilter } from "../../tickets/ticket-queries.ts"

/** Where the browser fetches the same list as CSV; it comes as a download, so the page stays. */
export const csvExportUrl = (filter: TicketFilter) => `/api/v1/tickets/export${queryString(filter)}`
