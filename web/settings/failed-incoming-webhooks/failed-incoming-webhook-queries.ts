import { useInfiniteQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useNavigate } from "@tanstack/react-router"
import type {
  FailedDelivery as OnServer,
  FailedDeliveryCauses,
  ReplayedCause,
  TicketOfDelivery,
} from "#incoming-webhooks/api-contract.ts"
import { get, type Page, postIdempotent, queryString } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { type InForm, useAct } from "../../lib/use-act-on-server.ts"

export type FailedDelivery = Json<OnServer>
type FailedPage = Page<FailedDelivery> & { causes: FailedDeliveryCauses }

const stale = [["failed-deliveries"], ["mailbox-health"]]

/** Of one connection, or of all. */
export function useFailedDeliveries(connectionId: string | undefined) {
  const query = useInfiniteQuery({
    queryKey: ["failed-deliveries", connectionId],
    queryFn: ({ pageParam, signal }) =>
      get<FailedPage>(`/failed-deliveries${queryString({ connectionId, cursor: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const pages = query.data?.pages
  return {
    ...query,
    data: pages && { items: pages.flatMap(({ items }) => items), causes: pages[0]?.causes ?? [] },
  }
}

/** `done`: the answer tells whether it worked; it then carries `replayedAt`. */
export const useReplayDelivery = (done: (answer: FailedDelivery) => string) =>
  useAct({
    run: (id: string) => postIdempotent<FailedDelivery>(`/failed-deliveries/${id}/replay`),
    done,
    stale,
  })

/** All of one cause, page by page; `tried`: how many so far. */
export function useReplayCause() {
  const { t } = useTexts()
  const [tried, setTried] = useState(0)
  const act = useAct({
    run: async (of: { connectionId: string; cause: string }) => {
      const sum = { replayed: 0, failed: 0 }
      setTried(0)
      for (let cursor: string | undefined; ;) {
        const page = await postIdempotent<ReplayedCause>("/failed-deliveries/replay", {
          ...of,
          ...(cursor && { cursor }),
        })
        sum.replayed += page.replayed
        sum.failed += page.failed
        setTried(sum.replayed + sum.failed)
        if (page.nextCursor === null) return sum
        cursor = page.nextCursor
      }
    },
    done: (sum) => t("failedDeliveries.replayedAll", sum),
    stale,
  })
  return { ...act, tried }
}

export function useMakeTicket(refused?: InForm) {
  const { t } = useTexts()
  const navigate = useNavigate()
  return useAct({
    run: ({ id, from }: { id: string; from?: { address: string; name: string } }) =>
      postIdempotent<Json<TicketOfDelivery>>(`/failed-deliveries/${id}/ticket`, from ? { from } : {}),
    done: ({ ticket }) => {
      if (!ticket) return t("failedDeliveries.replayed")
      const run = () => void navigate({ to: "/tickets/$ref", params: { ref: ticket.number } })
      return {
        text: t("failedDeliveries.madeTicket", { number: ticket.number }),
        action: { label: t("failedDeliveries.openTicket"), run },
      }
    },
    stale,
    refused,
  })
}
